from itertools import combinations

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.charts import (
    Axis,
    Bands,
    Belief,
    Effect,
    Estimate,
    Link,
    Node,
    Race,
    Row,
    Sankey,
    draw_bands,
    draw_causes,
    draw_effects,
    draw_race,
    draw_range,
    draw_rows,
    draw_sankey,
)
from desktop.charts.belief import stacks
from desktop.charts.preview import Band, Cause
from desktop.charts.race import LEAD, Lead, Line, places_of
from desktop.charts.sankey import placed
from desktop.theme import COLOURS


def blank(width=600, height=400):
    surface = pygame.Surface((width, height))
    surface.fill(COLOURS["panel"])
    return surface


def touched(surface):
    """Where something was drawn."""
    return np.abs(pygame.surfarray.array3d(surface).astype(int) - np.array(COLOURS["panel"])).sum(axis=2) > 24


# Axis


@given(st.floats(-1e6, 1e6), st.floats(1, 1e6), st.integers(2, 8))
def test_ticks_lie_inside_the_axis_and_are_few(low, span, most):
    axis = Axis(low, low + span, 0, 100)
    ticks = axis.ticks(most)
    assert len(ticks) <= most * 1.2 + 1
    assert all(axis.low - 1e-6 * span <= tick <= axis.high + 1e-6 * span for tick in ticks)
    assert all(-0.01 <= axis.at(tick) <= 100.01 for tick in ticks)


@given(st.floats(1, 1e5), st.floats(10, 1e5))
def test_a_log_axis_gives_equal_ratios_equal_lengths(low, ratio):
    axis = Axis(low, low * ratio, 0, 300, log=True)
    assert axis.at(low * ratio**0.5) == pytest.approx(150)
    assert axis.ticks(5)


def test_an_axis_that_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="low must be below high"):
        Axis(3, 3, 0, 1)
    with pytest.raises(ValueError, match="above 0 if log"):
        Axis(0, 3, 0, 1, log=True)


def test_values_beyond_an_axis_are_held_at_its_ends():
    axis = Axis(0, 10, 100, 0)
    assert (axis.held(20), axis.held(-3), axis.at(5)) == (0, 100, 50)


# Ranges


def test_a_band_reaches_from_its_low_to_its_high(pen):
    surface, axis = blank(), Axis(0, 100, 0, 600)
    draw_range(surface, Row("x", 50, (20, 80), (40, 60), "square", "cn"), axis, 100, pen)
    columns = np.flatnonzero(touched(surface).any(axis=1))
    assert columns.min() == pytest.approx(120, abs=2)
    assert columns.max() == pytest.approx(480, abs=2)


def test_what_is_hidden_is_a_dash_and_the_word_and_never_zero(pen):
    said = []
    pen.type.witness = lambda text, size, box, most: said.append(text)
    surface = blank()
    draw_rows(surface, pygame.Rect(0, 0, 500, 60), (Row("Stock", state="hidden"),), 0, 100, pen)
    assert "hidden" in said
    zero = round(500 * 0.31)
    assert pygame.surfarray.array3d(surface)[zero - 4 : zero + 5, 8:17].max() < 100  # the gridline and no mark


def test_what_is_known_has_a_mark_and_no_band(pen):
    known, estimated = blank(), blank()
    axis = Axis(0, 100, 0, 600)
    draw_range(known, Row("x", 50, (20, 80), state="known"), axis, 100, pen)
    draw_range(estimated, Row("x", 50, (20, 80)), axis, 100, pen)
    assert np.ptp(np.flatnonzero(touched(known).any(axis=1))) < 16
    assert np.ptp(np.flatnonzero(touched(estimated).any(axis=1))) > 300


# Race, preview


def test_a_race_stays_in_its_box(pen):
    lines = (Line("a", ((2024.0, 100.0), (2025.0, 120.0), (2025.9, 140.0)), "us", "us2"),)
    surface = blank()
    rect = pygame.Rect(100, 60, 360, 260)
    race = Race(lines, now=2025.9, until=2027.0, lead=Lead(120, 2024.9, 2025.9, "7½", "months behind", "range 5–11"))
    draw_race(surface, rect, race, pen)
    outside = touched(surface)
    outside[rect.left - 6 : rect.right + 6, rect.top - 6 : rect.bottom + 4] = False
    assert not outside.any()
    assert touched(surface).sum() > 800


def test_a_race_of_nobody_can_be_drawn(pen):
    draw_race(blank(), pygame.Rect(10, 10, 300, 200), Race((), now=2026.0, until=2027.0), pen)


def test_grey_stands_above_and_colour_below(pen):
    surface = blank()
    effect = Effect("Lead", "months", Band(2, 4, 6), Band(3, 5, 7), "5", "3–7", 0, 10)
    draw_effects(surface, pygame.Rect(0, 0, 600, 60), (effect,), "us", pen, back="panel")
    pixels = pygame.surfarray.array3d(surface)[210:460].astype(int)
    blue = (pixels[..., 2] - pixels[..., 0]) > 60
    rows = np.flatnonzero(blue.any(axis=0))
    grey = np.flatnonzero(((pixels.sum(axis=2) > 190) & ~blue).sum(axis=0) > 60)
    assert grey.min() < rows.min()


