"""A person at a window in a test: presses keys and clicks controls, and waits for what is worked out."""

import pygame
from desktop_events import click, down, key, moved, typed, up

from desktop.app import App
from desktop.screens.levers import Lever, Track, row_of

LETTERS = {" ": pygame.K_SPACE, "\n": pygame.K_RETURN, "\t": pygame.K_TAB, "\x1b": pygame.K_ESCAPE}


class Person:
    """Someone who plays in an App, frame by frame."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.frame()

    @property
    def screen(self):
        """What is on top."""
        return self.app.screen

    @property
    def table(self):
        """The game."""
        return self.screen.table

    def frame(self, *events) -> None:
        """One turn of the loop."""
        self.app.frame(list(events), 0.05)

    def press(self, *keys) -> None:
        """Keys by their letter or code, each in a frame of its own, as the window hears them."""
        for one in keys:
            code = LETTERS.get(one, pygame.key.key_code(one)) if isinstance(one, str) else one
            self.frame(key(code, typed=one if isinstance(one, str) else ""))

    def write(self, text: str) -> None:
        """Text into the field that has the keyboard."""
        self.frame(typed(text))

    def click(self, name: str) -> None:
        """A click on a control by its name."""
        self.screen.ready(self.app.pen)
        form = self.screen.modal.form if getattr(self.screen, "modal", None) else self.screen.form
        for event in click(form.rects[name].center):
            self.frame(event)

    def sliders(self) -> list[str]:
        """The first slider of each order on the orders screen, from the top, that can be moved."""
        form, dials = self.screen.form, self.screen.draft.book.dials
        found: dict[str, str] = {}
        for name in form.order:
            if isinstance(form[name], Lever | Track) and not form[name].is_off:
                found.setdefault(dials[row_of(name)].kind.name, name)
        return list(found.values())

    def knob(self, name: str, share: float | None = None) -> tuple[int, int]:
        """Where the knob of a slider stands, or would at a share of its track."""
        control, rect = self.screen.form[name], self.screen.form.rects[name]
        track = control.track(rect)
        return track.left + round(
            (control.share(control.value) if share is None else share) * track.width
        ), track.centery

    def drag(self, start, end) -> None:
        """From one place to another with the button down, by way of the middle."""
        self.frame(moved(start), down(start))
        self.frame(moved(((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)), moved(end))
        self.frame(up(end))

    def preview(self):
        """The preview of the draft, once it is shown."""
        for _ in range(8):
            self.frame()
            if "preview" in self.table.answers:
                self.table.answers["preview"].work.exception()
        assert self.screen.resting.is_current
        return self.screen.resting.shown

    def wait(self, name: str = "resolve") -> None:
        """For an answer of the table, and for the window to follow."""
        self.screen.table.answers[name].work.exception()
        self.frame()
        self.frame()
        if getattr(self.screen, "is_resolving", False):
            self.press("n")  # any key skips the quarter's film

    @property
    def said(self) -> str:
        """What stands at the foot of the window."""
        return " ".join(text for text, _ in self.app.toasts.held)
