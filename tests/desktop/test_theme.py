from itertools import combinations

import numpy as np
import pytest

from desktop.gallery.seen import oklab, seen
from desktop.theme import CHANNELS, COLOURS, MARKS, ROLES, SMALLEST_TEXT, SURFACES, TEXT, contrast, mix

TABLED = {
    "us": (5.5, 5.8),
    "us2": (8.4, 8.9),
    "cn": (9.6, 10.2),
    "cn2": (12.5, 13.2),
    "ivory": (14.9, 15.8),
    "smug": (4.7, 5.0),
    "smug2": (7.4, 7.8),
    "remote": (9.1, 9.6),
    "up": (5.0, 5.3),
    "up2": (8.1, 8.6),
    "t2": (9.4, 10.0),
    "t3": (6.0, 6.3),
    "edge": (3.6, 3.8),
    "hair": (1.4, 1.5),
}


@pytest.mark.parametrize("token", TABLED)
def test_contrast_is_what_the_visual_language_tables(token):
    on_panel, on_ocean = TABLED[token]
    assert contrast(COLOURS[token], COLOURS["panel"]) == pytest.approx(on_panel, abs=0.051)
    assert contrast(COLOURS[token], COLOURS["ocean"]) == pytest.approx(on_ocean, abs=0.051)


def test_text_stands_out_from_every_surface_it_may_stand_on():
    for text in TEXT:
        for surface in SURFACES:
            assert contrast(COLOURS[text], COLOURS[surface]) >= 4.5, (text, surface)


def test_what_cannot_be_used_can_still_be_read():
    assert contrast(COLOURS["off"], COLOURS["raised"]) == pytest.approx(4.7, abs=0.05)
    assert all(contrast(COLOURS["off"], COLOURS[surface]) >= 4.5 for surface in SURFACES)


def test_edges_of_controls_stand_out():
    for surface in SURFACES:
        assert contrast(COLOURS["edge"], COLOURS[surface]) >= 3.0


def test_ink_stands_out_from_ivory():
    assert contrast(COLOURS["ink"], COLOURS["ivory"]) == pytest.approx(16.2, abs=0.06)


def test_red_is_never_text():
    assert "smug" not in TEXT
    assert all(text in TEXT for _, text in CHANNELS.values())


@pytest.mark.parametrize(("sight", "least"), [("seen", 15.8), ("deutan", 12.8), ("protan", 12.9), ("tritan", 12.0)])
def test_channels_differ_for_every_eye(sight, least):
    hues = sorted({line for line, _ in CHANNELS.values()})
    apart = [
        np.linalg.norm(oklab(seen(COLOURS[a], sight)) - oklab(seen(COLOURS[b], sight)))
        for a, b in combinations(hues, 2)
    ]
    assert min(apart) == pytest.approx(least, abs=0.1)


def test_channels_of_one_mark_have_two_colours():
    pairs = [(MARKS[channel], CHANNELS[channel][0]) for channel in CHANNELS]
    assert len(set(pairs)) == len(pairs)


def test_no_role_of_type_is_too_small():
    assert min(role.size for role in ROLES.values()) >= SMALLEST_TEXT
    assert all(role.line >= role.size for role in ROLES.values())


def test_a_mix_runs_from_one_colour_to_the_other():
    back, front = COLOURS["panel"], COLOURS["us"]
    assert mix(back, front, 0) == back
    assert mix(back, front, 1) == front
