import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text import DRAWN, STEEPER, FontError, Typesetter, plain, runs
from desktop.theme import COLOURS, FACES, NARROW, SANS, SANS_BOLD, SERIF

LETTERS = st.text(st.sampled_from("abcdefgh WMil1203,.–½×’中芯国际→≈✓ \n"), max_size=60)


def test_every_face_is_there(type_):
    type_.check()


def test_a_missing_face_is_a_sentence(tmp_path):
    with pytest.raises(FontError, match=r"IBMPlexSans-Regular\.woff2 cannot be used"):
        Typesetter(tmp_path).face(SANS, 14)


def test_a_broken_face_is_a_sentence(tmp_path):
    (tmp_path / "IBMPlexSans-Regular.woff2").write_bytes(b"no font")
    with pytest.raises(FontError, match="take it anew"):
        Typesetter(tmp_path).face(SANS, 14)


@given(LETTERS, st.integers(20, 400))
def test_a_wrapped_line_is_never_wider_than_its_box(type_, text, most):
    for line in type_.wrapped(text, most, SANS, 14):
        assert type_.width(line, SANS, 14) <= most or len(line) == 1


@given(LETTERS, st.integers(40, 400))
def test_wrapping_loses_no_letter(type_, text, most):
    kept = "".join(type_.wrapped(text, most, SANS, 14))
    assert kept.replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(LETTERS.map(lambda text: text.replace("\n", " ")), st.integers(0, 300))
def test_a_shortened_text_fits(type_, text, most):
    assert type_.width(type_.shortened(text, most, NARROW, 13), NARROW, 13) <= most


@given(st.text("0123456789", min_size=1, max_size=9))
def test_figures_are_tabular(type_, figures):
    for face in (SANS, SANS_BOLD, NARROW, SERIF):
        assert type_.width(figures, face, 14) == pytest.approx(type_.width("0" * len(figures), face, 14), abs=0.26)


@pytest.mark.parametrize("face", FACES)
def test_the_picture_of_a_text_is_as_wide_as_was_measured(type_, face):
    label = type_.label("Compute 45–150k", face, 14, COLOURS["t1"])
    covered = pygame.surfarray.array_alpha(label.surface).max(axis=1)
    inked = np.flatnonzero(covered)
    assert inked.min() >= label.pad - 1
    assert inked.max() <= label.pad + label.width + 1
    assert inked.max() - inked.min() > 0.8 * label.width


def test_text_is_heavier_than_its_mere_coverage(type_):
    label = type_.label("lead", SANS, 14, (255, 255, 255))
    alpha = pygame.surfarray.array_alpha(label.surface)
    assert alpha.max() > 245
    assert STEEPER[128] == pytest.approx(255 * (128 / 255) ** 0.8, abs=1)


def test_the_same_text_is_drawn_once(type_):
    assert type_.label("once", SANS, 14, (1, 2, 3)) is type_.label("once", SANS, 14, (1, 2, 3))


def test_a_halo_lies_round_the_letters(type_):
    bare = pygame.surfarray.array_alpha(type_.label("21k", SANS, 16, (255, 0, 0)).surface)
    ringed = type_.label("21k", SANS, 16, (255, 0, 0), halo=(0, 0, 255))
    alpha = pygame.surfarray.array_alpha(ringed.surface)
    assert (alpha >= bare).all()
    outside = (bare == 0) & (alpha > 100)
    assert outside.any()
    assert (pygame.surfarray.array3d(ringed.surface)[outside][:, 2] > 200).all()


def test_runs_part_scripts():
    assert list(runs("SMIC 中芯国际 → x")) == [
        ("latin", "SMIC "),
        ("east", "中芯国际"),
        ("latin", " "),
        ("drawn", "→"),
        ("latin", " x"),
    ]


def test_letters_without_a_face_are_replaced():
    assert plain("Łódź") == "Łódź"
    assert plain("ṫ") == "t"
    assert plain("🙂") == "?"


@pytest.mark.parametrize("sign", DRAWN)
def test_signs_that_the_faces_lack_are_drawn(type_, sign):
    alpha = pygame.surfarray.array_alpha(type_.label(sign, SANS, 14, (255, 255, 255)).surface)
    assert alpha.max() > 200
    assert 8 < (alpha > 0).sum() < 160


@pytest.mark.parametrize("size", [12, 14, 27])
def test_raised_digits_are_drawn_above_the_line_and_no_smaller_than_any_text_may_be(type_, size):
    assert plain("10²⁷") == "10²⁷"
    covered, baseline = type_.coverage("⁷⁴⁰", SANS, size, 0.0)
    rows = np.flatnonzero(covered.max(axis=0) > 128)
    assert rows.size
    assert rows[-1] <= baseline - 0.2 * size
    assert rows[-1] - rows[0] + 1 >= 0.6 * 12
    assert rows[0] >= 1
    assert type_.width("10²⁷", SANS, size) < type_.width("1027", SANS, size) + 0.5
