"""Portrait: who a seat is - its sign and side, what its score counts, what it sets, and how well it can see a thing."""

import pygame

from desktop.pen import Ink, Pen
from desktop.screens.knowing import EXACT, HIDDEN, OWN, RANGE
from desktop.screens.order_words import title_of
from desktop.words import Words
from world.cast import Cast, Seat
from world.phases.standing import OBJECTIVES
from world.turn import layout_of

SIGNS = {
    "controller": "government",
    "planner": "government",
    "host": "government",
    "chipmaker": "designer",
    "foundry": "foundry",
    "memory_maker": "memory",
    "lab": "lab",
    "broker": "transshipment",
}
NAME_ROLES = ("section", "headline_small", "site")
"""Types in which a name is written, the first in which it fits."""


def side_of(seat: Seat) -> Ink:
    """The colour of a seat's side."""
    return "us" if seat.bloc == "us" else "cn"


def about_of(seat: Seat, abouts: object, words: Words) -> str:
    """What a seat does, in a sentence: its own where the scenario has one, else its role's."""
    own = abouts.get(seat.name) if isinstance(abouts, dict) else None
    return own or words(f"roles.{seat.role}")


def sets_of(cast: Cast, role: str, words: Words) -> tuple[str, ...]:
    """What a role sets, as the orders screen calls it."""
    kinds = (place.kind for place in layout_of(cast).places.values())
    return tuple(title_of(kind.name, words) for kind in kinds if kind.issuer == role)


def wants_of(cast: Cast, seat: Seat, words: Words) -> tuple[tuple[str, float], ...]:
    """What a seat's score counts, and the share of the score that each makes, the largest first."""
    weights = cast.weights[cast.at("seats", seat.name)]
    pairs = [(want(seat, one, words), float(share)) for one, share in zip(OBJECTIVES[seat.role], weights, strict=True)]
    return tuple(sorted(pairs, key=lambda pair: -pair[1]))


def want(seat: Seat, objective: str, words: Words) -> str:
    """What an objective asks of a seat; where the sides ask different things, what its side asks."""
    own = f"seats.want.{seat.role}_{seat.bloc}.{objective}"
    return words(own if own in words else f"seats.want.{seat.role}.{objective}")


def draw_name(surface: pygame.Surface, seat: Seat, at: tuple[int, int], most: int, pen: Pen) -> None:
    """The name in the largest type that fits, the Chinese one after it where there is room."""
    role = next((one for one in NAME_ROLES if pen.width(seat.title, one) <= most), NAME_ROLES[-1])
    top = at[1] + pen.baseline(NAME_ROLES[0]) - pen.baseline(role)
    wrote = pen.write(surface, seat.title, (at[0], top), role, "t1", most=most)
    if seat.title_local and wrote.right + pen.px(8) + pen.width(seat.title_local, "body") <= at[0] + most:
        drop = at[1] + pen.baseline(NAME_ROLES[0]) - pen.baseline("body")
        pen.write(surface, seat.title_local, (wrote.right + pen.px(8), drop), "body", "t3")


def draw_share(
    surface: pygame.Surface, told: tuple[str, float], at: tuple[int, int], most: int, pen: Pen, role: str = "note"
) -> None:
    """What a score counts, and on the right the share that it makes."""
    text, share = told
    right = pen.write(surface, f"{100 * share:.0f} %", (at[0] + most, at[1]), role, "t2", align="right")
    pen.write(surface, text, at, role, "t1", most=right.left - pen.px(6) - at[0])


def draw_seen(surface: pygame.Surface, kind: str, side: Ink, box: pygame.Rect, pen: Pen) -> None:
    """How well a thing is seen, in a row: a disc and a word, a range, a ring, or a dash."""
    middle = (box.left + pen.px(9), box.centery)
    if kind == EXACT:
        pen.disc(surface, middle, 6, side)
    elif kind == OWN:
        pen.ring(surface, middle, 5.5, 2, side)
    elif kind == RANGE:
        bar = pygame.Rect(0, 0, pen.px(20), pen.px(9))
        bar.center = middle
        pen.shade(surface, bar, side, 0.45, "panel")
        surface.fill((243, 238, 227), (middle[0], bar.top - 1, max(1, pen.px(2)), bar.height + 2))
    else:
        pen.rule(surface, box.left + pen.px(4), middle[1], pen.px(10), "t3")
    role, colour = ("site", "t1") if kind == EXACT else ("note", "t3" if kind == HIDDEN else "t2")
    at = (box.left + pen.px(26), box.centery - pen.line(role) // 2)
    pen.write(surface, pen.words(f"seats.{kind}"), at, role, colour, most=box.right - at[0])
