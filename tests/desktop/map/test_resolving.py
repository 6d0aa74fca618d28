"""How a quarter resolves on the map: causes before effects, five seconds, and any key skips."""

from dataclasses import replace

import pygame
import pytest
from map_desk import PLACES, known

from desktop.atlas import changed_figures
from desktop.board import GAINS, board_of
from desktop.screens.map import MapScreen
from desktop.screens.map_panel import Growth, rows_of
from desktop.telling_sites import flow_facts
from desktop.theme import SECONDS
from play import words
from tests.desktop.test_board import table_of
from tests.support.desktop_events import click, key


def resolving(app):
    app.screens = [MapScreen(app.screen.table)]
    app.screen.is_resolving = True
    app.frame([], 0.016)
    for _ in range(2000):
        if app.screen.unfolding is not None and not app.screen.unfolding.left:
            break
        app.frame([], 0.0)
    return app.screen


def test_a_quarter_that_just_passed_is_shown_once(display):
    table = table_of()
    assert not MapScreen(table).is_resolving
    table.hand_in()
    table.resolve().work.result()
    assert MapScreen(table).is_resolving
    assert not MapScreen(table).is_resolving
    table.close()


def test_the_quarter_resolves_in_five_seconds(app):
    screen = resolving(app)
    gone = 0.0
    while screen.is_resolving and gone < 10:
        app.frame([], 0.1)
        gone += 0.1
    assert SECONDS["quarter"] - 0.2 <= gone <= SECONDS["quarter"] + 0.2


def test_causes_come_before_effects(app):
    screen = resolving(app)
    screen.unfolding.seconds = 1.0
    assert screen.unfolding.share("tools") > 0 == screen.unfolding.share("licensed")
    screen.unfolding.seconds = 2.0
    assert screen.unfolding.share("domestic_us") > 0 == screen.unfolding.share("smuggled")


@pytest.mark.parametrize("code", [pygame.K_SPACE, pygame.K_ESCAPE, pygame.K_m, pygame.K_1, pygame.K_TAB])
def test_any_key_skips_to_the_end_and_does_nothing_else(app, code):
    screen = resolving(app)
    app.frame([key(code)], 0.016)
    assert app.screen is screen
    assert not screen.is_resolving
    assert screen.modal is None
    assert not app.settings.reduced_motion


def test_a_click_skips_too(app):
    screen = resolving(app)
    app.frame(click((400, 400)), 0.016)
    assert not screen.is_resolving


def test_reduced_motion_resolves_at_once(app):
    app.screens = [MapScreen(app.screen.table)]
    app.screen.is_resolving = app.screen.has_resolved = True
    app.screen.before = None
    app.pen.still = True
    app.frame([], 0.016)
    assert not app.screen.is_resolving
    area = app.pen.scale.map_area()
    one = app.surface.subsurface(area).copy()
    app.frame([], SECONDS["tick"] + 0.1)
    app.frame([], 0.1)
    still = app.surface.subsurface(area).copy()
    app.frame([], 0.5)
    assert pygame.image.tobytes(app.surface.subsurface(area), "RGB") == pygame.image.tobytes(still, "RGB")
    assert pygame.image.tobytes(one, "RGB") != pygame.image.tobytes(still, "RGB")


def test_only_figures_that_changed_get_a_tick(board):
    name = board.known.figures[0].spot.name
    other = replace(board.known.figures[0], amount=known(123_000_000))
    was = replace(board, known=replace(board.known, figures=(other, *board.known.figures[1:])))
    assert changed_figures(board, was) == {name}
    assert changed_figures(board, None) == {figure.spot.name for figure in board.known.figures}


def test_the_panel_grows_with_the_flows_that_it_counts(board, pen):
    gains = board.known.gains
    half = Growth(foundries=1.0, channels=0.5, ranges=0.0, race=0.0)
    rows = dict(zip(GAINS, rows_of(gains, GAINS, pen, half), strict=True))
    assert rows["us"].value == pytest.approx(gains["us"].middle)
    assert rows["smuggled"].value == pytest.approx(gains["smuggled"].middle / 2)
    assert rows["china"].value == pytest.approx(sum(rows[name].value for name in GAINS[3:]))


def test_hidden_is_a_dash_and_a_known_zero_is_none(pen):
    gains = {"licensed": known(0.0)}
    licensed, smuggled = rows_of(gains, ("licensed", "smuggled"), pen, Growth())
    assert (licensed.state, licensed.text) == ("none", "none")
    assert (smuggled.state, smuggled.text) == ("hidden", "")
    coming = rows_of(gains, ("licensed",), pen, Growth(foundries=0.5))
    assert coming[0].text == ""


def test_what_has_unfolded_is_what_is_drawn_at_rest(app):
    screen = resolving(app)
    screen.unfolding.seconds = SECONDS["quarter"]
    ground = screen.pictures.ground(app.pen)
    unfolded = ground.copy()
    screen.unfolding.draw(unfolded, app.pen)
    board = screen.board(app.pen)
    rest = screen.pictures.picture(board, app.pen, frozenset())
    one, other = (pygame.transform.average_color(sheet) for sheet in (unfolded, rest))
    assert all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def test_what_a_figure_was_a_quarter_before_is_kept_for_its_tooltip(display):
    table = table_of(quarters=1)
    first = MapScreen(table)
    was = table.asked("board", (table.seat, 1), lambda: board_of(table, table.seat, 1, PLACES, words.read())).value
    table.hand_in()
    table.resolve().work.result()
    now = board_of(table, table.seat, 2, PLACES, words.read())
    for _ in range(2):
        assert MapScreen(table).before is was
        table.asked("board", (table.seat, 2), lambda: now).work.result()
    figure = now.known.figures[0]
    facts = flow_facts(figure, now, PLACES, words.read(), was)[1]
    texts = [fact.text for fact in facts]
    assert texts[:2] == ["H100e in " + now.quarter, "A quarter before"]
    assert first.before is None
    table.close()
