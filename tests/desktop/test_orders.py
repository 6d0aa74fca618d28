"""The orders screen: every lever of every seat by keyboard and mouse, refusals, undo, the preview, and that all texts fit."""

import pygame
import pytest
from desktop_events import click, down, key, moved, typed, up

from desktop.app import App
from desktop.kit import Choice
from desktop.kit.slider import Amount
from desktop.screens.draft import Draft
from desktop.screens.leaning import leans
from desktop.screens.levers import control_name, is_few, row_of
from desktop.screens.manual import ManualScreen, found_in
from desktop.screens.order_preview import names_for
from desktop.screens.order_words import bites_in
from desktop.screens.orders import OrdersScreen
from desktop.screens.slots import START as DROP
from desktop.screens.threshold import Threshold
from desktop.screens.threshold_parts import Edge
from desktop.settings import Settings
from desktop.table import Table
from desktop.words import read as read_words
from play.model import Chokepoint
from play.quantities import quantity
from play.record import EVERYTHING
from world.orders import MOVES
from world.scenario import read
from world.turn import layout_of

SEATS = (
    "washington",
    "beijing",
    "taipei",
    "smic",
    "tsmc",
    "sk-hynix",
    "huawei",
    "nvidia",
    "deepseek",
    "openai",
    "malaysia-route",
)
"""At least one seat of every role, of both sides where a role has them."""
SIZES = ((1600, 900, 1.0), (1280, 720, 1.0), (1024, 640, 1.0), (1600, 900, 1.5), (1280, 720, 2.0))
DRAWN = ("washington", "beijing", "deepseek")
"""Seats with drawn controls, tried in larger type too."""
ONE_OF_EACH = tuple(seat for seat in SEATS if seat not in ("tsmc", "nvidia", "openai"))
"""One seat of every role."""
FITTED = [
    *(("washington", size) for size in SIZES),
    *((seat, size) for seat in DRAWN[1:] for size in (SIZES[2], SIZES[4])),
    *((seat, SIZES[2]) for seat in ONE_OF_EACH if seat not in DRAWN),
]
WORDS = read_words()


@pytest.fixture(scope="module")
def scenario():
    return read("november-2025")


@pytest.fixture(scope="module")
def played(scenario):
    model = Chokepoint(scenario, seeds=3, players=dict.fromkeys(SEATS, "human"), keep=EVERYTHING)
    for _ in range(2):
        model.step()
    return model


@pytest.fixture(scope="module")
def tables(played, scenario):
    made = {seat: Table(played, (seat,), scenario) for seat in SEATS}
    yield made
    for table in made.values():
        table.close()


@pytest.fixture
def table_of(tables):
    def fresh(seat: str) -> Table:
        table = tables[seat]
        table.sitting.reset()
        table.said.clear()
        table.answers.clear()
        return table

    return fresh


@pytest.fixture(scope="module")
def apps():
    return {}


@pytest.fixture
def app_of(display, apps):
    """A window of a size, opened once, with a screen of its own."""

    def opened(table: Table, size=SIZES[0], screen=None) -> App:
        screen = screen or OrdersScreen(table)
        wide, tall, interface = size
        if size not in apps:
            apps[size] = App(screen, Settings(width=wide, height=tall, interface=interface))
        app = apps[size]
        app.surface = pygame.display.set_mode((wide, tall))
        app.screens, app.leaving = [screen], None
        app.frame([], 0.016)
        app.frame([], 0.016)
        return app

    return opened


def shown(app: App, row: int) -> str:
    """The name of a dial's control, brought into sight."""
    screen, pen = app.screen, app.pen
    draft = screen.draft
    dial = draft.book.dials[row]
    screen.go_to(dial.kind.name, pen)
    if dial.kind.name == "cap_exports":
        group = draft.book.layout.cast.names["groups"].index(dial.picks[0])
        if screen.group != group:
            screen.group = group
            screen.drafted()
    name = control_name(row)
    screen.ready(pen)
    if name in screen.column.names:
        screen.focus_on(name, pen)
    else:
        screen.form = screen.form.focused(name)
    screen.ready(pen)
    assert name in screen.form.rects, f"{dial.label} is not in sight"
    return name


def rows_of(table: Table):
    """Every dial of a seat that the seat can set at all, by the game's own word."""
    draft = Draft(table)
    return [row for entry in draft.entries if not draft.reason(entry) for row in draft.rows(entry)]


def settings_after(app: App) -> dict[int, int]:
    return app.screen.table.sitting.settings


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
    assert "no move left" in reason
    app.frame([key(pygame.K_END), key(pygame.K_HOME), *click(app.screen.form.rects[name].center)], 0.016)
    assert table.sitting.settings == before
    assert not table.set({row: int(Draft(table).standing[row]) + 1})
    assert "no move left" in table.said[-1]


def test_the_reason_of_what_only_home_makers_may_have_is_the_games(table_of):
    table = table_of("beijing")
    draft = Draft(table)
    names = draft.book.layout.cast.names["chipmakers"]
    foreign = next(e for e in draft.of_kind("direct_wafers") if draft.dial_of(e).picks == ("nvidia",))
    assert "nvidia" in names
    assert "only designers at home" in draft.reason(foreign).lower()
    assert not table.sitting.draft


