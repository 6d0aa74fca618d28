"""Orders in words: when they bite, what they cost, what they are counted in, and the list of all."""

from types import SimpleNamespace

import pygame
import pytest
from desktop_events import key, typed
from orders_desk import WORDS

from desktop.kit import Action
from desktop.numbers import dollars
from desktop.screens.draft import Draft
from desktop.screens.levers import row_of, settings_from
from desktop.screens.manual import ManualScreen, found_in
from desktop.screens.order_headlines import price_words
from desktop.screens.order_words import bites_text, help_of, lever_text, name_of, option_texts, price_text, value_text
from desktop.screens.orders import OrdersScreen
from desktop.table import Table
from play.debrief import wording
from play.dials import book_of
from play.model import Chokepoint
from play.record import EVERYTHING
from play.story import story_of
from world.turn import ORDERS, layout_of


def test_all_orders_are_listed_and_found_by_any_word(table_of, app_of):
    table = table_of("washington")
    kinds = layout_of(table.model.cast).kinds
    for kind in kinds:
        assert kind in found_in(kinds, kind.name, WORDS)
        assert kind in found_in(kinds, kind.summary.split()[-1].strip("."), WORDS)
        assert f"orders.kind.{kind.name}" in WORDS
        assert not kind.claim or f"orders.claim.{kind.claim}" in WORDS
    app = app_of(table)
    app.frame([key(pygame.K_o)], 0.016)
    app.frame([], 0.016)
    assert isinstance(app.screen, ManualScreen)
    assert len(app.screen.shown) == len(kinds)
    app.frame([typed("nobody gives this order")], 0.016)
    assert not app.screen.shown
    app.frame([key(pygame.K_ESCAPE)], 0.016)
    for letter in "officers":
        app.frame([typed(letter)], 0.016)
    assert app.screen.shown[0].name == "fund_enforcement"
    app.frame([key(pygame.K_RETURN)], 0.016)
    app.frame([], 0.016)
    assert isinstance(app.screen, OrdersScreen)
    assert len(app.screens) == 1
    assert row_of(app.screen.form.focus) == Draft(table).rows(Draft(table).of_kind("fund_enforcement")[0])[0]


def test_an_order_with_a_delay_says_when_it_bites_until_it_does(scenario):
    model = Chokepoint(scenario, seeds=4, players={"washington": "human"}, keep=EVERYTHING)
    table = Table(model, ("washington",), scenario)
    draft = Draft(table)
    row = draft.rows(draft.of_kind("control_tools")[0])[2]
    kind = draft.book.dials[row].kind
    promised = model.story.quarter(table.turn + 1 + kind.delay)
    assert promised in bites_text(kind, table, WORDS)
    assert table.set({row: 4})
    table.hand_in()
    model.step()
    after = Draft(table)
    assert after.was(row) == 1.0 != after.force(row)
    assert model.story.quarter(table.turn + after.waiting[row]) == promised
    while table.model.story.quarter(table.turn + 1) != promised:
        model.step()
    model.step()
    assert Draft(table).force(row) == 1.0
    table.close()


@pytest.mark.parametrize("kind", ORDERS, ids=lambda kind: kind.name)
def test_what_is_said_of_an_order_names_the_quarters_in_which_it_bites_and_what_it_pays_for_is_there(table_of, kind):
    table = table_of("washington")
    story, first = table.model.story, table.turn + 1 + kind.delay
    said = bites_text(kind, table, WORDS)
    assert story.quarter(first) in said
    assert story.quarter(first + kind.lead) in said
    assert said.count("20") == 1 + bool(kind.lead)
    assert said in help_of(kind, table, WORDS)


@pytest.mark.parametrize("kind", ORDERS, ids=lambda kind: kind.name)
def test_no_quarter_after_the_last_is_promised(table_of, kind):
    model = table_of("washington").model
    for turn in range(12):
        late = SimpleNamespace(turn=turn, model=model, seen=lambda: {"length": 12})
        said = bites_text(kind, late, WORDS)
        assert not any(model.story.quarter(after) in said for after in range(13, 20))
        assert (said == WORDS("orders.bites_late")) == (turn + 1 + kind.delay > 12)


@pytest.mark.parametrize("kind", ORDERS, ids=lambda kind: kind.name)
def test_an_order_that_goes_on_costing_is_never_called_free_alone(kind):
    said = price_text(kind, WORDS)
    goes_on = kind.lead or any(amount.unit == "million USD/quarter" for amount in kind.amounts)
    assert (said == WORDS("orders.no_price")) == (not kind.price and not goes_on)
    assert ("every quarter" in said) == bool(goes_on and (not kind.price or kind.amounts[0].name == "spend"))


@pytest.mark.parametrize("kind", ORDERS, ids=lambda kind: kind.name)
def test_settings_are_written_without_code_and_tell_neighbours_apart(kind):
    for amount in kind.amounts:
        steps = range(min(amount.steps, 12) + 1)
        said = [value_text(kind.name, amount, amount.value(step), WORDS) for step in steps]
        said += [lever_text(kind.name, amount, amount.value(step), WORDS) for step in steps]
        assert not any("_" in text or "/quarter" in text or "$-" in text for text in said)
        shown = said[: len(steps)]
        assert len(set(shown)) == len(shown) or option_texts(kind.name, amount, WORDS).count("½") == 2


def test_dollars_are_written_in_millions_with_a_small_letter():
    assert [dollars(value) for value in (191e6, 5e9, -2.5e6, 0)] == ["$191m", "$5bn", "−$2.5m", "$0"]


def test_a_design_that_is_changed_starts_a_project(scenario):
    model = Chokepoint(scenario, seeds=2, players={"huawei": "human"}, keep=EVERYTHING)
    table = Table(model, ("huawei",), scenario)
    draft = Draft(table)
    rows = {draft.book.dials[row].amount.name: row for row in draft.rows(draft.of_kind("design_chip")[0])}
    if draft.reason(draft.of_kind("design_chip")[0]) is None:
        action = Action(f"dial:{rows['node']}", "change", 2)
        assert settings_from(action, draft).keys() == {rows["node"], rows["project"]}
        assert table.set(settings_from(action, draft))
        again = Draft(table)
        assert settings_from(Action(f"dial:{rows['dies']}", "change", 1), again).keys() == {rows["dies"]}
    table.close()


def test_the_balance_tells_what_a_draft_spends_anew_every_quarter(table_of):
    table = table_of("nvidia")
    book = table.sitting.book
    table.set(book.read("nvidia", "write_software", [], {"spend": 1000}))
    draft = Draft(table)
    row = next(iter(table.sitting.settings))
    more = dollars((1000 - draft.was(row)) * 1e6)
    assert all(more in text for text in price_words(table, draft, WORDS)[:2])
    table.sitting.reset()
    assert price_words(table, Draft(table), WORDS) == [""]


def test_every_wording_of_a_unit_an_option_or_a_help_belongs_to_an_order():
    amounts = {f"{kind.name}.{amount.name}" for kind in ORDERS for amount in kind.amounts}
    kinds = {kind.name for kind in ORDERS}
    assert set(WORDS.under("orders.unit_of")) <= amounts
    assert {".".join(name.split(".")[:2]) for name in WORDS.under("orders.option")} <= amounts
    assert {*WORDS.under("orders.help"), *WORDS.under("orders.bites_of")} <= kinds


def test_a_page_and_a_screen_call_an_order_the_same(scenario):
    called = story_of(scenario).called
    for dial in book_of(scenario.cast).dials:
        assert wording.order_title(dial.kind.name, dial.picks, called) == name_of(dial, scenario.cast, WORDS)
