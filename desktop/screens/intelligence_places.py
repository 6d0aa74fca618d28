"""Where the parts of the intelligence screen stand, in every size of window."""

import pygame

from desktop.pen import Pen
from desktop.screens import forecasting
from desktop.screens.sided import SidedScreen
from play.disputes import disputed

BLOCKS = ("sources", "forecast", "ways")
"""What the panel shows; the ways stand under the chart where there is room."""


class IntelligencePlaces(SidedScreen):
    """The boxes of the intelligence screen; `at` is the question that is shown."""

    at = 0

    @property
    def questions(self) -> tuple[str, ...]:
        """The disputed quantities."""
        return disputed(self.table.model.cast)

    @property
    def question(self) -> str:
        """The one that is shown."""
        return self.questions[self.at]

    def head_foot(self, pen: Pen) -> int:
        """Where the finding and its unit line end."""
        return self.main(pen).top + pen.line(self.role(pen)) + pen.line("note") + pen.px(14)

    def card_height(self, pen: Pen) -> int:
        """How tall the cards of what would narrow the range are."""
        more = pen.line("strong") + pen.line("note") if pen.scale.compact else 0
        return pen.line("strong") + 2 * pen.line("axis") + 2 * pen.line("note") + pen.px(70) + more

    def cards(self, pen: Pen, count: int) -> list[pygame.Rect]:
        """The boxes of the cards: in a row under the chart, or in the panel one under another as far as there is room."""
        if self.is_tight(pen):
            box, tall = self.forecast_box(pen), self.card_height(pen)
            step = tall + pen.px(12)
            shown = max(1, min(count, (box.height + pen.px(12)) // step))
            return [pygame.Rect(box.left, box.top + n * step, box.width, min(tall, box.height)) for n in range(shown)]
        main, gap = self.main(pen), pen.px(16)
        tall = self.card_height(pen)
        wide = (main.width - gap * (count - 1)) // max(1, count)
        return [pygame.Rect(main.left + n * (wide + gap), main.bottom - tall, wide, tall) for n in range(count)]

    def cards_room(self, pen: Pen) -> int:
        """How much the cards take with their heading."""
        return self.card_height(pen) + pen.line("section") + pen.px(40)

    def is_tight(self, pen: Pen) -> bool:
        """Whether the chart needs the room of the cards, which then stand in the panel."""
        main = self.main(pen)
        left = main.bottom - self.head_foot(pen) - max(pen.scale.target(), pen.px(30)) - self.cards_room(pen)
        return not self.table.is_over and left < pen.px(230)

    def blocks(self, pen: Pen) -> tuple[str, ...]:
        """The blocks that the panel shows one at a time."""
        return BLOCKS if self.is_tight(pen) else BLOCKS[:2]

    def chart(self, pen: Pen) -> pygame.Rect:
        """Where the estimates are drawn."""
        main = self.main(pen)
        top = self.head_foot(pen) + max(pen.scale.target(), pen.px(30)) + pen.px(18)
        foot = main.bottom - pen.line("axis")
        if not self.table.is_over and not self.is_tight(pen):
            foot = main.bottom - self.cards_room(pen)
        return pygame.Rect(main.left, top, main.width, foot - top)

    def source_box(self, pen: Pen) -> pygame.Rect:
        """Where the track records of the sources are drawn."""
        side = self.side(pen)
        top = side.top if self.fits_all(pen) else side.top + max(pen.scale.target(), pen.px(30)) + pen.px(14)
        foot = self.forecast_box(pen).top - pen.px(20) if self.fits_all(pen) else side.bottom - pen.px(60)
        return pygame.Rect(side.left, top, side.width, foot - top)

    def forecast_box(self, pen: Pen) -> pygame.Rect:
        """Where forecasts are registered."""
        side = self.side(pen)
        tall = forecasting.height(pen)
        end = max(pen.scale.target(), pen.px(46)) + pen.px(14)
        if self.fits_all(pen):
            return pygame.Rect(side.left, side.bottom - end - tall, side.width, tall)
        top = side.top + max(pen.scale.target(), pen.px(30)) + pen.px(14)
        return pygame.Rect(side.left, top, side.width, side.bottom - end - top)

    def fits_all(self, pen: Pen) -> bool:
        """Whether sources and forecasts stand one under another."""
        cast = self.table.model.cast
        count = int(cast.source_speaks[:, cast.at("questions", self.question)].sum())
        most = count * self.source_height(pen) + pen.line("section") + 4 * pen.line("note") + pen.px(10)
        end = max(pen.scale.target(), pen.px(46)) + pen.px(34)
        return not self.is_tight(pen) and self.side(pen).height >= most + forecasting.height(pen) + end

    @staticmethod
    def source_height(pen: Pen) -> int:
        """How tall a source is with the gap after it."""
        return pen.line("strong") + pen.line("note") + pen.px(44)
