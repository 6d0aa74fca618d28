import pygame
import pytest
from longest_orders import longest_orders
from tables import scenario

from desktop.chrome import Bar, Card, Resource, draw_bar, draw_card, draw_feed, draw_head, fitting, tabs_rect
from desktop.gallery.whole import BAR, CARDS
from desktop.kit import Tabs
from play.model import Chokepoint

SIZES = [(1600, 900, 1.0), (1280, 720, 1.0), (1024, 640, 1.0), (3840, 2160, 1.0)]
SIZES += [(2560, 1440, 1.5), (1600, 900, 1.25), (1600, 900, 2.0), (1024, 640, 1.5)]


def written(pen):
    seen = []
    pen.type.witness = lambda text, size, box, most: seen.append((text, box.copy()))
    return seen


@pytest.mark.parametrize("size", SIZES)
def test_the_parts_of_the_top_bar_stand_side_by_side(pen_for, size):
    pen = pen_for(*size)
    surface, seen = pygame.Surface(size[:2]), written(pen)
    tabs = Tabs(name="t", options=("Map", "Orders", "Intel", "Supply")).measured(pen)
    draw_bar(surface, BAR, pen, sum(tabs.widths))
    rect = tabs_rect(pen, BAR, tabs)
    left = sorted((box for _, box in seen if box.right <= rect.left), key=lambda box: box.left)
    right = [box for _, box in seen if box.left >= rect.right]
    assert len(left) + len(right) == len(seen)
    assert max((box.right for box in right), default=0) <= size[0]
    assert max(box.bottom for _, box in seen) <= pen.scale.bar + 2
    assert rect.right <= size[0]


def test_the_key_score_is_dropped_last(pen_for):
    seen = written(pen_for(1600, 900, 1.75))
    pen = pen_for(1600, 900, 1.75)
    draw_bar(pygame.Surface((1600, 900)), BAR, pen, 900)
    texts = [text for text, _ in seen]
    assert "7½" in texts
    assert "58" not in texts


def test_the_top_bar_has_room_for_four_resources():
    with pytest.raises(ValueError, match="room for 4"):
        Bar("2026 Q1", 1, 12, "Beijing", resources=(Resource("a", "1"),) * 5)


@pytest.mark.parametrize("size", SIZES)
def test_cards_keep_to_their_boxes_and_the_rest_is_counted(pen_for, size):
    pen = pen_for(*size)
    surface, seen = pygame.Surface(size[:2]), written(pen)
    draw_feed(surface, CARDS, pen, older=2)
    feed = pen.scale.feed_area()
    assert all(feed.contains(box.inflate(0, -6)) for _, box in seen), [p for p in seen if not feed.contains(p[1])]
    hidden = 2 + len(CARDS) - pen.scale.feed_cards
    assert any(text.startswith(f"{hidden} older") for text, _ in seen)


@pytest.fixture(scope="module")
def longest():
    return longest_orders(Chokepoint(scenario()))


@pytest.mark.parametrize("size", SIZES)
def test_a_refused_order_is_named_whole_on_its_card_at_every_size(pen_for, longest, size):
    pen = pen_for(*size)
    feed = pen.scale.feed_area()
    for order in longest:
        quoted = pen.words("board.news.quoted", order=order.title)
        card = Card(
            "Q4 2028", pen.words("board.news.refused", order=quoted), ("Your seat has no move left this quarter",)
        )
        seen = written(pen)
        draw_feed(pygame.Surface(size[:2]), (card,) * pen.scale.feed_cards, pen)
        assert " ".join(text for text, _ in seen).count(card.headline) == pen.scale.feed_cards
        assert all(feed.contains(box.inflate(0, -6)) for _, box in seen)
        assert not [text for text, _ in seen if text.endswith("…")]


def test_a_card_may_have_no_causes(pen):
    seen = written(pen)
    draw_card(pygame.Surface((400, 200)), pygame.Rect(0, 0, 300, 100), Card("Week 1", "Quiet"), pen)
    assert [text for text, _ in seen] == ["Week 1", "Quiet"]


def test_the_head_of_a_panel_gives_its_foot(pen):
    surface = pygame.Surface((500, 300))
    alone = draw_head(surface, (0, 0), 400, "Nobody leads", "", pen)
    assert alone == pen.line("section")
    assert draw_head(surface, (0, 0), 400, "Nobody leads", "months", pen) > alone


def test_a_cause_that_does_not_fit_is_left_out_and_the_outcome_stays(pen_for):
    causes = ("China’s best so far:\n151.0 ECI", "The new model\nscores 153.0 ECI", "US lead from 7½\nto 10½ months")
    for wide in (120, 200, 300, 420, 700):
        pen = pen_for(1600, 900, 1.5)
        shown, room = fitting(causes, wide, pen.px(28), pen)
        assert shown[-1] == causes[-1]
        assert len(shown) == 1 or all(len(pen.lines(cause, room, "note")) <= 2 for cause in shown)
    assert fitting(causes, 700, 28, pen)[0] == causes
    assert fitting((), 700, 28, pen)[0] == ()
