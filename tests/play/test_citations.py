"""A fact can be looked up by id, topic or word, with what in the game rests on it."""

import json
import re

import pytest

from main import main
from play.citations import ids_in, uses
from world.facts import facts
from world.scenario_text import SCENARIOS


def told(capsys, *words):
    assert main(["facts", *words]) == 0
    return capsys.readouterr().out


def test_every_fact_that_a_scenario_cites_is_known_to_be_used_there():
    for path in SCENARIOS.glob("*.toml"):
        for one in re.findall(r'\bfact = "([^"]+)"', path.read_text("utf-8")):
            assert f"scenario {path.stem}" in {use.file for use in uses()[one]}, one


def test_every_fact_that_code_names_is_there_and_knows_it(capsys):
    named = [one for one, some in uses().items() if any(use.file == "code" for use in some)]
    assert named
    assert all(one in facts() for one in named)
    assert "used in code: play/evidence/forecast.py" in told(capsys, "TOOL-002")


def years_in(text):
    return [int(year) for year in re.findall(r"(?<!\d)20\d\d", text)]


def test_what_is_used_of_a_time_after_2025_was_foretold_by_then():
    later = [one for one in facts().values() if one.id in uses() and max(years_in(one.period), default=0) > 2025]
    assert later
    for fact in later:
        assert years_in(fact.source), f"{fact.id}: says nothing of when it was published"
        assert max(years_in(fact.source)) <= 2025, f"{fact.id}: was published after 2025"


def test_a_span_of_ids_names_those_between():
    assert list(ids_in("PROD-029 to PROD-032, SPEC-1, CAP-042")) == [
        "PROD-029", "PROD-032", "CAP-042", "PROD-030", "PROD-031",
    ]  # fmt: skip


def test_a_fact_is_told_by_its_id_with_unit_range_source_address_and_uses(capsys):
    said = told(capsys, "fab-027")
    for part in (
        "FAB-027  TSMC CoWoS, capacity, 2025-12: 75,000 (65,000 to 80,000) wafers/month",
        "TSMC capacity and CoWoS notes, TrendForce",
        "https://www.trendforce.com/news/",
        "used in scenario november-2025: fab tsmc open.pack_capacity = 2,100,000",
        "used in scenario november-2025: rules pack_growth = 0.11 (0.07 to 0.18) share/quarter",
        "used in evidence chain: quantity packaging cell.Q4 2025",
        "used in evidence patterns: pattern 25 ",
    ):
        assert part in said


def test_an_order_of_the_past_is_told_where_a_fact_stands_behind_it(capsys):
    assert "used in script october-2022-history: order 2022-10-07 washington.cap_exports" in told(capsys, "POL-008")


def test_a_judgement_is_said_to_be_one(capsys):
    assert "counts as a prior and not as a fact" in told(capsys, "MIL-001")


def test_words_find_facts_and_numbers_of_the_scenario(capsys):
    said = told(capsys, "premium")
    assert "SMUG-018" in said
    assert "rules.demand_elasticity  fall of paying demand with the premium: 1.5 (0.6 to 3) ln/ln. estimate" in said
    assert "facts\n" not in told(capsys, "demand_elasticity")


def test_without_a_word_the_topics_are_told(capsys):
    said = told(capsys)
    assert all(fact.topic in said for fact in facts().values())


def test_machines_get_everything(capsys):
    (one,) = json.loads(told(capsys, "SMUG-018", "--json"))["facts"]
    assert one["central"] == 0.5
    assert {"id", "unit", "low", "high", "source", "url", "note", "is_prior", "uses"} <= one.keys()
    assert {"file", "where", "number"} == one["uses"][0].keys()


@pytest.mark.parametrize(
    ("word", "said"), [("SMUG-999", "write one of SMUG-001, "), ("nonsense", "try one word, such as wafers")]
)
def test_what_is_not_there_is_said_with_what_would_be(word, said, capsys):
    assert main(["facts", word]) == 2
    assert f"facts {word}: no fact says so; {said}" in capsys.readouterr().err
