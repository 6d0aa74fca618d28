"""Every lever of every seat is set by keys and by the mouse, shows what was, and says why it cannot be moved."""

import pygame
import pytest
from desktop_events import click, down, key, moved, up
from orders_desk import ONE_OF_EACH, WORDS, rows_of, settings_after, shown

from desktop.kit import Choice
from desktop.kit.slider import Amount
from desktop.screens.draft import Draft
from desktop.screens.levers import control_name, is_few, row_of
from desktop.screens.refusals import reasons_of, refusal_words
from desktop.screens.slots import START as DROP
from desktop.screens.threshold_parts import Edge
from desktop.table import Table
from play.model import Chokepoint
from play.record import EVERYTHING
from world.orders import MOVES
from world.scenario import read
from world.turn import layout_of


@pytest.mark.parametrize("seat", ONE_OF_EACH)
def test_every_dial_is_set_to_both_bounds_and_a_step_on_by_keys(table_of, app_of, seat):
    table = table_of(seat)
    app = app_of(table)
    for row in rows_of(table):
        dial = app.screen.draft.book.dials[row]
        start = int(Draft(table).standing[row])
        shown(app, row)
        for code, step in ((pygame.K_END, dial.amount.steps), (pygame.K_HOME, 0)):
            app.hear(key(code))
            assert settings_after(app).get(row, start) == step, dial.label
            assert dial.amount.value(step) in (dial.amount.low, dial.amount.high)
        app.hear(key(pygame.K_RIGHT))
        assert settings_after(app).get(row, start) == 1, dial.label
        table.sitting.reset()
        app.screen.drafted()
    assert not table.said


@pytest.mark.parametrize("seat", ONE_OF_EACH)
def test_every_dial_is_set_to_both_bounds_by_the_mouse(table_of, app_of, seat):
    table = table_of(seat)
    app = app_of(table)
    for row in rows_of(table):
        dial = app.screen.draft.book.dials[row]
        start = int(Draft(table).standing[row])
        name = shown(app, row)
        for step in (dial.amount.steps, 0):
            control, rect = app.screen.form[name], app.screen.form.rects[name]
            for event in pointer_to(control, rect, step, dial):
                app.hear(event)
            assert settings_after(app).get(row, start) == step, dial.label
        table.sitting.reset()
        app.screen.drafted()


def pointer_to(control, rect, step, dial):
    """What a person does with the pointer to set a control to one of its ends."""
    if isinstance(control, Choice):
        cell = control.cells(control.part(rect))[step]
        return click(cell.center)
    if isinstance(control, Edge):
        at = control.knob(rect)
        low, high = control.span
        far = high if step else low
        to = (far, at[1]) if control.way == "x" else (at[0], far)
        at = (min(rect.right - 1, max(rect.left, at[0])), min(rect.bottom - 1, max(rect.top, at[1])))
        return [moved(at), down(at), moved(to), up(to)]
    track = control.track(rect)
    at = (track.right + 2 if step else track.left - 2, track.centery)
    return click(at)


def test_every_kind_of_order_belongs_to_a_seat_that_is_tried(scenario):
    cast = scenario.cast
    roles = {cast.seats[cast.at("seats", seat)].role for seat in ONE_OF_EACH}
    assert {kind.issuer for kind in layout_of(cast).kinds} <= roles


def test_a_refused_lever_says_why_and_changes_nothing(table_of, app_of):
    table = table_of("washington")
    app = app_of(table)
    for row in rows_of(table)[:20:5]:
        if table.sitting.moves_left:
            top, at = Draft(table).book.dials[row].amount.steps, int(Draft(table).standing[row])
            assert table.set({row: at + 1 if at < top else at - 1})
    before = table.sitting.settings
    assert len(Draft(table).moved) == MOVES
    row = Draft(table).rows(Draft(table).of_kind("gather_intelligence")[0])[0]
    name = shown(app, row)
    reason = app.screen.form[name].reason
    assert reason == WORDS("orders.refusal.moves", moves=MOVES)
    app.frame([key(pygame.K_END), key(pygame.K_HOME), *click(app.screen.form.rects[name].center)], 0.016)
    assert table.sitting.settings == before
    assert not table.set({row: int(Draft(table).standing[row]) + 1})
    said = refusal_words(table.said[-1], table, WORDS)
    assert said == WORDS("orders.refusal.alone", order=WORDS("orders.kind.gather_intelligence"), why=reason)


def test_the_reason_of_what_only_home_makers_may_have_is_the_games(table_of):
    table = table_of("beijing")
    draft = Draft(table)
    names = draft.book.layout.cast.names["chipmakers"]
    foreign = next(e for e in draft.of_kind("direct_wafers") if draft.dial_of(e).picks == ("nvidia",))
    assert "nvidia" in names
    assert "only designers at home" in reasons_of(draft, WORDS)(foreign).lower()
    assert not table.sitting.draft


def test_the_keyboard_reaches_every_lever(table_of, app_of):
    table = table_of("washington")
    app = app_of(table)
    names = {control_name(row) for row in rows_of(table) if Draft(table).book.dials[row].picks != ("swing",)}
    reached = set()
    for _ in range(len(names) + 40):
        app.hear(key(pygame.K_TAB))
        focus = app.screen.form.focus
        assert focus in app.screen.form.rects
        reached.add(focus)
    assert names <= reached
    assert {"end", "tabs", "group"} <= reached


def test_levers_show_what_was_and_where_it_is_drafted(table_of, app_of):
    table = table_of("smic")
    app = app_of(table)
    for row in rows_of(table):
        control = app.screen.form[shown(app, row)]
        draft = app.screen.draft
        if is_few(draft.book.dials[row]):
            assert control.was == int(draft.standing[row])
        else:
            assert isinstance(control, Amount)
            assert control.was == pytest.approx(draft.was(row))
            assert (control.low, control.high) == (draft.book.dials[row].amount.low, draft.book.dials[row].amount.high)


def test_nobody_can_order_where_nobody_plays_or_the_game_is_over(played, scenario, app_of):
    table = Table(played, (), scenario, watched="huawei")
    app = app_of(table)
    levers = [control for name, control in app.screen.form.controls.items() if row_of(name) is not None]
    assert levers
    assert {control.reason for control in levers} == {WORDS("orders.watching")}
    assert not any(name.startswith(DROP) for name in app.screen.form.controls)
    table.close()


def test_every_role_of_another_scenario_has_its_levers(app_of):
    scenario = read("tutorial")
    seats = list({seat.role: seat.name for seat in scenario.cast.seats}.values())
    model = Chokepoint(scenario, seeds=2, players=dict.fromkeys(seats, "human"), keep=EVERYTHING)
    for seat in seats:
        table = Table(model, (seat,), scenario)
        app = app_of(table)
        names = {name for name in app.screen.form.controls if row_of(name) is not None}
        assert names or app.screen.places(app.pen).is_paged
        assert not table.said
        table.close()
