import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import curves

POINT = st.tuples(st.floats(-500, 500), st.floats(-500, 500))
LINES = st.lists(POINT, min_size=3, max_size=6).map(curves.through).filter(lambda line: curves.length(line) > 5)


@given(LINES)
def test_resampling_keeps_the_ends_and_nearly_the_length(line):
    fine = curves.resampled(line, 1.0)
    assert np.allclose(fine[[0, -1]], line[[0, -1]])
    assert curves.length(fine) <= curves.length(line) + 1e-6
    assert np.hypot(*np.diff(fine, axis=0).T).max() <= 1.001


@given(LINES, st.floats(3, 12), st.floats(2, 9))
def test_dashes_cover_their_share_of_a_line(line, on, off):
    total = curves.length(line)
    covered = sum(curves.length(piece) for piece in curves.dashes(line, on, off))
    assert covered == pytest.approx(total * on / (on + off), abs=on + 1)


@given(LINES, st.floats(0, 1), st.floats(0, 1))
def test_a_cut_is_as_long_as_it_was_cut(line, a, b):
    total = curves.length(line)
    start, end = sorted((a * total, b * total))
    assert curves.length(curves.cut(line, start, end)) == pytest.approx(end - start, abs=1e-6)


def test_a_curve_goes_through_its_points():
    points = [(0, 0), (40, 30), (90, -20), (140, 0)]
    line = curves.through(points)
    for point in points:
        assert np.hypot(*(line - point).T).min() < 1e-6


def test_an_arc_bulges_to_its_left():
    east, west = curves.arc((0, 100), (100, 100), 0.2), curves.arc((100, 100), (0, 100), 0.2)
    assert east[32, 1] == pytest.approx(80)
    assert west[32, 1] == pytest.approx(120)


def test_a_ribbon_is_as_wide_as_it_was_asked():
    line = curves.path([(0, 0), (50, 0), (100, 0)])
    band = curves.ribbon(line, 8)
    assert np.ptp(band[:, 1]) == pytest.approx(8)
    assert len(band) == 6
