import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop import curves
from desktop.flows import PER_MARK, Flow, FlowLayer, draw_figure, draw_flow, grown, marks, width
from desktop.theme import CHANNELS, COLOURS

COUNTED = [channel for channel in CHANNELS if channel != "tools"]
LINE = curves.arc((40, 200), (560, 160), 0.1)


def flow(channel="licensed", amount=100_000.0, **more):
    return Flow("one", channel, LINE, amount, **more)


@settings(max_examples=40)
@given(st.floats(500, 900_000), st.floats(0, 300), st.sampled_from(COUNTED))
def test_marks_add_up_to_the_quantity(amount, seconds, channel):
    layer = FlowLayer([flow(channel, amount)])
    assert abs(layer.count("one", seconds) * PER_MARK - amount) <= PER_MARK


@given(st.floats(600, 60_000))
def test_over_time_marks_are_one_for_each_five_thousand(amount):
    layer = FlowLayer([flow("licensed", amount)])
    counts = [layer.count("one", t) for t in np.random.default_rng(5).uniform(0, 5_000, 6_000)]
    assert np.mean(counts) == pytest.approx(amount / PER_MARK, rel=0.03, abs=0.04)


def test_marks_of_several_flows_add_up_to_their_sum():
    amounts = {"a": 118_000.0, "b": 64_000.0, "c": 1_920_000.0, "d": 21_000.0}
    layer = FlowLayer([Flow(name, "smuggled", LINE, amount) for name, amount in amounts.items()])
    x, _, _ = layer.places(3.3)
    assert len(x) == sum(layer.count(name, 3.3) for name in amounts)
    assert len(x) * PER_MARK == pytest.approx(sum(amounts.values()), abs=len(amounts) * PER_MARK)


def test_width_is_a_root_and_marks_are_linear():
    assert width(100_000) == pytest.approx(7)
    assert width(400_000) == pytest.approx(14)
    assert width(10) == 1
    assert marks(400_000) == 4 * marks(100_000)


def test_marks_move_sixty_pixels_a_second():
    layer = FlowLayer([flow("licensed", 5_000)])
    x, y, _ = layer.places(0.0)
    later, down, _ = layer.places(1.0)
    assert np.hypot(later[0] - x[0], down[0] - y[0]) == pytest.approx(60, abs=3)


@pytest.mark.parametrize("channel", COUNTED)
def test_marks_stay_on_their_line(channel):
    layer = FlowLayer([flow(channel, 640_000)])
    x, y, _ = layer.places(7.7)
    centre = np.stack([x + layer.half[: len(x)], y + layer.half[: len(y)]], axis=1)
    fine = curves.resampled(LINE, 1.0)
    away = np.min(np.hypot(*(centre[:, None, :] - fine[None]).transpose(2, 0, 1)), axis=1)
    assert away.max() <= width(640_000) / 2 + 1


def test_a_closed_route_carries_nothing():
    layer = FlowLayer([flow("tools", closed_at=0.5)])
    assert len(layer.start) == 0
    assert layer.places(1.0)[0].size == 0


def painted(one, alpha=1.0, share=1.0):
    surface = pygame.Surface((600, 320))
    surface.fill(COLOURS["ocean"])
    draw_flow(surface, one, 1.0, alpha, share)
    return pygame.surfarray.array3d(surface).astype(int)


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_is_drawn_in_its_colour(display, channel):
    picture = painted(flow(channel, 500_000))
    ground = np.array(COLOURS["ocean"])
    hue = np.array(COLOURS[CHANNELS[channel][0]]) - ground
    moved = picture - ground
    touched = np.abs(moved).sum(axis=2) > 30
    assert touched.sum() > 300
    share = (moved[touched] * hue).sum(axis=1) / (hue * hue).sum()
    assert np.abs(moved[touched] - share[:, None] * hue).max() < 16


def test_channels_differ_without_colour(display):
    masks = {}
    for channel in ("licensed", "smuggled", "remote"):
        picture = painted(flow(channel, 10_000))
        masks[channel] = np.abs(picture - np.array(COLOURS["ocean"])).sum(axis=2) > 60
    solid = masks["licensed"].sum()
    assert masks["smuggled"].sum() < 0.9 * solid
    assert masks["remote"].sum() < masks["smuggled"].sum()


def test_out_of_focus_is_a_fifth(display):
    whole = painted(flow("licensed", 200_000)) - np.array(COLOURS["ocean"])
    pale = painted(flow("licensed", 200_000), alpha=0.2) - np.array(COLOURS["ocean"])
    assert pale.max() == pytest.approx(0.2 * whole.max(), abs=3)
    layer = FlowLayer([flow("licensed"), flow("smuggled")], focus=frozenset({"smuggled"}))
    assert (layer.strength("licensed"), layer.strength("smuggled")) == (0.2, 1.0)


def test_an_estimate_is_wider_than_its_median(display):
    bare = np.abs(painted(flow("remote", 20_000)) - np.array(COLOURS["ocean"])).sum()
    tube = np.abs(painted(flow("remote", 20_000, low=5_000, high=90_000)) - np.array(COLOURS["ocean"])).sum()
    assert tube > 1.5 * bare


def test_a_growing_flow_is_shorter_and_smaller(display):
    half = np.abs(painted(flow(), share=0.5) - np.array(COLOURS["ocean"])).sum(axis=2) > 30
    assert np.flatnonzero(half.any(axis=1)).max() < 340
    assert grown(flow(high=150_000.0), 0.5).amount == 50_000
    assert grown(flow(high=150_000.0), 0.5).high == 75_000


def test_marks_and_figures_are_drawn(display, pen):
    surface = pygame.Surface((600, 320))
    layer = FlowLayer([flow("domestic_us", 300_000, figure="300k", label="Domestic", at=(200, 40))])
    before = pygame.surfarray.array3d(surface)
    layer.draw_marks(surface, 2.0, (0, 0))
    box = draw_figure(surface, layer.flows[0], pen)
    assert (pygame.surfarray.array3d(surface) != before).any()
    assert box.width >= pen.width("Domestic", "label")
    assert draw_figure(surface, flow(), pen).width == 0