def test_causes_stand_on_their_side_of_zero(pen):
    surface = blank()
    causes = (Cause("less", -3, -2, -1, "−2"), Cause("more", 1, 2, 3, "+2"))
    foot = draw_causes(surface, pygame.Rect(0, 10, 600, 80), causes, "us", pen, "smaller", "larger")
    assert 60 < foot < 110


# Belief, Sankey


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_a_belief_is_twenty_dots_in_order(values):
    belief = Belief.of(values)
    assert len(belief.dots) == 20
    assert list(belief.dots) == sorted(belief.dots)
    assert min(values) <= belief.dots[0]
    assert belief.dots[-1] <= max(values)


def test_weights_move_a_belief():
    assert np.mean(Belief.of([1, 2], [9, 1]).dots) < np.mean(Belief.of([1, 2], [1, 9]).dots)


def test_every_dot_has_a_place_of_its_own():
    heaps = stacks(Belief.of(np.linspace(0, 10, 200)), Axis(0, 10, 300, 0), -20)
    assert len(set(heaps)) == 20


def test_a_belief_of_other_than_twenty_dots_is_refused():
    with pytest.raises(ValueError, match="3 were given"):
        Belief((1.0, 2.0, 3.0))


def chain():
    nodes = (Node("a", 0, 100, "A", "100", scrap=30), Node("b", 1, 50, "B"), Node("c", 1, 20, "C"))
    return Sankey(nodes, (Link("a", "b", 50), Link("a", "c", 20, colour="cn", hatched=True)), 2)


@given(st.integers(100, 900), st.integers(100, 700))
def test_bands_and_scrap_are_to_one_scale_and_fill_their_stage(width, height):
    layout = placed(chain(), pygame.Rect(0, 0, width, height))
    per = layout.per_column[0]
    wide = [link[3] for link in layout.links]
    assert wide == pytest.approx([50 * per, 20 * per], rel=1e-4)
    top, scrap = layout.scrap["a"]
    assert scrap == pytest.approx(30 * per, rel=1e-4)
    assert top + scrap == pytest.approx(layout.nodes["a"].bottom, abs=0.6)
    assert layout.nodes["a"].height <= height + 1


def test_a_sankey_can_be_drawn(pen):
    surface = blank()
    draw_sankey(surface, pygame.Rect(20, 20, 500, 300), chain(), pen)
    assert touched(surface).sum() > 5_000


def test_sources_differ_by_hatch_and_what_is_not_known_yet_is_grained(pen):
    points = ((2024.0, 20.0, 40.0, 60.0), (2026.0, 30.0, 50.0, 80.0))
    pictures = []
    for lean in (None, 0.0, 1.0, -1.0):
        surface = blank()
        bands = Bands(2024.0, 2026.0, 0, 100, (Estimate("a", points, lean=lean),))
        draw_bands(surface, pygame.Rect(0, 0, 600, 400), bands, pen)
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert len(set(pictures)) == 4
    surface = blank()
    draw_bands(surface, pygame.Rect(0, 0, 600, 400), Bands(2024.0, 2026.0, 0, 100, revealed=2025.0, now=2025.8), pen)
    before, after = touched(surface)[60:300, 10:370], touched(surface)[480:590, 10:370]
    assert after.mean() > before.mean() + 0.02


@pytest.mark.parametrize("size", [(1600, 900), (1280, 720)])
@pytest.mark.parametrize("shape", ["close", "apart", "flat"])
@pytest.mark.parametrize("is_turned", [False, True])
def test_the_words_of_the_race_keep_off_lines_and_off_each_other(pen_for, size, shape, is_turned):
    pen = pen_for(*size)
    times = [2024.0 + n / 4 for n in range(9)]
    slope, gap = {"close": (20, 4), "apart": (15, 25), "flat": (1, 3)}[shape]
    upper = tuple((t, 120 + slope * (t - 2024)) for t in times)
    lower = tuple((t, value - gap) for t, value in upper)
    one, other = ("China’s best", "US frontier") if is_turned else ("US frontier", "China’s best")
    lines = Line(one, upper, "us", "us2"), Line(other, lower, "cn", "cn")
    lead = Lead(lower[-1][1], 2025.5, 2026.0, "6", "months behind")
    race = Race(lines, 2026.0, 2027.0, lead=lead)
    first, last, low, high = race.bounds()
    body = pygame.Rect(10, 10, pen.px(330), pen.px(190))
    axes = Axis(first, last, body.left, body.right), Axis(low, high, body.bottom, body.top)
    boxes = places_of(race, *axes, body, pen)
    drawn = [(axes[0].at(t), axes[1].at(v)) for line in lines for t, v in line.points]
    assert set(boxes) == {LEAD, one, other}
    for name, box in boxes.items():
        assert body.contains(box)
        assert not any(box.collidepoint(point) for point in drawn), name
    assert not any(a.colliderect(b) for a, b in combinations(boxes.values(), 2))
    assert boxes[one].bottom <= boxes[other].top
