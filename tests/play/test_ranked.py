"""Ranked games and older saves: a game says whether it is ranked, wherever it is looked at, and every old save opens."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from main import main
from play.keep import resumed, saved
from play.model import Chokepoint
from play.page import UNRANKED, heading
from play.record import EVERYTHING
from play.save import FORMAT, SaveError, as_tree, digest, from_tree, read_save, unrank, write_save
from play.snapshot import snapshot
from play.terminal import Terminal
from world.phases import politics
from world.scenario import RULES_VERSION
from world.view import view

SAVES = Path(__file__).parent / "saves"


@pytest.mark.parametrize("path", sorted(SAVES.glob("*.json.gz")), ids=lambda path: path.name)
def test_every_save_of_the_corpus_opens_and_goes_on(path):
    game = read_save(path)
    assert len(game.quarters) == 2
    assert not game.is_over
    model = resumed(game)
    model.step()
    assert saved(model).is_ranked is game.is_ranked


@pytest.mark.parametrize("path", sorted(SAVES.glob("format-[12]-*.json.gz")), ids=lambda path: path.name)
def test_rules_that_came_after_a_save_stay_out_of_it(path):
    """Zero is neutral for their coefficients: where an offer is raised nobody warns, and what is seized tells nothing."""
    game = read_save(path)
    model = resumed(replace(game, players={**game.players, "washington": "dealmaker"}))
    offers = []
    while model.running:
        before = model.world
        model.step()
        offers.append(model.world.strictness < before.strictness - politics.A_STEP)
        assert not model.world.warned.any()
        assert not model.world.revealed.any()
    assert np.any(offers)
    assert model.world.caught.any()


def test_the_corpus_holds_a_save_of_every_form_and_of_the_rules_as_they_are():
    names = {path.name for path in SAVES.glob("*.json.gz")}
    assert {f"format-{form}-rules-1.json.gz" for form in range(1, FORMAT + 1)} <= names
    assert f"format-{FORMAT}-rules-{RULES_VERSION}.json.gz" in names


def test_a_game_saved_before_games_were_ranked_opens_as_ranked(same):
    old, new = (read_save(SAVES / f"format-{form}-rules-1.json.gz") for form in (1, 2))
    assert old.is_ranked
    assert not new.is_ranked
    assert same(old.world, new.world) == []


def test_a_save_of_before_scripts_has_none_and_one_with_a_script_goes_on_with_it():
    assert read_save(SAVES / "format-2-rules-1.json.gz").script is None
    model = resumed(read_save(SAVES / "format-3-rules-1.json.gz"))
    beijing = model.cast.at("seats", "beijing")
    assert model.script.turns[3][beijing]
    model.step()
    for dial, step in model.script.turns[3][beijing].items():
        assert model.world.ordered[dial, 0] == step


def test_an_older_form_that_was_edited_is_refused(game):
    tree = as_tree(game)
    del tree["ranked"]
    tree["format"] = 1
    tree["digest"] = digest(tree)
    assert from_tree(json.loads(json.dumps(tree))).is_ranked
    tree["seed"] += 1
    with pytest.raises(ValueError, match="was changed after it was saved"):
        from_tree(tree)


def test_a_mark_that_was_edited_is_refused(game):
    tree = as_tree(replace(game, is_ranked=False))
    tree["digest"] = digest(tree)
    for edited, said in (({"ranked": True}, "was changed after"), ({"ranked": "yes"}, "was changed after")):
        with pytest.raises(ValueError, match=said):
            from_tree({**tree, **edited})
    skilled = {key: node for key, node in tree.items() if key != "digest"} | {"ranked": 1}
    with pytest.raises(ValueError, match="does not say whether it is ranked"):
        from_tree({**skilled, "digest": digest(skilled)})


def test_the_mark_is_kept_through_saving_and_going_on(game, tmp_path):
    path = tmp_path / "game.json.gz"
    write_save(path, game)
    unrank(path, game)
    again = read_save(path)
    assert not again.is_ranked
    assert not saved(resumed(again)).is_ranked
    assert [one.name for one in tmp_path.iterdir()] == ["game.json.gz"]
    before = path.read_bytes()
    unrank(path, again)
    assert path.read_bytes() == before


def test_a_mark_that_cannot_be_written_is_refused(game, tmp_path):
    with pytest.raises(SaveError, match="cannot be written"):
        unrank(tmp_path / "nowhere" / "game.json.gz", game)


def test_every_screen_says_that_a_game_is_not_ranked(tmp_path, capsys):
    model = Chokepoint("tutorial", seeds=5, keep=EVERYTHING)
    while model.running:
        model.step()
    game = saved(model)
    for is_ranked in (True, False):
        one = replace(game, is_ranked=is_ranked)
        path = tmp_path / f"{is_ranked}.json.gz"
        write_save(path, one)
        seen = snapshot(view(game.world, "beijing"), game.story, is_ranked=is_ranked)
        assert (UNRANKED in heading(seen)) is not is_ranked
        for words in (["view", str(path), "--seat", "beijing"], ["replay", str(path)]):
            assert main(words) == 0
            assert (UNRANKED in capsys.readouterr().out) is not is_ranked
        said = []
        Terminal(resumed(one, {"beijing": "human"}), "beijing", said.append).play(iter([]))
        assert (UNRANKED in said) is not is_ranked