def test_undo_reset_and_a_press_on_an_order_restore_the_draft(table_of, app_of):
    table = table_of("beijing")
    app = app_of(table)
    rows = rows_of(table)
    first, second = rows[0], next(r for r in rows if Draft(table).dial_of(Draft(table).entries[3]) and r > rows[4])
    for row in (first, second):
        shown(app, row)
        app.frame([key(pygame.K_END)], 0.016)
    assert set(table.sitting.settings) == {first, second}
    app.screen.form = app.screen.form.focused("tabs")
    app.frame([key(pygame.K_z)], 0.016)
    assert set(table.sitting.settings) == {first}
    assert app.screen.form[shown(app, second)].value in (
        app.screen.draft.was(second),
        int(app.screen.draft.standing[second]),
    )
    drop = next(name for name in app.screen.form.rects if name.startswith(DROP))
    app.frame(click(app.screen.form.rects[drop].center), 0.016)
    assert not table.sitting.settings
    shown(app, first)
    app.frame([key(pygame.K_END)], 0.016)
    app.frame([key(pygame.K_r), key(pygame.K_RETURN)], 0.016)
    assert not table.sitting.draft
    assert not any(name.startswith(DROP) for name in app.screen.form.rects)


def test_a_preview_is_asked_once_for_a_draft_that_rests(table_of, app_of, monkeypatch):
    table = table_of("deepseek")
    asked = []
    ask = table.preview
    monkeypatch.setattr(table, "preview", lambda *more: asked.append(table.draft_key) or ask(*more))
    app = app_of(table)
    app.frame([], 0.2)
    table.answers["preview"].work.result()
    asked.clear()
    shown(app, rows_of(table)[0])
    for _ in range(4):
        app.frame([key(pygame.K_RIGHT)], 0.05)
    assert not asked
    for _ in range(6):
        app.frame([], 0.05)
    assert asked == [table.draft_key]
    found = table.answers["preview"].value
    app.frame([], 0.016)
    app.frame([], 0.016)
    assert app.screen.resting.shown is found
    assert len(asked) == 1
    assert set(app.screen.panel.figures) == set(names_for(table))


@pytest.mark.parametrize("seat", SEATS)
def test_the_panel_shows_quantities_that_there_are_and_something_leans(table_of, seat):
    table = table_of(seat)
    names = names_for(table)
    assert names[0] == f"objective.{seat}"
    assert 5 <= len(names) <= 6
    assert all(quantity(table.model.cast, name).unit is not None for name in names)
    rows = leans(table, WORDS)
    assert rows
    assert all(-1 <= row.level <= 1 for row in rows)


@pytest.mark.parametrize(("seat", "size"), FITTED)
def test_everything_fits_at_every_size(table_of, app_of, seat, size):
    table = table_of(seat)
    for row in rows_of(table)[:1]:
        table.set({row: Draft(table).book.dials[row].amount.steps // 2 + 1})
    app = app_of(table, size)
    app.frame([], 0.2)
    table.answers["preview"].work.result()
    window, wrong = app.surface.get_rect(), []

    def witness(text, points, box, most):
        if points < 12 or not window.contains(box) or (most is not None and box.width > most + 1):
            wrong.append((text, points, tuple(box), most))

    app.type.witness = witness
    for page in (0, 1):
        app.screen.page = app.screen.part = page
        app.screen.drafted()
        app.frame([], 0.016)
        app.screen.scroll(10_000)
        app.frame([], 0.016)
    app.type.witness = None
    assert not wrong
    boxes = app.screen.form.rects
    controls = {name: box for name, box in boxes.items() if not name.startswith("figure:")}
    assert all(window.contains(box) for box in controls.values())
    assert all(box.height >= 28 and box.width >= 28 for box in controls.values())


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


def test_the_threshold_reads_legal_as_the_game_does(table_of, app_of):
    table = table_of("washington")
    app = app_of(table)
    book = table.sitting.book
    before = {chip.name for chip in app.screen.special.chips if chip.is_legal}
    table.set(book.read("washington", "cap_exports", ["cn"], {"ceiling": 120000, "density": 60}))
    special = Threshold(Draft(table), app.pen)
    assert all(chip.is_legal for chip in special.chips)
    assert {chip.name for chip in special.of_group("newly_legal")} | before >= {
        c.name for c in special.chips if not c.is_chinese
    }
    assert "legal to sell to China" in special.finding()
    table.sitting.reset()
    table.set(book.read("washington", "cap_exports", ["cn"], {"ceiling": 0}))
    assert not any(chip.is_legal for chip in Threshold(Draft(table), app.pen).chips)


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


def test_all_orders_are_listed_and_found_by_any_word(table_of, app_of):
    table = table_of("washington")
    kinds = layout_of(table.model.cast).kinds
    for kind in kinds:
        assert kind in found_in(kinds, kind.name, WORDS)
        assert kind in found_in(kinds, kind.summary.split()[-1].strip("."), WORDS)
        assert f"orders.kind.{kind.name}" in WORDS
        assert not kind.claim or f"orders.claim.{kind.claim}" in WORDS
    app = app_of(table, screen=ManualScreen(table))
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
    assert row_of(app.screen.form.focus) == Draft(table).rows(Draft(table).of_kind("fund_enforcement")[0])[0]


def test_an_order_with_a_delay_says_when_it_bites_until_it_does(scenario):
    model = Chokepoint(scenario, seeds=4, players={"washington": "human"}, keep=EVERYTHING)
    table = Table(model, ("washington",), scenario)
    draft = Draft(table)
    row = draft.rows(draft.of_kind("control_tools")[0])[2]
    kind = draft.book.dials[row].kind
    promised = bites_in(kind, table)
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


def test_nobody_can_order_where_nobody_plays_or_the_game_is_over(played, scenario, app_of):
    table = Table(played, (), scenario, watched="huawei")
    app = app_of(table)
    levers = [control for name, control in app.screen.form.controls.items() if row_of(name) is not None]
    assert levers
    assert {control.reason for control in levers} == {WORDS("orders.watching")}
    assert not any(name.startswith(DROP) for name in app.screen.form.controls)
    table.close()
