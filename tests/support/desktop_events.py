"""Events as a person makes them, for tests of controls and screens."""

import pygame
from pygame.event import Event


def key(code: int, mod: int = 0, typed: str = "") -> Event:
    """A key going down."""
    return Event(pygame.KEYDOWN, key=code, mod=mod, unicode=typed)


def typed(text: str) -> Event:
    """Text from the keyboard."""
    return Event(pygame.TEXTINPUT, text=text)


def moved(at) -> Event:
    """The pointer at a place, no button down."""
    return Event(pygame.MOUSEMOTION, pos=tuple(at), rel=(0, 0), buttons=(0, 0, 0))


def down(at) -> Event:
    """The left button going down."""
    return Event(pygame.MOUSEBUTTONDOWN, pos=tuple(at), button=1)


def up(at) -> Event:
    """The left button coming up."""
    return Event(pygame.MOUSEBUTTONUP, pos=tuple(at), button=1)


def click(at) -> list[Event]:
    """A whole click."""
    return [moved(at), down(at), up(at)]


def fed(control, rect, events):
    """A control after events, and all it did."""
    done = []
    for event in events:
        control, did = control.handle(event, rect)
        done += did
    return control, done
