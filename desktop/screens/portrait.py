"""Portrait: who a seat is - its sign and side, what its score counts, what it sets, and how well it can see a thing."""

from collections.abc import Mapping

import pygame

from desktop.pen import Ink, Pen
from desktop.screens.knowing import EXACT, HIDDEN, OWN, RANGE, THINGS
from play.order_words import title_of
from play.words import Words
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
    """The colour of a seat's side; governments between the sides have neither."""
    return "ivory" if seat.role == "host" else "us" if seat.bloc == "us" else "cn"


def kind_of(seat: Seat, words: Words) -> str:
    """What a seat is, and on whose side."""
    side = "between" if seat.role == "host" else seat.bloc
    return words("seats.kind", role=words(f"seats.role.{seat.role}"), side=words(f"seats.side.{side}"))


def about_of(seat: Seat, abouts: Mapping[str, str], words: Words) -> str:
    """What a seat does, in a sentence: its own where the scenario has one, else its role's."""
    return abouts.get(seat.name) or words(f"roles.{seat.role}")


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


def draw_portrait(
    surface: pygame.Surface, rect: pygame.Rect, cast: Cast, seat: Seat, about: str, told: Mapping[str, str], pen: Pen
) -> None:
    """A seat from top to bottom: who it is, what it can see, what its score counts, what it sets; as far as there is room."""
    size = pen.px(44)
    pen.site(surface, SIGNS[seat.role], (rect.left + size // 2, rect.top + size // 2), side_of(seat), 20)
    left = rect.left + size + pen.px(14)
    draw_name(surface, seat, (left, rect.top), rect.right - left, pen)
    pen.write(
        surface, kind_of(seat, pen.words), (left, rect.top + pen.line("section")), "note", "t2", most=rect.right - left
    )
    top = rect.top + max(size, pen.line("section") + pen.line("note")) + pen.px(12)
    y = top
    if rect.height > 12 * pen.line("body"):
        y = pen.paragraph(surface, about, (rect.left, top), rect.width, "body", "t2").bottom
    for draw in (draw_sight, draw_wants, draw_sets):
        box = pygame.Rect(rect.left, y + pen.px(14), rect.width, rect.bottom - y - pen.px(14))
        y = draw(surface, box, cast, seat, told, pen)


def draw_sight(
    surface: pygame.Surface, rect: pygame.Rect, cast: Cast, seat: Seat, told: Mapping[str, str], pen: Pen
) -> int:
    """What the seat can see, row by row, or in a sentence where rows do not fit; gives the foot, as the two below do."""
    step, head = max(pen.px(24), pen.line("note")), pen.line("headline") + pen.px(6)
    pen.rule(surface, rect.left, rect.top, rect.width)
    pen.write(surface, pen.words("seats.sees"), (rect.left, rect.top + pen.px(6)), "headline", "t1", most=rect.width)
    y = rect.top + pen.px(6) + head
    if head + len(THINGS) * step > rect.height:
        count = max(1, (rect.bottom - y) // pen.line("note"))
        return pen.paragraph(
            surface, sight(told, pen.words), (rect.left, y), rect.width, "note", "t1", count=count
        ).bottom
    for thing in THINGS:
        half = min(rect.width // 2, pen.px(200))
        at = (rect.left, y + (step - pen.line("note")) // 2)
        pen.write(surface, pen.words(f"seats.{thing.name}"), at, "note", "t1", most=half - pen.px(8))
        box = pygame.Rect(rect.left + half, y, rect.width - half, step)
        draw_seen(surface, told[thing.name], side_of(seat), box, pen)
        y += step
    return y


def sight(told: Mapping[str, str], words: Words) -> str:
    """What a seat can see and how well, in a few words each."""
    groups = []
    for kind in (EXACT, OWN, RANGE, HIDDEN):
        names = [words(f"seats.{thing.name}") for thing in THINGS if told[thing.name] == kind]
        if names:
            groups.append(f"{words(f'seats.{kind}').capitalize()}: {', '.join(names)}.")
    return " ".join(groups)


def draw_wants(
    surface: pygame.Surface, rect: pygame.Rect, cast: Cast, seat: Seat, told: Mapping[str, str], pen: Pen
) -> int:
    """What the seat's score counts."""
    wants, step, head = wants_of(cast, seat, pen.words), pen.line("note"), pen.line("headline") + pen.px(6)
    if head + len(wants) * step > rect.height:
        return rect.top - pen.px(14)
    pen.rule(surface, rect.left, rect.top, rect.width)
    pen.write(
        surface, pen.words("seats.its_wants"), (rect.left, rect.top + pen.px(6)), "headline", "t1", most=rect.width
    )
    y = rect.top + pen.px(6) + head
    for pair in wants:
        draw_share(surface, pair, (rect.left, y), min(rect.width, pen.px(260)), pen)
        y += step
    return y


def draw_sets(
    surface: pygame.Surface, rect: pygame.Rect, cast: Cast, seat: Seat, told: Mapping[str, str], pen: Pen
) -> int:
    """What the seat sets, in one sentence."""
    text = ", ".join(sets_of(cast, seat.role, pen.words)) + "."
    head = pen.line("headline") + pen.px(6)
    count = (rect.height - head) // pen.line("note")
    if count < 1:
        return rect.top - pen.px(14)
    pen.rule(surface, rect.left, rect.top, rect.width)
    pen.write(
        surface, pen.words("seats.its_sets"), (rect.left, rect.top + pen.px(6)), "headline", "t1", most=rect.width
    )
    at = (rect.left, rect.top + pen.px(6) + head)
    return pen.paragraph(surface, text, at, rect.width, "note", "t1", count=count).bottom
