"""Funnels of dies: each over its own words, beside one another, as wide at the foot as what is good."""

from itertools import pairwise

import pygame
import pytest

from desktop.screens.funnels import Funnel, Yield, slots_of
from desktop.screens.shares import Part, widths

RECT = pygame.Rect(32, 200, 572, 200)


def funnels(shares, good):
    """Makers with shares of a bar as wide as the place, all of one yield."""
    left, found = RECT.left, []
    for n, wide in enumerate(widths(shares, RECT.width)):
        part = Part(f"Maker {n}", 0.0, shares[n], "cn")
        found.append(Funnel(part, pygame.Rect(left, 150, wide, 40), Yield(good, good, 0.5)))
        left += wide
    return found


@pytest.mark.parametrize(
    "shares", [(0.6, 0.05, 0.2, 0.15), (1.0, 0, 0, 0), (0, 0, 0, 0), (0.25,) * 4, (0.02, 0.02, 0.02, 0.94)]
)
@pytest.mark.parametrize("good", [0.05, 0.4, 0.8])
def test_places_lie_side_by_side_and_hold_their_feet(pen, shares, good):
    made = funnels(shares, good)
    slots = slots_of(made, RECT, pen)
    assert all(RECT.left <= slot.left and slot.right <= RECT.right for slot in slots)
    assert all(a.right <= b.left for a, b in pairwise(slots))
    assert all(funnel.foot(pen) <= slot.width for funnel, slot in zip(made, slots, strict=True))


def test_a_foot_is_as_wide_as_the_good_dies_are_of_all(pen):
    assert [funnel.foot(pen) for funnel in funnels((0.5, 0.5), 0.4)] == [round(RECT.width / 2 * 0.4)] * 2
    assert funnels((0.0, 1.0), 0.4)[0].foot(pen) == 0
