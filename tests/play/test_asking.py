"""Asking: what is said while a game goes on follows from views alone, and what is said after it adds up."""

import gzip
import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests_support import scrambled

from main import main
from play.asking import CannotAsk, imagined_why, mind_after, previewed, true_why
from play.drafts import drafted
from play.keep import saved
from play.model import Chokepoint
from play.past import past_of
from play.quantities import UnknownQuantity
from play.record import EVERYTHING
from play.save import as_tree, digest, read_save, write_save
from play.telling import LUCK_WORDS, amount, decimals, ranged_why_lines, rounded_shares, units_of, why_lines
from play.telling_previews import preview_lines
from play.terminal import Terminal
from play.why import LUCK, carried
from tests.play.conftest import PLAYERS
from world.scenario import read

NEVER = ("seed", "turn", "is_over", "length")
CAP = "washington.cap_exports cn ceiling=6000"


@pytest.fixture(scope="module")
def young(scenario):
    """A game after two of its twelve quarters."""
    model = Chokepoint(scenario, seeds=29, players=PLAYERS, keep=EVERYTHING)
    for _ in range(2):
        model.step()
    return saved(model)


@pytest.fixture(scope="module")
def file(young, tmp_path_factory):
    path = tmp_path_factory.mktemp("young") / "young.json.gz"
    write_save(path, young)
    return path


@pytest.fixture(scope="module")
def finished(game, tmp_path_factory):
    path = tmp_path_factory.mktemp("finished") / "finished.json.gz"
    write_save(path, game)
    return path


def hidden_otherwise(game, seat):
    """The same game for a seat: all that it never saw is something else."""
    number = game.cast.at("seats", seat)
    quarters = tuple(replace(one, state=scrambled(one.state, number, NEVER)) for one in game.quarters)
    return replace(game, opening=scrambled(game.opening, number, NEVER), quarters=quarters)


@pytest.mark.parametrize("seat", ["washington", "huawei"])
def test_two_worlds_that_a_seat_cannot_tell_apart_get_the_same_answers(young, seat):
    other = hidden_otherwise(young, seat)
    assert not np.array_equal(other.world.defect_density, young.world.defect_density)
    text = CAP if seat == "washington" else "huawei.price_chips markup=0.4"
    said = []
    for game in (young, other):
        draft = drafted(game.cast, [text])[seat]
        mind = mind_after(game, seat, 2, worlds=4)
        found = previewed(mind, draft, quarters=1)
        why, past = imagined_why(mind, "smuggled_h100e", worlds=2, pairs=1)
        lines = preview_lines(found, mind.last, game.story, 4)
        said.append((lines, ranged_why_lines(why, past, game.story, seat, ""), why.change))
    assert said[0] == said[1]


def test_a_seat_that_sees_more_is_told_something_else(young):
    first, second = (mind_after(young, seat, 1, worlds=2) for seat in ("washington", "beijing"))
    assert (
        imagined_why(first, "premium", worlds=2, pairs=1)[0].change
        != imagined_why(second, "premium", worlds=2, pairs=1)[0].change
    )


def test_an_empty_draft_changes_nothing_and_that_is_certain(young):
    found = previewed(mind_after(young, "washington", 1, worlds=4), {}, quarters=2)
    for effect in found.effects.values():
        assert not effect.whole.any()
        assert not effect.by_quarter.any()
    assert not any(effect.whole.any() for effect in found.rivals.values())


def first(line):
    """The first number of a line."""
    return Fraction(line.strip(" ").partition(" ")[0].replace("\u202f", ""))


def printed_parts(lines):
    """The numbers of a printed sum: its parts, what each opens into, and the sum."""
    begin = next(at for at, line in enumerate(lines) if re.match(r" +[-+0][\d\u202f.]* ", line))
    end = next(at for at, line in enumerate(lines) if re.match(r" +-+$", line))
    found, width = [], len(lines[end]) - len(lines[end].lstrip())
    rule = len(lines[end])
    for line in lines[begin:end]:
        number = first(line)
        if line[width:rule].strip():
            found.append((number, []))
        else:
            found[-1][1].append(number)
    return found, first(lines[end + 1])


