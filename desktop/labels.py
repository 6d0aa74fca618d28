"""Labels: which of the places that were thought of for each label is free, so that no two ever overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pygame


@dataclass(frozen=True)
class Wish:
    """A label by name, and the boxes where it may stand, the best first; the first `near` of them are close by."""

    name: str
    boxes: tuple[pygame.Rect, ...]
    near: int = 1000


def placed(
    wishes: Iterable[Wish],
    taken: Sequence[pygame.Rect],
    area: pygame.Rect,
    soft: Sequence[pygame.Rect] = (),
    gap: int = 1,
) -> dict[str, tuple[int, pygame.Rect]]:
    """The box of each label and which of its wishes that is; earlier labels choose first, those without room are left out.

    What is `soft` is kept off where there is a choice close by.
    """
    held = list(taken)
    found: dict[str, tuple[int, pygame.Rect]] = {}
    for wish in wishes:
        free = [
            (number, box)
            for number, box in enumerate(wish.boxes)
            if area.contains(box) and box.inflate(2 * gap, 2 * gap).collidelist(held) < 0
        ]
        clear = (pair for pair in free if pair[0] < wish.near and pair[1].collidelist(soft) < 0)
        best = next(clear, free[0] if free else None)
        if best is not None:
            found[wish.name] = best
            held.append(best[1])
    return found
