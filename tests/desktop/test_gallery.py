import pygame
import pytest

from desktop.gallery import atlas
from desktop.gallery.__main__ import SHEETS, Gallery, main
from desktop.theme import SMALLEST_TEXT

FITTING = [("encodings", 1600, 900), ("states", 1600, 900), ("charts", 1600, 900)]
FITTING += [(name, *size) for name in ("map", "map-flows") for size in ((1600, 900), (1280, 720), (1024, 640))]


@pytest.mark.parametrize(("name", "width", "height"), FITTING)
def test_no_text_is_under_twelve_or_wider_than_its_box_or_off_the_window(pen_for, name, width, height):
    pen, seen = pen_for(width, height), []
    pen.type.witness = lambda text, size, box, most: seen.append((text, size, box.copy(), most))
    surface = pygame.Surface((width, height))
    SHEETS[name](surface, pen)
    pen.type.witness = None
    assert seen
    for text, size, box, most in seen:
        assert size >= SMALLEST_TEXT, text
        assert most is None or box.width <= most + 1, text
        assert box.left >= -1, text
        assert box.right <= width + 1, text


def test_the_gallery_is_drawn_into_pictures(tmp_path, display):
    assert main(["--out", str(tmp_path)]) == 0
    names = {path.name for path in tmp_path.glob("*.png")}
    assert {"encodings-1600x900.png", "states-1600x900.png", "map-1600x900.png", "map-1280x720.png"} <= names
    assert len(names) == 7
    picture = pygame.image.load(tmp_path / "map-1280x720.png")
    assert picture.get_size() == (1280, 720)
    pygame.display.set_mode((1600, 900))


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path, capsys, display):
    (tmp_path / "file").write_text("", "utf-8")
    assert main(["--out", str(tmp_path / "file")]) == 2
    assert "file" in capsys.readouterr().err
    pygame.display.set_mode((1600, 900))


def test_the_gallery_turns_its_pages(pen):
    gallery, surface = Gallery(), pygame.Surface((1600, 900))
    for _ in SHEETS:
        gallery.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_RIGHT), pen)
    assert gallery.page == 0
    gallery.draw(surface, pen)
    assert surface.get_at((800, 5))[:3] == (20, 28, 32)


def test_the_map_carries_a_mark_for_every_five_thousand(pen):
    layer = atlas.draw_flows(pygame.Surface((1600, 900)), pen)
    counted = [flow for flow in layer.flows if flow.channel != "tools" and flow.closed_at is None]
    carried = sum(layer.count(flow.name, 1.0) for flow in counted) * 5_000
    assert carried == pytest.approx(sum(flow.amount for flow in counted), abs=5_000 * len(counted))