@pytest.mark.parametrize(
    "name", ["lead", "smuggled_h100e", "stance", "premium", "money.nvidia", "capacity.smic.advanced"]
)
def test_printed_parts_add_up_to_the_printed_sum(game, name):
    why, past = true_why(game, name, 7, opened=("washington", "malaysia-route"), pairs=2)
    earlier = carried(past, why.quantity, 7, pairs=2)
    wide, _ = true_why(game, name, 7, 5, opened=("nvidia",), pairs=2)
    for one in (why, earlier, wide):
        for with_luck in (False, True):
            parts, whole = printed_parts(why_lines(one, past, game.story, with_luck))
            assert sum(number for number, _ in parts) == whole
            assert all(not inner or sum(inner) == number for number, inner in parts)
            places = decimals([one.change[0], *(part.amount[0] for part in one.parts)])
            assert abs(whole - one.change[0]) <= Fraction(1, 2) / Fraction(10) ** places


def test_exact_parts_add_up_to_the_last_bit(game):
    for name in ("smuggled_h100e", "stance"):
        why, _ = true_why(game, name, 9, pairs=2)
        assert sum((part.amount[0] for part in why.parts), Fraction(0)) == why.change[0]
        assert why.now[0] == Fraction(float(why.quantity.of(game.worlds[9])[0]))


def test_the_sentence_says_from_where_to_where(game):
    why, past = true_why(game, "stance", 6, pairs=2)
    head = why_lines(why, past, game.story)[0]
    verb, by, was, now = re.match(
        r"stance (rose|fell) ([\d.]+) logit in Q2 2027, from (-?[\d.]+) to (-?[\d.]+): [-+]", head
    ).groups()
    assert Fraction(now) - Fraction(was) == Fraction(by) * (1 if verb == "rose" else -1)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.fractions(-1000, 1000, max_denominator=2**20), min_size=1, max_size=12), st.integers(-2, 4))
def test_rounded_parts_add_up_and_none_is_off_by_a_whole_unit(parts, places):
    whole = units_of(sum(parts, Fraction(0)), places)
    units = rounded_shares(parts, whole, places)
    assert sum(units) == whole
    assert all(abs(unit - part * Fraction(10) ** places) < 1 for unit, part in zip(units, parts, strict=True))
    assert all(unit == 0 for unit, part in zip(units, parts, strict=True) if part == 0)


def test_numbers_read_as_people_write_them():
    assert amount(-1234567, 2) == "-12\u202f345.67"
    assert amount(34, -3) == "+34\u202f000"
    assert (amount(0, 2), amount(5, 0, signed=False)) == ("0.00", "5")
    assert [decimals([x]) for x in (0.0, 0.00123, 1.5, 123456.0)] == [0, 5, 2, -3]


def test_every_label_of_luck_has_words():
    assert set(LUCK_WORDS) == set(LUCK)


