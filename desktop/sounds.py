"""Sounds: a handful of short quiet ones, made of arithmetic. Each repeats something that is shown, and silence loses nothing.

Nothing is opened before the first sound is due; where there is no audio device, all stay silent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pygame
from jaxtyping import Float, Int16

Array = np.ndarray

RATE = 44_100
"""Samples a second."""
LOUDEST = 0.3
"""Peak of the loudest sound, where 1 would be as loud as the device can be."""


@dataclass(frozen=True)
class Note:
    """A tone: its pitch in hertz, when it begins and how long it rings (seconds), and how loud it is beside the others."""

    pitch: float
    start: float
    rings: float
    loud: float = 1.0


SOUNDS: Mapping[str, tuple[Note, ...]] = {
    "press": (Note(880, 0, 0.05, 0.45),),
    "drafted": (Note(523.25, 0, 0.09, 0.7), Note(659.26, 0.06, 0.12, 0.7)),
    "refused": (Note(220, 0, 0.1, 0.9), Note(196, 0.09, 0.15, 0.9)),
    "quarter": (Note(392, 0, 0.2, 0.7), Note(523.25, 0.1, 0.24, 0.7)),
    "over": (Note(261.63, 0, 0.38, 0.6), Note(329.63, 0.06, 0.32, 0.6), Note(392, 0.12, 0.26, 0.6)),
}
"""What may be heard: something was pressed, an order was drafted, something was refused, a quarter ended, the game ended."""


@dataclass(frozen=True)
class Moment:
    """What is shown of a game at an instant, as far as it may be heard."""

    screen: int = 0
    """Which screen is on top."""
    is_pressed: bool = False
    refusals: int = 0
    table: int = 0
    seat: str = ""
    turn: int = 0
    is_over: bool = False
    draft: tuple[tuple[int, int], ...] = ()


def wave(notes: tuple[Note, ...]) -> Float[Array, " samples"]:
    """A sound as samples between -1 and 1, which begins and ends in silence."""
    whole = np.zeros(round(max(note.start + note.rings for note in notes) * RATE))
    for note in notes:
        first, size = round(note.start * RATE), round(note.rings * RATE)
        size = min(size, whole.size - first)
        at = np.arange(size) / RATE
        share = np.linspace(0, 1, size)
        swell = np.minimum(1, at / 0.006) * (1 - share) ** 2
        tone = np.sin(2 * np.pi * note.pitch * at) + 0.25 * np.sin(4 * np.pi * note.pitch * at)
        whole[first : first + size] += note.loud * swell * tone
    loudest = max(note.loud for note in notes) * LOUDEST
    return whole / max(1e-9, float(np.abs(whole).max())) * loudest


def samples(name: str) -> Int16[Array, " samples"]:
    """A sound in the whole numbers that an audio device takes."""
    return np.round(wave(SOUNDS[name]) * 32_767).astype(np.int16)


def due(before: Moment, after: Moment) -> str:
    """Which sound an instant calls for after another; "" where none: of several the weightiest."""
    same = before.table == after.table and bool(after.table)
    if same and after.is_over and not before.is_over:
        return "over"
    if same and after.turn > before.turn:
        return "quarter"
    if after.refusals > before.refusals:
        return "refused"
    if same and (before.seat, before.turn) == (after.seat, after.turn) and is_drafted(before.draft, after.draft):
        return "drafted"
    is_press = after.screen != before.screen or (after.is_pressed and not before.is_pressed)
    return "press" if is_press else ""


def is_drafted(before: tuple[tuple[int, int], ...], after: tuple[tuple[int, int], ...]) -> bool:
    """Whether a draft holds something that it did not hold before."""
    return bool(set(after) - set(before))


def moment(screen: Any, refusals: int, before: Moment) -> Moment:
    """What a screen shows, or the one that it leads through; a quarter that is still worked out is not shown, so not heard."""
    screen = getattr(screen, "screen", screen)
    controls = getattr(getattr(screen, "form", None), "controls", {})
    modal = getattr(screen, "modal", None)
    pressed = [*controls.values(), *(modal.form.controls.values() if modal else ())]
    is_pressed = any(control.pressed and not control.is_off for control in pressed)
    table = getattr(screen, "table", None)
    bare = Moment(id(screen), is_pressed, refusals)
    if table is None:
        return bare
    turn, is_over = table.turn, table.is_over
    if getattr(screen, "is_working", False) and before.table == id(table):
        turn, is_over = before.turn, before.is_over
    draft = () if table.is_watching else tuple(sorted(table.sitting.settings.items()))
    heard = refusals + table.refusals
    return Moment(id(screen), is_pressed, heard, id(table), table.seat, turn, is_over, draft)


class Sounds:
    """The mixer with its sounds, opened at the first one; silent for good where that fails."""

    def __init__(self) -> None:
        self.made: dict[str, Any] | None = None

    def opened(self) -> dict[str, Any]:
        """The sounds, made once; none where there is no audio device or no mixer."""
        try:
            pygame.mixer.init(RATE, -16, 1, 512)
            _, _, channels = pygame.mixer.get_init() or (0, 0, 1)
            return {name: pygame.mixer.Sound(buffer=np.repeat(samples(name), channels).tobytes()) for name in SOUNDS}
        except (pygame.error, NotImplementedError, AttributeError):
            return {}

    def play(self, name: str, volume: int) -> None:
        """Plays a sound at a volume in percent; at 0, and while the same one still rings, nothing."""
        if not name or volume <= 0:
            return
        if self.made is None:
            self.made = self.opened()
        sound = self.made.get(name)
        if sound is None or sound.get_num_channels():
            return
        sound.set_volume(min(100, volume) / 100)
        sound.play()

    def close(self) -> None:
        """Lets go of the audio device."""
        if self.made:
            pygame.mixer.quit()
        self.made = None
