"""Saves and replays: what was saved comes back to the last bit, and nothing else is let in."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from play.keep import resumed, saved
from play.model import Chokepoint
from play.packing import packed, unpacked
from play.record import KEPT
from play.replay import difference, first_difference, reopened, replayed
from play.save import (
    FORMAT,
    MIGRATIONS,
    SaveError,
    as_tree,
    digest,
    from_tree,
    read_save,
    write_save,
)
from tests.play.conftest import PLAYERS


@pytest.fixture(scope="module")
def file(game, tmp_path_factory):
    path = tmp_path_factory.mktemp("saves") / "game.json.gz"
    write_save(path, game)
    return path


def test_a_saved_game_comes_back_to_the_last_bit(game, file, same):
    again = read_save(file)
    assert same(again.opening, game.opening) == []
    for one, other in zip(again.quarters, game.quarters, strict=True):
        assert same(one.state, other.state) == []
        assert np.array_equal(one.wanted, other.wanted)
        assert dict(one.players) == dict(other.players)
    assert again.story == game.story
    assert again.seed == game.seed
    assert again.quarters[0].players["washington"] == "hawk"


def test_the_same_game_is_the_same_file(game, file, tmp_path):
    write_save(tmp_path / "twin.json.gz", game)
    assert (tmp_path / "twin.json.gz").read_bytes() == file.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["twin.json.gz"]
    assert len(file.read_bytes()) < 200_000


def test_a_saved_game_replays_to_the_last_bit(file):
    assert first_difference(read_save(file)) == ""


def test_a_game_replays_from_scenario_seed_and_orders(file, scenario, same):
    game = read_save(file)
    opening = reopened(game, scenario)
    assert same(opening, game.opening) == []
    assert same(replayed(game, opening)[-1], game.world) == []


def test_the_first_difference_is_said_in_words(game):
    world = game.quarters[4].state
    capacity = world.capacity.copy()
    capacity[game.cast.at("foundries", "smic"), 1] += 1
    quarters = list(game.quarters)
    quarters[4] = replace(quarters[4], state=replace(world, capacity=capacity))
    said = first_difference(replace(game, quarters=tuple(quarters)))
    assert said.startswith("in Q1 2027: capacity.smic.advanced was ")
    assert "wafers/quarter" in said
    assert difference(world, world) == ""


def test_a_saved_game_goes_on_as_if_nothing_had_happened(scenario, few, same):
    model = Chokepoint(scenario, seeds=int(few.world.seed[0]), players=PLAYERS, keep=few.record.names)
    for _ in range(5):
        model.step()
    later = resumed(saved(model))
    assert later.record.turns == 5
    while later.running:
        later.step()
    assert later.record.turns == 12
    assert same(later.world, saved(few, 0).world) == []


def test_a_model_that_keeps_too_little_is_not_saved(scenario):
    with pytest.raises(LookupError, match="EVERYTHING"):
        saved(Chokepoint(scenario, seeds=1, keep=KEPT))


def test_a_save_cut_anywhere_is_refused(file, tmp_path):
    data = file.read_bytes()
    for share in (0.0, 0.001, 0.1, 0.5, 0.9, 0.99999):
        cut = tmp_path / "cut.json.gz"
        cut.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(SaveError, match=r"^cut\.json\.gz: .*; take another copy of it$"):
            read_save(cut)


def test_noise_is_refused(file, tmp_path):
    data = bytearray(file.read_bytes())
    for at in range(20, len(data), len(data) // 20):
        noisy = bytes([*data[:at], data[at] ^ 0x55, *data[at + 1 :]])
        (tmp_path / "noisy.json.gz").write_bytes(noisy)
        with pytest.raises(SaveError):
            read_save(tmp_path / "noisy.json.gz")
    for content in (b"", b"noise", gzip.compress(b"noise"), gzip.compress(b"[1]"), gzip.compress(b"\xff")):
        (tmp_path / "noise.json.gz").write_bytes(content)
        with pytest.raises(SaveError):
            read_save(tmp_path / "noise.json.gz")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda tree: tree.update(seed=5), "was changed after it was saved"),
        (lambda tree: tree["players"].update(beijing="still"), "was changed after it was saved"),
        (lambda tree: tree.update(format=FORMAT + 1), "newer version of the program"),
        (lambda tree: tree.update(rules_version=99), "newer version of the program"),
        (lambda tree: tree.update(format="1"), "is not a saved game"),
        (lambda tree: tree.pop("digest"), "lacks 'digest'"),
        (lambda tree: tree.pop("rules_version"), "version of its rules"),
    ],
)
def test_an_edited_save_is_refused(game, change, said):
    tree = as_tree(game)
    tree["digest"] = digest(tree)
    change(tree)
    with pytest.raises(ValueError, match=said):
        from_tree(tree)


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree.pop("opening"),
        lambda tree: tree["opening"].pop("money"),
        lambda tree: tree["rules"].pop("diffusion"),
        lambda tree: tree["opening"].update(money=[1]),
        lambda tree: tree["opening"]["money"].__setitem__(1, [1, 1]),
        lambda tree: tree["opening"]["money"].__setitem__(0, "<f8"),
        lambda tree: tree["opening"]["money"].__setitem__(2, "****"),
        lambda tree: tree["quarters"][3].pop("wanted"),
        lambda tree: tree["story"].pop("start"),
        lambda tree: tree["story"].update(start="yesterday"),
        lambda tree: tree["cast"].pop("seats"),
        lambda tree: tree.update(quarters=7),
    ],
)
def test_a_save_that_was_edited_with_skill_is_refused_too(game, change):
    tree = json.loads(json.dumps(as_tree(game)))
    change(tree)
    tree["digest"] = digest(tree)
    with pytest.raises(ValueError):
        from_tree(tree)


def test_a_save_of_an_older_form_is_migrated(game, same):
    old = as_tree(game)
    old["format"] = 0
    for quarter in old["quarters"]:
        del quarter["players"], quarter["notes"]
    again = from_tree(json.loads(json.dumps(old)))
    assert same(again.opening, game.opening) == []
    assert dict(again.quarters[2].players) == dict(game.players)
    assert list(MIGRATIONS) == list(range(FORMAT))


def test_every_kind_of_array_survives_packing():
    for dtype in ("f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u1", "?"):
        array = np.array([[0, 1, 1], [1, 0, 1]], dtype=dtype)
        assert np.array_equal(unpacked(json.loads(json.dumps(packed(array))), array.dtype, (2, 3)), array)
    odd = np.array([np.nan, np.inf, -0.0, 0.1])
    assert unpacked(packed(odd), odd.dtype, (4,)).tobytes() == odd.tobytes()


def test_a_save_that_cannot_be_written_leaves_nothing(game, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SaveError, match="cannot be written"):
        write_save(tmp_path / "file" / "game.json.gz", game)
    with pytest.raises(SaveError, match="cannot be written"):
        write_save(tmp_path / "nowhere" / "game.json.gz", game)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
