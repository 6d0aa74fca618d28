"""A person at a window in a test: presses keys and clicks controls, and waits for what is worked out."""

import pygame
from desktop_events import click, key, typed

from desktop.app import App

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
