"""The map screen: what it says, how it is used, and that its labels never overlap."""

from dataclasses import replace
from itertools import combinations

import pygame
import pytest
from map_desk import PLACES, known, shown

from desktop.atlas import is_slight, laid
from desktop.board import Known
from desktop.currents import Five
from desktop.numbers import short
from desktop.screens.map import FLOW, SITE, MapScreen
from desktop.screens.map_panel import Panel
from desktop.screens.map_view import MapView
from desktop.screens.map_words import map_finding, times_words
from desktop.sites import Site
from desktop.stacks import TALLEST, block_of, draw_stack, stack_box
from desktop.theme import CHANNELS
from play import words
from tests.desktop.test_board import table_of
from tests.support.desktop_events import click, key, moved

# Words


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (8.9, "America adds nine times the compute China does"),
        (2.1, "America adds twice the compute China does"),
        (1.4, "America adds 1.4 times the compute China does"),
        (24.2, "America adds 25 times the compute China does"),
        (1.05, "America and China add about as much compute"),
        (0.95, "America and China add about as much compute"),
        (0.25, "China adds four times the compute America does"),
        (0.0, "China gains no compute that Washington knows of"),
    ],
)
def test_the_finding_says_who_gains_how_many_times_as_much(board, ratio, said):
    told = replace(board, known=replace(board.known, ratio=ratio))
    assert map_finding(told, "Washington", words.read()) == said


def test_the_finding_follows_from_the_figures(board):
    gains = board.known.gains
    near = gains["us"].middle / gains["china"].middle
    assert times_words(board.known.ratio, words.read()) in map_finding(board, "Washington", words.read())
    assert board.known.ratio == pytest.approx(near, rel=0.2)


def test_nothing_known_is_said_and_not_drawn_as_zero(board):
    assert map_finding(replace(board, known=Known()), "X", words.read()) == "What passes where is not known"


# Labels


@pytest.mark.parametrize(
    "size", [(1600, 900, 1.0), (1280, 720, 1.0), (1024, 640, 1.0), (1600, 900, 1.5), (2560, 1440, 1.0)]
)
def test_no_label_on_the_map_lies_on_another(board, pen_for, size):
    pen = pen_for(*size)
    view = MapView(PLACES)
    view.called = "Washington"
    plan = view.plan(board, pen)
    boxes = [*plan.boxes.values(), view.title_box(board, pen), view.foot_box(pen)]
    assert len(plan.figures) >= 5
    assert len([site for site in plan.sites if site.label]) >= 10
    for one, other in combinations(boxes, 2):
        assert not one.colliderect(other)
    area = pen.scale.map_area()
    assert all(pygame.Rect(0, 0, *area.size).contains(box) for box in plan.boxes.values())


def test_what_is_drawn_stays_in_the_boxes_that_were_given(board, pen_for):
    pen = pen_for(1600, 900)
    view = MapView(PLACES)
    view.called = "Washington"
    plan = view.plan(board, pen)
    drawn = []
    pen.type.witness = lambda text, size, box, most: drawn.append((text, size, box))
    view.over(board, pen, frozenset())
    pen.type.witness = None
    assert all(size >= 12 for _, size, _ in drawn)
    assert plan.figures
    for flow in plan.figures:
        written = [box for text, _, box in drawn if text == flow.figure]
        assert any(plan.boxes[flow.name].inflate(4, 6).contains(box) for box in written), flow.name


def test_a_label_without_room_is_left_out(board, pen):
    area = pen.scale.map_area()
    plan = laid(board, PLACES, pen, (pygame.Rect(0, 0, *area.size),))
    assert not plan.boxes
    assert not any(site.label for site in plan.sites)


def test_a_block_is_the_least_round_number_with_which_no_column_is_too_tall():
    for most, block in ((2.9e6, 1e5), (3.1e6, 2e5), (6.1e6, 5e5), (1.6e7, 1e6), (0.0, 1e5)):
        assert block_of({"x": known(most), "y": known(most / 7)}) == block


