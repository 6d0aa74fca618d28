"""Every figure that a screen lets one ask about opens sources: with its unit, its usual range, its history, plain names."""

import re

import pygame
import pytest
from tables import settled, table

from desktop.screens.debrief import DebriefScreen
from desktop.screens.estimates import QUANTITIES
from desktop.screens.figure_words import called, meaning, ranged, unit_words, valued, with_unit
from desktop.screens.game import opened
from desktop.screens.map import QUANTITIES as BESIDE_FLOWS
from desktop.screens.order_preview import names_for
from desktop.screens.origin import origin_of
from desktop.screens.sources import SourcesOverlay, in_full
from play.origins import givens_of
from play.quantities import quantity
from play.usual import usual_ranges
from world.scenario import read

SEATS = ("washington", "beijing", "seoul", "smic", "sk-hynix", "huawei", "openai", "malaysia-route")
SCREENS = ("map", "orders", "intelligence", "supply")


def figures_of(found, pen) -> set[str]:
    """Every figure that can be asked about: of a role's preview, of flows, of questions; for one seat of whole screens."""
    names = {*names_for(found), *BESIDE_FLOWS.values()}
    champion = found.model.cast.names["chipmakers"][found.model.cast.champion]
    names |= {name.format(champion=champion, product="ascend-910c") for name in QUANTITIES.values()}
    names |= set(found.model.cast.questions)
    surface = pygame.Surface((1600, 900))
    for name in SCREENS if found.seat == "washington" else ():
        screen = opened(name, found)
        settled(screen, found, surface, pen)
        names |= {screen.figure_in_focus(), *screen.figures(pen)}
    return names


@pytest.fixture(scope="module", params=SEATS)
def found(request):
    one = table(request.param, 2)
    yield one
    one.close()


def test_every_figure_of_every_screen_has_unit_meaning_usual_range_and_history(found, pen):
    sitting, views = found.sitting, [found.view(turn) for turn in range(3)]
    names = figures_of(found, pen)
    assert len(names) >= 12
    for name in sorted(names):
        origin = origin_of(sitting, views, name, sitting.outlook.scenario)
        asked = origin.asked
        assert len(origin.history) == 3
        assert origin.history[-1] is not None or origin.five is not None, name
        assert len(origin.usual) == found.model.world.length[0] + 1
        assert all(origin.usual[1:]), name
        for text in (called(found, asked, pen.words), meaning(asked, found, pen.words)):
            assert not re.search(r"_|\\{|\b(huawei|openai|washington|smic)\b", text), text
        assert asked.unit == "" or f"unit.{asked.unit}" in pen.words, asked.unit
        for one in origin.given:
            assert f"unit.{one.unit}" in pen.words or not re.search(r"_|/quarter", unit_words(one.unit, pen.words)), (
                one.unit
            )


@pytest.mark.parametrize("name", ["lead", "smuggled_h100e", "objective.washington", "smic_yield"])
def test_the_overlay_says_what_is_usual_and_names_nothing_by_its_code(name, pen):
    one, surface, said = table("washington", 2), pygame.Surface((1600, 900)), []
    pen.type.witness = lambda text, size, box, most: said.append(text)
    settled(SourcesOverlay(one, name), one, surface, pen)
    pen.type.witness = None
    assert "Usually in Q2 2026" in said
    assert "Usually at the end" in said
    assert not [text for text in said if "_" in text]
    assert not [text for text in said if re.match(r"(Us|Cn|XAI)\b", text)]
    one.close()


def test_usual_ranges_are_those_of_games_of_standard_players():
    one = table("beijing", 2)
    states = one.sitting.outlook.usual
    lead = quantity(one.model.cast, "lead")
    final = usual_ranges(states, lead)[-1]
    par = one.sitting.outlook.par.lead
    assert final[2] == pytest.approx(par[50], abs=2.5)
    assert final[0] == pytest.approx(par[5], abs=3)
    one.close()


def test_a_finished_game_asks_sources_of_the_score_too(pen):
    one, surface, said = table("washington", 12), pygame.Surface((1600, 900)), []
    assert DebriefScreen.name == "debrief"
    pen.type.witness = lambda text, size, box, most: said.append(text)
    settled(SourcesOverlay(one, "objective.washington"), one, surface, pen)
    pen.type.witness = None
    assert any(text.endswith("%: a long US lead") for text in said)
    one.close()


def test_values_are_written_with_the_signs_of_their_units(pen):
    assert valued(0.354, "share") == "35.4 %"
    assert valued(400_000, "thousand USD") == "$400m"
    assert with_unit(2.4, "1e24 FLOP", pen.words) == "2.4 × 10²⁴ FLOP"
    assert ranged((0.1, 0.2, 0.3, 0.4, 0.5), "share") == "30 %  10–50 %"
    assert ranged((4.0,) * 5, "months") == "4"


def test_a_number_tells_its_fact_with_range_source_and_site_and_what_the_scenario_made_of_it(pen):
    given = givens_of(read("november-2025"), ("pack_capacity", "mtbf"), "pack_capacity.tsmc")
    told = in_full(given[0], pen)
    assert told.startswith(
        "FAB-027: TSMC CoWoS, capacity, 2025-12: 75,000 (65,000 to 80,000) wafers/month. TSMC capacity"
    )
    assert "(trendforce.com)." in told
    assert "In the scenario: " in told
    assert next(in_full(one, pen) for one in given if one.column == "mtbf").startswith("Estimate")
