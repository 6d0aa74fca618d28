"""The preview of a draft that rests: begun once, worked out beside the drawing, shown until there is a later one."""

from concurrent.futures import CancelledError
from typing import Any

from desktop.screens.order_preview import names_for
from desktop.table import Answer, Table
from play.preview import Preview
from play.words import Words

REST = 0.15
"""Seconds that a draft must rest before its preview is begun."""
SLOW = 0.5
"""Seconds of waiting after which the panel says so."""


class Resting:
    """What the table is asked of the draft, and the last preview that came back."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.asked: Answer | None = None
        self.rested = 0.0
        self.waited = 0.0
        self.key: tuple[Any, ...] = ()
        self.shown: Preview | None = None
        self.shown_for: tuple[Any, ...] = ()
        self.failed = ""

    @property
    def now(self) -> tuple[Any, ...]:
        """What tells this draft from another."""
        return (self.table.draft_key, self.table.is_over)

    @property
    def is_current(self) -> bool:
        """Whether the preview that is shown is that of the draft."""
        return self.shown_for == self.now

    def after(self, dt: float) -> bool:
        """After some seconds; whether another preview is there to be shown."""
        if self.now != self.key:
            self.key, self.rested, self.waited, self.asked = self.now, 0.0, 0.0, None
            return False
        self.rested += dt
        if self.table.is_over or self.is_current or self.rested < REST:
            return False
        if self.asked is None:
            self.asked = self.table.preview(names_for(self.table), bool(self.table.sitting.draft))
            self.waited = 0.0
        self.waited += dt
        return self.asked.is_there and self.taken(self.asked)

    def taken(self, answer: Answer) -> bool:
        """Takes an answer that is there; one that was put off for another question is asked for again."""
        try:
            self.shown, self.failed = answer.value, ""
        except CancelledError:
            self.asked = None
            return False
        except ValueError as error:
            self.shown, self.failed = None, str(error)
        self.shown_for = self.now
        return True

    def said(self, words: Words) -> str:
        """What the panel says in place of its key."""
        if self.failed:
            return words("orders.preview.failed", reason=self.failed)
        if not self.is_current and not self.table.is_over and self.waited >= SLOW:
            return words("orders.preview.waiting" if self.table.sitting.draft else "orders.preview.waiting_still")
        return ""
