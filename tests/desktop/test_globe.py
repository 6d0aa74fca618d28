import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.globe import CUT, Globe, Land, MapError, MapPicture, distorted, narrowed, read_land, unwrapped
from desktop.theme import COLOURS

LONGITUDES, LATITUDES = st.floats(-180, 180), st.floats(-60, 80)


@pytest.fixture(scope="module")
def land():
    return read_land()


@given(LONGITUDES)
def test_longitudes_are_unwrapped_from_the_cut(longitude):
    east = float(unwrapped(longitude))
    assert CUT <= east < CUT + 360 + 1e-9
    turns = (east - longitude) / 360
    assert turns == pytest.approx(round(turns), abs=1e-9)


@given(LATITUDES)
def test_the_map_never_folds(latitude):
    east = np.linspace(CUT, CUT + 360, 2000)
    across, _ = distorted(east, np.full_like(east, latitude))
    assert (np.diff(across) > 0).all()


@given(st.floats(CUT, CUT + 359))
def test_north_is_up_everywhere(longitude):
    north = np.linspace(-70, 84, 2000)
    _, up = distorted(np.full_like(north, longitude), north)
    assert (np.diff(up) > 0).all()


def test_the_pacific_is_narrowed_to_a_quarter_and_the_middle_east_to_062():
    assert float(narrowed(228) - narrowed(153)) == pytest.approx(75 * 0.25)
    assert float(narrowed(74) - narrowed(34)) == pytest.approx(40 * 0.62)
    assert float(narrowed(150) - narrowed(80)) == pytest.approx(70)


def test_the_lens_enlarges_east_asia_two_point_four_times():
    across, _ = distorted(np.array([116.99, 117.01]), np.array([30.5, 30.5]))
    assert (across[1] - across[0]) / 0.02 == pytest.approx(2.4, abs=0.01)
    far, _ = distorted(np.array([260.0, 260.02]), np.array([40.0, 40.0]))
    assert (far[1] - far[0]) / 0.02 == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(
    ("name", "longitude", "latitude", "x", "y"),
    [
        ("Veldhoven", 5.4, 51.4, 65, 215),
        ("Beijing", 116.4, 39.9, 566, 227),
        ("Hsinchu", 121.0, 24.8, 621, 434),
        ("Shenzhen", 114.1, 22.5, 538, 460),
        ("Santa Clara", -122.0, 37.35, 913, 312),
        ("Iowa", -93.6, 41.6, 1060, 284),
    ],
)
def test_sites_lie_where_the_picture_has_them(name, longitude, latitude, x, y):
    assert Globe(1228, 712).place(longitude, latitude) == pytest.approx((x, y), abs=14)


@given(LONGITUDES, LATITUDES, st.integers(500, 3000), st.integers(300, 1700))
def test_what_was_placed_on_the_drawings_lies_where_it_belongs_on_any_map(longitude, latitude, width, height):
    drawn = Globe(1228, 712).place(longitude, latitude)
    globe = Globe(width, height)
    assert globe.on_map(*drawn) == pytest.approx(globe.place(longitude, latitude), abs=1e-6)


def test_europe_is_at_the_left_and_america_at_the_right():
    globe = Globe(1228, 712)
    xs = [globe.place(lon, 40)[0] for lon in (5, 54, 104, 121, 140, -122, -77)]
    assert xs == sorted(xs)
    assert xs[0] > 0
    assert xs[-1] < 1228


@given(st.integers(500, 3000), st.integers(300, 1700))
def test_the_map_fills_any_window(width, height):
    x, y = Globe(width, height).placed(np.array([CUT, CUT + 360, 100, 100]), np.array([0, 0, 85.0, -60.0]))
    assert x[0] <= 0
    assert x[1] >= width
    assert y[2] <= 0
    assert y[3] >= height


def test_no_piece_of_land_breaks_at_the_edge_of_the_data(land):
    for ring in land.rings:
        assert np.abs(np.diff(ring[:, 0])).max() <= 0.61
        assert np.abs(np.diff(ring[:, 1])).max() <= 0.61


def test_taiwan_has_a_tint_of_its_own_and_can_be_seen(land):
    globe = Globe(1228, 712)
    tallest = 0.0
    for whose, ring in zip(land.whose, land.rings, strict=True):
        if whose == 3:
            _, y = globe.placed(ring[:, 0], ring[:, 1])
            tallest = max(tallest, float(np.ptp(y)))
    assert tallest > 30
    assert len({COLOURS[name] for name in ("land", "land_us", "land_cn", "land_tw")}) == 4


def test_the_picture_is_built_in_pieces_and_shows_whose_land_it_is(display, land):
    picture = MapPicture(Globe(614, 356), land)
    steps = picture.steps()
    next(steps)
    assert not picture.is_ready
    for _ in steps:
        pass
    assert picture.is_ready
    seen = {
        name: picture.surface.get_at([round(v) for v in picture.globe.place(*where)])[:3]
        for name, where in {
            "land_cn": (103, 33),
            "land_us": (-100, 40),
            "land": (40, 55),
            "land_tw": (121, 23.8),
        }.items()
    }
    assert seen == {name: COLOURS[name] for name in seen}
    assert list(picture.steps()) == []


def test_the_picture_can_be_built_a_little_at_a_time(display, land):
    picture, calls = MapPicture(Globe(307, 178), land), 0
    while not picture.worked(1e-4):
        calls += 1
    assert calls > 3
    whole = MapPicture(Globe(307, 178), land).built()
    assert pygame.image.tobytes(picture.surface, "RGB") == pygame.image.tobytes(whole, "RGB")


def test_a_missing_or_broken_map_is_a_sentence(tmp_path):
    with pytest.raises(MapError, match=r"land\.npz cannot be used"):
        read_land(tmp_path / "land.npz")
    (tmp_path / "land.npz").write_bytes(b"PK nothing")
    with pytest.raises(MapError, match="take it anew"):
        read_land(tmp_path / "land.npz")


def test_a_map_of_no_land_is_sea(display):
    sea = Land((np.array([[0.0, -80], [1, -80], [1, -79]]),), (0,))
    picture = MapPicture(Globe(120, 70), sea).built()
    assert isinstance(picture, pygame.Surface)
    assert picture.get_size() == (120, 70)
