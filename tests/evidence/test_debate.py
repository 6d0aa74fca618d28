"""The debate about licences: pairs that differ in nothing else, both sides in the model, and neither right by construction."""

import json

import numpy as np
import pytest

from main import main
from play import measures
from play.commands import debate as command
from play.evidence.arms import PLANS, Arms, arms_of
from play.evidence.debate import LICENSED, WITHHELD, answered, by_thirds, crossed, leanings, outcomes

BEGUN = ("mix", "dies_made", "dies_coming")
"""What Nvidia has begun to make on the opening day, which follows from what it may sell."""


@pytest.fixture(scope="module")
def pairs() -> Arms:
    """Sixty-four pairs of worlds."""
    return arms_of(64)


@pytest.fixture(scope="module")
def answers(pairs):
    return {one.outcome.name: one for one in answered(pairs)}


def test_pairs_differ_in_the_number_of_licences_alone(pairs, same):
    plans = [dict(PLANS[name].settings) for name in (WITHHELD, LICENSED)]
    volumes = [plan.pop("washington.license_sales.volume") for plan in plans]
    assert plans[0] == plans[1]
    assert float(volumes[0]) == 0 < float(volumes[1])
    openings = [pairs[name].opening for name in (WITHHELD, LICENSED)]
    assert set(same(*openings)) <= {"ordered", "in_force", "strictness", *BEGUN}
    makers = np.array(openings[0].cast.product_maker)
    for name in BEGUN:
        first, second = (getattr(opening, name).reshape(makers.size, -1) for opening in openings)
        begun = makers[(first != second).any(axis=1)]
        assert set(begun.tolist()) <= {openings[0].cast.at("chipmakers", "nvidia")}


def test_licences_are_used_and_nothing_is_sold_without(pairs):
    without, with_them = (pairs[name].record.quarters[1:] for name in (WITHHELD, LICENSED))
    assert not any(measures.licensed_chips(quarter).any() for quarter in without)
    assert (np.sum([measures.licensed_chips(quarter) for quarter in with_them], axis=0) > 0).all()


def test_c27_licences_shorten_the_lead_of_the_first_year_in_more_worlds_than_not(answers):
    lead = answers["lead_year"]
    assert lead.effect.high < 0
    assert lead.falls > 0.5 > lead.rises


def test_c14_licences_keep_developers_on_cuda_and_domestic_software_behind(answers):
    for name in ("software_8", "software_12", "developers_8", "developers_12", "sales_12"):
        assert answers[name].effect.high < 0
        assert answers[name].rises == 0


def test_c09_c11_licences_slow_huawei_in_a_part_of_the_worlds_and_not_in_all(answers):
    for name in ("output_8", "output_12"):
        assert 0.05 < answers[name].falls < 0.95


def test_no_side_wins_by_construction(pairs, answers):
    table = crossed(pairs).table
    assert table.sum() == pytest.approx(1)
    assert table[0].sum() == pytest.approx(answers["lead_year"].falls)
    assert table[:, 0].sum() == pytest.approx(answers["output_12"].falls)
    assert (table.sum(axis=0) > 0).all()
    assert (table.sum(axis=1) > 0).all()


def test_what_falls_with_a_quantity_is_found_and_what_is_drawn_beside_it_is_not():
    luck = np.random.default_rng(6).uniform(size=(9, 600))
    drawn = {f"q{at}": luck[at] for at in range(9)}
    fall = luck[3] + 0.2 * luck[0] * luck[1]
    found = leanings(fall, fall > 0.5, drawn)
    assert found[0].label == "q3"
    assert found[0].rank > 0.9
    assert {one.label for one in found} <= {"q0", "q1", "q3"}
    low, _, high = found[0].thirds
    assert (low, high) == (0, 1)


def test_what_falls_everywhere_depends_on_nothing():
    luck = np.random.default_rng(7).uniform(size=200)
    assert leanings(luck, luck >= 0, {"q": luck}) == ()


@pytest.mark.parametrize("worlds", [1, 2, 3, 64, 100])
def test_thirds_share_out_every_world(worlds):
    luck = np.random.default_rng(worlds)
    falls, values = luck.uniform(size=worlds) < 0.4, luck.uniform(size=worlds)
    sizes = [part.size for part in np.array_split(np.arange(worlds), 3)]
    shares = np.nan_to_num(by_thirds(falls, values))
    assert np.dot(shares, sizes) == pytest.approx(falls.sum())


def test_the_command_tells_every_outcome_and_writes_the_page(pairs, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(command, "arms_of", lambda *_: pairs)
    monkeypatch.setattr(command, "PAGE", tmp_path / "debate.md")
    assert main(["debate", "november-2025", "--games", "64", "--write"]) == 0
    printed = capsys.readouterr().out
    page = (tmp_path / "debate.md").read_text("utf-8")
    assert page.endswith(printed)
    assert "python main.py debate november-2025 --games 64 --seed 1 --write" in page
    assert all(f"| {one.title} | {one.claims} |" in printed for one in outcomes())
    assert main(["debate", "--games", "64", "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in tree["outcomes"]] == [one.name for one in outcomes()]


@pytest.mark.parametrize(
    ("words", "said"),
    [("debate --games 31", "write a whole number from 32 on"), ("debate tutorial", "from november-2025 only; name it")],
)
def test_what_cannot_be_obeyed_is_refused_in_a_sentence(words, said, capsys):
    assert main(words.split()) == 2
    assert said in capsys.readouterr().err


def test_the_kept_page_tells_every_outcome():
    page = command.PAGE.read_text("utf-8")
    assert all(f"| {one.title} | {one.claims} |" in page for one in outcomes())
