import re
from pathlib import Path

import pygame
import pytest

from desktop.making import fonts as making
from desktop.theme import FACES

ROOT = Path(__file__).resolve().parents[2]


def letters():
    return making.wanted()


def test_every_face_has_its_licence():
    folder = ROOT / "assets/fonts"
    faces = {path.stem for path in folder.glob("*.woff2")}
    assert faces == set(FACES)
    for face in faces:
        text = (folder / f"OFL-{face.split('-')[0]}.txt").read_text("utf-8")
        assert "SIL Open Font License" in text or "SIL OPEN FONT LICENSE" in text


@pytest.mark.parametrize("face", ["NotoSansSC-Regular", "NotoSansSC-Medium"])
def test_the_chinese_face_holds_every_letter_of_the_scenarios(type_, face):
    blank = picture(type_, face, "㐀")
    for letter in letters():
        assert picture(type_, face, letter) != blank, letter


def picture(type_, face, letter):
    drawn = type_.face(face, 20).render(letter, True, (255, 255, 255))
    return pygame.image.tobytes(drawn, "RGBA")


def test_the_map_is_small_and_its_licence_is_beside_it():
    folder = ROOT / "assets/map"
    assert (folder / "land.npz").stat().st_size < 400_000
    assert re.search("public domain", (folder / "README.md").read_text("utf-8"))
