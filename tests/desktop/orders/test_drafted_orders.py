"""A draft on the orders screen: undone, previewed once, drawn, and fitting windows of every size."""

import pygame
import pytest
from desktop_events import click, key
from orders_desk import FITTED, SEATS, WORDS, rows_of, shown

from desktop.screens.draft import Draft
from desktop.screens.leaning import leans
from desktop.screens.order_preview import names_for
from desktop.screens.slots import START as DROP
from desktop.screens.threshold import Threshold
from play.quantities import quantity


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