def test_a_stack_is_as_tall_as_its_compute(pen):
    site = Site("x", "centre", 0, 0, "us")
    for h100e in (100_000, 1_000_000, 9_000_000):
        surface = pygame.Surface((400, 400))
        block = block_of({"x": known(h100e)})
        draw_stack(surface, (300, 300), site, known(h100e), block, pen)
        box = stack_box((300, 300), site, known(h100e), block, pen)
        blocks = round(h100e / block)
        assert box.height == blocks * 3 <= TALLEST * 3
        painted = sum(surface.get_at((x, y))[2] > 200 for x in range(400) for y in range(400))
        assert painted == blocks * 9 * 2


def test_only_what_is_sure_stands_in_full_strength(pen):
    surface = pygame.Surface((400, 400))
    site, five = Site("x", "centre", 0, 0, "us"), Five(2e5, 3e5, 4e5, 5e5, 6e5)
    draw_stack(surface, (300, 300), site, five, 1e5, pen)
    full = sum(surface.get_at((x, y))[2] > 200 for x in range(400) for y in range(400))
    pale = sum(60 < surface.get_at((x, y))[2] <= 200 for x in range(400) for y in range(400))
    assert (full, pale) == (2 * 18, 4 * 18)


@pytest.mark.parametrize("size", [(1600, 900), (1280, 720)])
def test_the_map_says_what_a_block_stands_for(board, pen_for, size):
    pen = pen_for(*size)
    view, said = MapView(PLACES), []
    view.pills = {"licensed": pygame.Rect(24, pen.scale.map_area().bottom - 40, 90, 28)}
    pen.type.witness = lambda text, size, box, most: said.append(text)
    view.over(board, pen, frozenset())
    pen.type.witness = None
    block = short(view.plan(board, pen).block)
    assert [text for text in said if f"block = {block}" in text]


def test_what_is_likely_nothing_has_no_figure_and_what_may_be_much_has_one():
    assert is_slight(Five(0, 0, 3, 900, 2_300))
    assert not is_slight(Five(0, 20, 550, 900, 2_300))
    assert not is_slight(Five(20, 40, 60, 80, 90))


# Use


def test_f_puts_one_channel_after_the_other_in_focus_and_then_none(app):
    found = []
    for _ in range(len(CHANNELS) + 1):
        app.frame([key(pygame.K_f)], 0.016)
        found.append(app.screen.focus)
    assert found == [*(frozenset({name}) for name in CHANNELS), frozenset()]


def test_a_pill_filters_and_all_pills_together_filter_nothing(app):
    for name in CHANNELS:
        assert len(app.screen.focus) < len(CHANNELS)
        app.frame(click(app.screen.form.rects[name].center), 0.016)
    assert app.screen.focus == frozenset()


def test_out_of_focus_flows_fade(app):
    before = app.surface.copy()
    app.frame([key(pygame.K_f)], 0.016)
    shown(app)
    area = app.pen.scale.map_area()
    assert app.screen.pictures.layer.strength("smuggled") == 0.2
    assert pygame.transform.average_color(app.surface, area) != pygame.transform.average_color(before, area)


def test_every_site_and_every_figure_is_reached_by_tab_and_says_what_is_known_there(app):
    said = []
    app.type.witness = lambda text, size, box, most: said.append(text)
    reached = set()
    for _ in range(len(app.screen.form.rects)):
        app.frame([key(pygame.K_TAB)], 0.016)
        focus = app.screen.form.focus
        reached.add(focus)
        if focus.startswith((SITE, FLOW)):
            app.frame([], 0.5)
    app.type.witness = None
    assert reached == set(app.screen.form.rects)
    assert any(text.startswith("Installed, H100e") for text in said)
    assert {site for site in reached if site.startswith(SITE)} == {SITE + name for name in PLACES.sites}


def test_arrows_walk_the_sites_from_west_to_east(app):
    found = []
    for _ in PLACES.sites:
        app.frame([key(pygame.K_RIGHT)], 0.016)
        found.append(app.screen.form.rects[app.screen.form.focus].centerx)
    assert found == sorted(found)


