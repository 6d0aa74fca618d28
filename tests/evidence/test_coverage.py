"""Coverage of what was held out: what counts as held, and when a score beats constant growth."""

import json

import numpy as np
import pytest

from main import main
from play.commands import coverage as command
from play.commands.pages import FRONT, marks, stands
from play.evidence.held_out import UNTOLD, Scale, cells_laid, laid_under, parts, patterns_laid, summed
from play.evidence.patterns import patterns
from play.hindcast import modelled, read_chain

PLAIN, POINTS = Scale(1.0, False), Scale(2.0, True)
GAMES = np.linspace(90, 110, 201)


def laid(was, games=GAMES, scale=PLAIN, before=(25.0, 50.0)):
    return laid_under("output", "chips", was, games, scale, before)


@pytest.mark.parametrize("scale", [PLAIN, POINTS])
def test_a_scale_can_be_read_back(scale):
    x = np.array([0.0, 1.0, 10.0, 1e6])
    assert scale.told(scale.scored(x)) == pytest.approx(x)


def test_a_range_holds_a_value_on_or_between_its_ends():
    low, high = np.percentile(GAMES, (5, 95))
    for value, holds in ((low, True), (100, True), (high, True), (low - 0.1, False), (high + 0.1, False)):
        assert laid((value, value, value)).plain.holds is holds


def test_the_error_of_the_source_widens_a_range_by_what_it_is_and_not_when_there_is_none():
    sure, unsure = laid((100, 100, 100)), laid((50, 100, 200))
    assert (sure.told.low, sure.told.high) == pytest.approx((sure.plain.low, sure.plain.high))
    assert unsure.told.low == pytest.approx(50, rel=0.05)
    assert unsure.told.high == pytest.approx(200, rel=0.05)


def test_ranges_may_meet_where_the_value_is_missed():
    missed = laid((105, 112, 140))
    assert missed.meets
    assert not missed.plain.holds
    assert missed.told.holds


def test_constant_growth_goes_on_at_its_rate_within_as_wide_a_range():
    scale = Scale(1e-9, False)
    low, high = laid((100, 100, 100), scale=scale).plain.grown
    plain = laid((100, 100, 100), scale=scale).plain
    assert low * high == pytest.approx(100.0**2)
    assert high / low == pytest.approx(plain.high / plain.low)
    low, high = laid((100, 100, 100), scale=POINTS, before=(80.0, 95.0)).plain.grown
    assert (low + high) / 2 == pytest.approx(110)


def test_the_score_is_the_better_one_for_whom_is_nearer_and_the_same_where_both_hold():
    assert laid((100, 100, 100), before=(40.0, 50.0)).plain.ratio < 1
    assert laid((62, 62, 62), before=(40.0, 50.0)).plain.ratio > 1
    assert laid((100, 100, 100)).plain.ratio == pytest.approx(1)


def test_where_growth_cannot_be_told_there_is_no_score():
    one = laid((100, 100, 100), before=(50.0,))
    assert one.plain.grown is None
    assert np.isnan(one.plain.ratio)
    assert summed([one.plain]).scores == 0


def test_a_sum_counts_those_that_hold_and_those_that_do_better():
    some = [laid((value, value, value), before=(40.0, 50.0)).plain for value in (100.0, 62.0, 80.0)]
    found = summed(some)
    assert found.count == found.scores == 3
    assert found.held == pytest.approx(1 / 3)
    assert found.ratio == pytest.approx(np.prod([one.ratio for one in some]) ** (1 / 3))
    assert found.better == pytest.approx(np.mean([one.ratio < 1 for one in some]))


@pytest.fixture(scope="module")
def history():
    return modelled(read_chain(), 4, 1)


def test_only_what_was_held_out_is_laid(history, few):
    chain = read_chain()
    cells = cells_laid(chain, history)
    assert len(cells) == sum(cell.quarter == "Q4 2025" for link in chain.links for cell in link.cells)
    held = {pattern.id for pattern in patterns() if pattern.is_held_out}
    numbers = patterns_laid([pattern for pattern in patterns() if pattern.id in ("7", "10", "9")], few)
    assert {one.title.partition(":")[0] for one in numbers} == {"7", "10"} <= held


def test_the_command_prints_every_range_and_writes_the_page(history, few, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(command, "modelled", lambda *_: history)
    monkeypatch.setattr(command, "arms_of", lambda *_: few)
    monkeypatch.setattr(command, "patterns", lambda: [one for one in patterns() if one.id in ("7", "10")])
    monkeypatch.setattr(command, "PAGE", tmp_path / "coverage.md")
    monkeypatch.setattr(command, "FRONT", tmp_path / "front.md")
    (tmp_path / "front.md").write_text("\n".join(marks("coverage")) + "\n", "utf-8")
    assert main(["coverage", "--games", "32", "--write"]) == 0
    printed = capsys.readouterr().out
    assert "Of 21 numbers that were held out" in stands(tmp_path / "front.md", "coverage")
    page = (tmp_path / "coverage.md").read_text("utf-8")
    assert page.endswith(printed)
    assert "python main.py coverage --games 32 --seed 1 --write" in page
    assert all(printed.count(f"| {link.title} | {link.unit} |") == 1 for link in read_chain().links)
    assert main(["coverage", "--games", "32", "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert tree["sums"]["all"]["plain"]["count"] == len(tree["ranges"])
    assert main(["coverage", "--games", "31"]) == 2


def test_cells_of_which_the_fit_is_told_in_another_form_are_counted_apart(history):
    chain = read_chain()
    told = {one.of for pattern in patterns() for one in pattern.observations}
    assert {link.told for link in chain.links if link.told} <= told
    cells = cells_laid(chain, history)
    apart = parts(cells, [])[UNTOLD]
    assert len(cells) - len(apart) == sum(bool(link.told) for link in chain.links) == 4


def test_the_first_page_counts_what_was_held_out_as_the_kept_page_does():
    rows = [line.split(" | ") for line in command.PAGE.read_text("utf-8").splitlines() if " | of the games | " in line]
    last = next(row for row in rows if row[0] == "| all")
    assert f"Of {last[2]} numbers that were held out" in " ".join(stands(FRONT, "coverage").split())
    assert f"holds {last[3]}" in " ".join(stands(FRONT, "coverage").split())


def test_the_kept_page_names_every_held_out_quantity():
    page = command.PAGE.read_text("utf-8")
    assert all(f"| {link.title} | {link.unit} |" in page for link in read_chain().links)
    for pattern in patterns():
        assert (f"| {pattern.id}: " in page) <= pattern.is_held_out
