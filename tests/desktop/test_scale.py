import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.scale import SMALLEST_WINDOW, STEPS, Scale
from desktop.theme import ROLES, SMALLEST_TEXT, TARGET

WINDOWS = st.tuples(st.integers(SMALLEST_WINDOW[0], 3840), st.integers(SMALLEST_WINDOW[1], 2160))


def test_the_drawings_are_drawn_as_they_are():
    scale = Scale(1600, 900)
    assert scale.unit == 1
    assert not scale.compact
    assert (scale.bar, scale.feed, scale.panel()) == (56, 132, 372)
    assert scale.map_area().size == (1228, 712)


def test_a_small_window_has_the_short_layout():
    scale = Scale(1280, 720)
    assert scale.compact
    assert (scale.bar, scale.feed, scale.panel()) == (48, 108, 316)
    assert scale.feed_cards == 2


@given(WINDOWS, st.sampled_from(STEPS))
def test_no_text_is_under_twelve_and_no_target_under_twenty_eight(window, interface):
    scale = Scale(*window, interface)
    assert min(scale.type(role.size) for role in ROLES.values()) >= SMALLEST_TEXT
    assert scale.target() >= TARGET


@given(WINDOWS, st.sampled_from(STEPS))
def test_the_parts_of_the_window_tile_it(window, interface):
    scale = Scale(*window, interface)
    area, feed, side = scale.map_area(), scale.feed_area(), scale.side_panel()
    assert area.height > 200
    assert area.width >= window[0] * 0.59
    assert scale.bar * window[0] + sum(r.width * r.height for r in (area, feed, side)) == window[0] * window[1]
    assert not area.colliderect(feed)
    assert not area.colliderect(side)


def test_stepping_the_scale_goes_through_every_step_and_stops_at_the_ends():
    scale, seen = Scale(), []
    for _ in range(len(STEPS) + 2):
        seen.append(scale.interface)
        scale = scale.stepped(1)
    assert seen == [*STEPS, STEPS[-1], STEPS[-1]]
    assert Scale().stepped(-1) == Scale()


def test_a_window_below_the_smallest_is_too_small():
    assert Scale(1023, 900).is_too_small
    assert Scale(1600, 639).is_too_small
    assert not Scale(*SMALLEST_WINDOW).is_too_small


@pytest.mark.parametrize("length", [0.2, 1, 3])
def test_what_is_there_keeps_a_pixel(length):
    assert Scale(1024, 640).px(length) >= 1