def test_a_tooltip_says_its_ranges_and_where_the_place_comes_from(app):
    said = []
    app.pen = app.new_pen()
    at = app.screen.form.rects["site:johor"].center
    app.type.witness = lambda text, size, box, most: said.append((text, size))
    app.frame([moved(at)], 0.016)
    app.frame([], 0.6)
    app.type.witness = None
    texts = " ".join(text for text, _ in said)
    assert "Smuggled, out" in texts
    assert "data centres of Johor" in texts
    assert all(size >= 12 for _, size in said)


def test_w_asks_about_the_figure_that_is_in_focus(app):
    app.screen.form = app.screen.form.focused(FLOW + "smuggled")
    assert app.screen.figure_in_focus() == "smuggled_h100e"
    app.screen.form = app.screen.form.focused("figure:rented")
    assert app.screen.figure_in_focus() == "rented"
    app.screen.form = app.screen.form.focused("licensed")
    assert app.screen.figure_in_focus() == "lead"


def test_the_panel_says_what_waits_and_how_many_orders_are_left(app):
    said = []
    app.pen = app.new_pen()
    app.type.witness = lambda text, size, box, most: said.append((text, box, most))
    app.frame([], 0.016)
    app.type.witness = None
    texts = [text for text, _, _ in said]
    assert "3 of 3 orders left" in texts
    assert "11 quarters to go" in texts
    assert not [text for text in texts if text.endswith("…")]


@pytest.mark.parametrize(
    "size", [(1600, 900, 1.0), (1280, 720, 1.0), (1024, 640, 1.0), (1600, 900, 1.5), (1600, 900, 2.0)]
)
def test_the_parts_of_the_panel_never_lie_on_each_other(pen_for, size):
    pen = pen_for(*size)
    panel = Panel(pen, "The US frontier leads China’s best lab by about 10½ months")
    tops = [panel.head_box(pen).top, panel.race_box(pen).top, panel.gains_top(pen), panel.verdict_top(pen)]
    tops += [panel.open_box(pen).top, panel.end.top]
    assert tops == sorted(tops)
    assert panel.race_box(pen).height >= 60
    assert panel.end.bottom <= pen.scale.height
    assert not panel.open_box(pen).colliderect(panel.end)


# Opening


def test_a_map_that_was_seen_before_is_there_at_once(app):
    before = app.screen.pictures
    app.screens = [MapScreen(app.screen.table)]
    assert app.screen.pictures is before
    assert not app.screen.is_drawing(app.pen)


def test_a_new_map_is_painted_in_pieces_that_give_the_same_picture(app):
    board, view = app.screen.board(app.pen), MapView(PLACES)
    view.base = app.screen.pictures.base
    pieces = 0
    while not view.prepared(board, app.pen, frozenset(), 0.0):
        pieces += 1
    assert pieces > len(view.plan(board, app.pen).flows)
    whole = view.bare(app.pen)
    view.flow_layer(board, app.pen, frozenset()).paint(whole)
    painted = view.picture(board, app.pen, frozenset())
    assert pygame.image.tobytes(painted, "RGB") == pygame.image.tobytes(whole, "RGB")


def test_tables_share_no_pictures(display):
    one, other = table_of(), table_of()
    assert MapScreen(one).pictures is not MapScreen(other).pictures
    one.close()
    other.close()


# The feed


def test_older_news_open_the_log_by_click_and_by_enter(app):
    screen, box = app.screen, app.screen.form.rects["older"]
    assert screen.form["older"].label.startswith(f"{len(screen.board(app.pen).cards) - 3} older")
    app.frame(click(box.center), 0.016)
    assert app.screen.title == "Log"
    app.screens = [screen]
    screen.form = screen.form.focused("older")
    app.frame([key(pygame.K_RETURN)], 0.016)
    assert app.screen.title == "Log"


# Waiting


def test_past_half_a_second_the_map_says_that_it_works(app, monkeypatch):
    screen = MapScreen(app.screen.table)
    app.screens = [screen]
    monkeypatch.setattr(screen, "board", lambda pen: None)
    said = []
    app.frame([], 0.4)
    app.type.witness = lambda text, size, box, most: said.append(text)
    app.frame([], 0.05)
    assert not [text for text in said if text.startswith("Working out")]
    app.frame([], 0.2)
    app.type.witness = None
    assert [text for text in said if text.startswith("Working out")]