def test_an_unfinished_game_answers_one_seat_in_ranges(file, capsys):
    assert main(["why", str(file), "lead", "--seat", "washington", "--worlds", "6"]) == 0
    said = capsys.readouterr().out
    assert "as washington may know it: 6 imagined worlds" in said
    assert "It saw lead go from" in said
    assert main(["why", str(file), "money.huawei", "--seat", "washington", "--json", "--worlds", "6"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert {"mean", "p5", "p25", "median", "p75", "p95"} <= set(tree["change"])
    assert "now" not in tree


def test_a_finished_game_answers_with_the_truth(game, finished, capsys):
    assert main(["why", str(finished), "stance", "--turn", "2", "--luck", "--carried", "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert tree["now"] == float(game.worlds[2].stance[0, 0])
    assert sum((Fraction(part["exact"]) for part in tree["parts"]), Fraction(0)) == Fraction(tree["exact"])
    under_way = next(part for part in tree["parts"] if part["kind"] == "under way")
    assert sum((Fraction(part["exact"]) for part in tree["carried"]), Fraction(0)) == Fraction(under_way["exact"])


def test_a_path_is_told_of_an_order_by_its_number(game, finished, capsys):
    past = past_of(game)
    at = next(at for at, order in enumerate(past.given) if order.turn == 1)
    assert main(["why", str(finished), "score.openai", "--turn", "1", "--path", str(at)]) == 0
    assert f"Order {at} (" in capsys.readouterr().out


def test_a_preview_is_told_with_its_draft_its_ranges_and_the_others(file, capsys):
    words = ["preview", str(file), "--seat", "washington", "--order", CAP, "--worlds", "8", "--quarters", "2"]
    assert main(words) == 0
    said = capsys.readouterr().out
    for part in (
        "washington in Q3 2026:",
        "cap_exports cn: ceiling",
        "objective.washington (points)",
        "8 imagined worlds",
    ):
        assert part in said
    assert main([*words, "--quantity", "capacity.smic.advanced", "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert list(tree["effects"]) == ["objective.washington", "capacity.smic.advanced"]
    assert len(tree["effects"]["capacity.smic.advanced"]["by_quarter"]) == 2
    assert tree["draft"] == {"washington.cap_exports.cn.ceiling": 6000.0}


def test_asking_what_a_seat_may_know_leaves_the_file_as_it_is(file, capsys):
    before = file.read_bytes()
    assert main(["why", str(file), "lead", "--seat", "beijing", "--worlds", "3"]) == 0
    assert main(["preview", str(file), "--seat", "beijing", "--worlds", "4", "--quarters", "1"]) == 0
    assert file.read_bytes() == before
    assert read_save(file).is_ranked
    capsys.readouterr()


UNFINISHED = [
    (["why", "lead"], "the game goes on; add --seat"),
    (["why", "leed", "--seat", "washington"], "there is no quantity 'leed'; did you mean lead?"),
    (["why", "capacity.smic.advancd", "--seat", "washington"], "did you mean capacity.smic.advanced"),
    (["why", "seed", "--seat", "washington"], "there is no quantity 'seed'"),
    (["why", "lead", "--seat", "nobody"], "--seat nobody: there is no such seat"),
    (["why", "lead", "--seat", "washington", "--turn", "3"], "--turn 3: write a whole number from 1 to 2"),
    (["why", "lead", "--seat", "washington", "--turn", "0"], "--turn 0: write a whole number from 1 to 2"),
    (["why", "lead", "--seat", "washington", "--path", "0"], "--path: the game goes on"),
    (["why", "lead", "--seat", "washington", "--since", "0"], "--since: the game goes on"),
    (["why", "lead", "--seat", "washington", "--carried"], "--carried: the game goes on"),
    (["why", "lead", "--seat", "washington", "--open", "nobody"], "--open nobody: there is no such seat"),
    (["preview", "--seat", "nobody"], "--seat nobody: there is no such seat"),
    (["preview", "--seat", "washington", "--quantity", "leed"], "did you mean lead?"),
    (["preview", "--seat", "washington", "--turn", "4"], "--turn 4: write a whole number from 1 to 3"),
    (["preview", "--seat", "washington", "--worlds", "1"], "--worlds 1: write a whole number from 2"),
    (["preview", "--seat", "washington", "--worlds", "99999"], "--worlds 99999: write a whole number from 2 to 4096"),
    (["preview", "--seat", "washington", "--quarters", "0"], "--quarters 0: write a whole number from 1 to 40"),
    (["preview", "--seat", "beijing", "--order", CAP], "washington is not the seat that looks ahead"),
    (["preview", "--seat", "beijing", "--order", "beijing.direct_wafers nvidia share=0.5"], "only designers at home"),
    (["preview", "--seat", "beijing", "--order", "beijing.direct_wafers huawey share=0.5"], "chipmaker is 'huawey'"),
]
FINISHED = [
    (["why", "lead", "--turn", "13"], "--turn 13: write a whole number from 1 to 12"),
    (["why", "lead", "--turn", "3", "--since", "3"], "--since 3: write a whole number from 0 (the opening) to 2"),
    (["why", "lead", "--path", "99999"], "--path 99999: write the number of an order"),
    (["why", "lead", "--path", "-1"], "--path -1: write the number of an order"),
    (["preview", "--seat", "washington"], "the game is over; add --turn"),
]


@pytest.mark.parametrize(("words", "said"), UNFINISHED, ids=lambda v: " ".join(v) if isinstance(v, list) else "")
def test_what_cannot_be_asked_of_a_game_that_goes_on_is_refused(file, words, said, capsys):
    refused(file, words, said, capsys)


@pytest.mark.parametrize(("words", "said"), FINISHED, ids=lambda v: " ".join(v) if isinstance(v, list) else "")
def test_what_cannot_be_asked_of_a_finished_game_is_refused(finished, words, said, capsys):
    refused(finished, words, said, capsys)


def refused(path, words, said, capsys):
    assert main([words[0], str(path), *words[1:]]) == 2
    output = capsys.readouterr()
    assert said in output.err
    assert output.err.count("\n") == 1
    assert output.out == ""


def test_saves_that_are_cut_edited_newer_or_of_no_scenario_are_refused(young, file, tmp_path, capsys):
    edited, newer = as_tree(young), {**as_tree(young), "format": 99}
    edited |= {"digest": digest(edited), "seed": 7}
    spoilt = {
        "cut": file.read_bytes()[:5000],
        "edited": gzip.compress(json.dumps(edited).encode()),
        "newer": gzip.compress(json.dumps({**newer, "digest": ""}).encode()),
    }
    for name, data in spoilt.items():
        (tmp_path / f"{name}.json.gz").write_bytes(data)
    write_save(tmp_path / "elsewhere.json.gz", replace(young, story=replace(young.story, name="nowhere")))
    said = {
        "cut": "is cut short",
        "edited": "was changed after it was saved",
        "newer": "open it with a newer version",
        "elsewhere": "imagining needs the game's scenario: 'nowhere' is not the name of a scenario",
    }
    for name, words in said.items():
        for command in (["why", "lead", "--seat", "washington"], ["preview", "--seat", "washington"]):
            refused(tmp_path / f"{name}.json.gz", command, words, capsys)
    for name in spoilt:
        refused(tmp_path / f"{name}.json.gz", ["branch", "--turn", "1"], said[name], capsys)


def test_a_scenario_with_other_actors_is_refused(young, monkeypatch):
    tiny = read(Path(__file__).parents[1] / "world" / "tiny.toml")
    monkeypatch.setattr("play.asking.read", lambda name: tiny)
    with pytest.raises(CannotAsk, match="has other actors than the game was saved with"):
        mind_after(young, "washington", 0)


def test_an_opening_has_no_why(young, tmp_path, capsys):
    write_save(tmp_path / "new.json.gz", replace(young, quarters=()))
    refused(
        tmp_path / "new.json.gz", ["why", "lead", "--seat", "beijing"], "nothing has happened in this game yet", capsys
    )


def test_the_terminal_previews_the_draft_and_says_why(scenario):
    model = Chokepoint(scenario, seeds=5, players={"washington": "human"}, keep=EVERYTHING)
    said = []
    terminal = Terminal(model, "washington", said.append, scenario)
    lines = ["why lead", "preview", "cap_exports cn ceiling=6000", "preview premium", "end", "why premium", "quit"]
    terminal.play(iter(lines))
    text = "\n".join(said)
    assert "Refused: why: nothing has happened yet" in text
    assert "washington in Q1 2026:\n  no orders" in text
    assert "cap_exports cn: ceiling from 4800 to 6000 TPP" in text
    assert "premium in Q1 2026, as washington may know it" in text
    assert terminal.sitting.mind.turn == 1


def test_the_terminal_refuses_what_cannot_be_asked(scenario):
    model = Chokepoint(scenario, seeds=5, players={"washington": "human"}, keep=EVERYTHING)
    said = []
    Terminal(model, "washington", said.append, scenario).play(
        iter(["preview leed", "end", "why leed", "why lead nobody", "why not"])
    )
    text = "\n".join(said)
    assert text.count("Refused: there is no quantity 'leed'; did you mean lead?\n") == 2
    assert "Refused: why: 'nobody' is no seat" in text
    assert "No order of yours was refused in the last quarter." in text


def test_an_unknown_quantity_is_refused_before_anything_is_imagined(young):
    with pytest.raises(UnknownQuantity, match="did you mean lead"):
        previewed(mind_after(young, "beijing", 0, worlds=2), {}, ["leed"])
