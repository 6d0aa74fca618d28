"""What each order of a draft adds to the seat's own score, as ranges whose middles add up to the headline, and that headline."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pygame

from desktop.charts import draw_causes
from desktop.charts.preview import Cause
from desktop.pen import Pen
from desktop.screens.order_words import name_of
from play.dials import book_of
from play.preview import SLIGHT, Effect, Preview
from play.words import Words
from world.cast import Cast

HARDLY = 0.005
"""Points of score below which nothing is said to move."""
NOISE = 0.1
"""Points of score below which an effect is not headlined, however sure: scores are shown to a tenth."""


@dataclass(frozen=True)
class Points:
    """A range of points of score about its average over the worlds."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True)
class Score:
    """What a draft does to the seat's own score, and what each order (by entry) adds to that."""

    whole: Points
    parts: dict[int, Points]
    is_slight: bool
    """Whether it is hardly anything, by itself or beside how much the score is unknown anyway."""

    @property
    def is_sure(self) -> bool:
        """Whether nine worlds in ten lie on the same side."""
        return self.whole.low > 0 if self.whole.mean > 0 else self.whole.high < 0


def own_effect(found: Preview) -> Effect:
    """The effect on the seat's own objective."""
    return found.effects[f"objective.{found.seat}"]


def score_of(found: Preview) -> Score:
    """The effect on the own score; the parts, as they are written, add up to the whole."""
    name, own = f"objective.{found.seat}", own_effect(found)
    ranges, together = found.causes(name)
    means = {entry: round(size, 2) + 0.0 for entry, size in found.orders.get(name, {}).items()}
    parts = {entry: Points(float(r[0]), means[entry], float(r[4])) for entry, r in ranges.items()}
    mean = sum(means.values()) if means else float(own.samples.mean())
    low, high = (together[0], together[4]) if means else (own.whole[0], own.whole[4])
    whole = Points(float(low), round(mean, 2) + 0.0, float(high))
    unknown = float(own.still[4] - own.still[0])
    return Score(whole, parts, abs(whole.mean) < max(NOISE, SLIGHT * unknown))


def points_words(size: float, words: Words) -> str:
    """A number of points of score."""
    text = f"{size:.2f}" if size < 0.95 else f"{size:.1f}"
    return words("orders.preview.point" if text == "1.0" else "orders.preview.points_of", amount=text)


def signed_points(size: float) -> str:
    """Points with their sign, to a hundredth; nothing is 0."""
    text = f"{size:+.2f}".replace("-", "−")
    return text if text.strip("+−0.") else "0"


def headline_of(score: Score, words: Words) -> str:
    """Whether the draft likely helps the seat, and by how much."""
    if score.is_slight:
        return words("orders.preview.hardly")
    side = "up" if score.whole.mean > 0 else "down"
    amount = points_words(abs(score.whole.mean), words)
    return words(f"orders.preview.{'surely' if score.is_sure else 'likely'}_{side}", amount=amount)


def moved_most(found: Preview, names: Sequence[str]) -> Effect | None:
    """Of some quantities besides the own score the one that moves most beside how unknown it is, if one does."""
    own = own_effect(found)
    moved = [found.effects[name] for name in names if name in found.effects and found.effects[name] is not own]
    moved = [effect for effect in moved if not effect.is_slight and np.abs(effect.samples).max() > 0]
    return max(moved, key=lambda effect: abs(effect.size), default=None)


def title_of_causes(score: Score, words: Words) -> str:
    """The heading over the causes."""
    word = "why_none" if score.is_slight else "why_up" if score.whole.mean > 0 else "why_down"
    return words(f"orders.preview.{word}", amount=points_words(abs(score.whole.mean), words))


def causes_of(score: Score, cast: Cast, words: Words) -> tuple[Cause, ...]:
    """A row for each order, and one for all together where there are several."""
    book = book_of(cast)
    rows = [(name_of(book.dials[book.of_entry[e][0]], cast, words), points, False) for e, points in score.parts.items()]
    if len(rows) > 1:
        rows.append((words("orders.preview.total"), score.whole, True))
    return tuple(Cause(said, p.low, p.mean, p.high, signed_points(p.mean), whole) for said, p, whole in rows)


def step_of(pen: Pen) -> int:
    """The height of a row of causes."""
    return max(pen.px(23), pen.line("note") + pen.px(3))


def height_of(count: int, pen: Pen) -> int:
    """Pixels that the rows of causes and their heading take."""
    return pen.px(10) + pen.line("headline") + step_of(pen) * count + pen.line("note") + pen.px(14)


def draw_score(surface: pygame.Surface, rect: pygame.Rect, causes: tuple[Cause, ...], colour: str, pen: Pen) -> int:
    """The rows; gives the foot."""
    less, more = pen.words("orders.preview.less"), pen.words("orders.preview.more")
    rect = pygame.Rect(rect.left, rect.top + pen.px(4), rect.width, rect.height)
    return draw_causes(surface, rect, causes, colour, pen, less, more, step=step_of(pen), least=20 * HARDLY) + pen.px(6)
