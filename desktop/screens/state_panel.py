"""The state of a game beside its menu: who one is, the score so far and as it will likely end, the lead, the draft, the file."""

from collections.abc import Callable
from datetime import datetime

import pygame

from desktop.charts.axis import Axis
from desktop.charts.ranges import Row, draw_range
from desktop.numbers import halves
from desktop.pen import Pen
from desktop.screens.portrait import SIGNS, draw_name, draw_share, side_of, wants_of
from desktop.table import Table
from desktop.theme import COLOURS
from play.order_words import title_of
from play.verdict import Verdict

SIDES = {1: "us", 0: "none", -1: "cn"}
OUTCOMES = ("above", "about", "below")
"""Names in the words file of who leads and of the score beside par, by their numbers in a verdict."""
LEVEL = 0.25
"""Months below which nobody leads."""
MOST_ORDERS = 4
"""Orders of the draft that are named."""


def draw_state(surface: pygame.Surface, rect: pygame.Rect, table: Table, pen: Pen) -> None:
    """The state of the game in a box; drawn anew only where it changed."""
    is_known = table.is_over or table.verdict().is_there
    told = (table.model.story.name, *table.draft_key, table.is_watching, table.is_over, table.seen()["is_ranked"])

    def made() -> pygame.Surface:
        picture = pygame.Surface(rect.size)
        draw_blocks(picture, picture.get_rect(), table, pen)
        return picture

    key = ("state", told, is_known, projected(table), kept_at(table), rect.size, pen.scale)
    surface.blit(pen.kept(key, made), rect)


def draw_blocks(surface: pygame.Surface, rect: pygame.Rect, table: Table, pen: Pen) -> None:
    """Everything there is room for, from the top."""
    surface.fill(COLOURS["side"], rect)
    pen.upright(surface, rect.left, rect.top, rect.height)
    inner = rect.inflate(-2 * pen.px(28), -2 * pen.px(28))
    y = draw_who(surface, inner, table, pen)
    blocks: list[Callable[[pygame.Surface, pygame.Rect, Table, Pen], int]] = [draw_score, draw_race, draw_kept]
    if not table.is_watching and not table.is_over:
        blocks.insert(2, draw_draft)
    blocks.append(draw_goals)
    for draw in blocks:
        y += pen.px(16)
        if y + 3 * pen.line("body") > inner.bottom:
            return
        pen.rule(surface, inner.left, y, inner.width)
        y = draw(surface, pygame.Rect(inner.left, y + pen.px(14), inner.width, inner.bottom - y), table, pen)


def draw_who(surface: pygame.Surface, rect: pygame.Rect, table: Table, pen: Pen) -> int:
    """Sign, name and quarter; gives the level under them, as all blocks do."""
    seen, cast = table.seen(), table.model.cast
    seat, size = cast.seats[cast.at("seats", table.seat)], pen.px(44)
    pen.site(surface, SIGNS[seat.role], (rect.left + size // 2, rect.top + size // 2), side_of(seat), 20)
    left = rect.left + size + pen.px(14)
    draw_name(surface, seat, (left, rect.top), rect.right - left, pen)
    turn = min(seen["turn"] + 1, seen["length"])
    count = pen.words("menu.count", quarter=seen["coming"] or seen["played"], turn=turn, turns=seen["length"])
    top = rect.top + pen.line("section")
    pen.write(surface, count, (left, top), "note", "t2", most=rect.right - left)
    return max(rect.top + size, top + pen.line("note"))


def draw_score(surface: pygame.Surface, rect: pygame.Rect, table: Table, pen: Pen) -> int:
    """The score so far, and the range in which it will likely end."""
    points = table.seen()["quantities"]["objective"]["values"][table.seat]
    y = pen.write(surface, pen.words("menu.score"), rect.topleft, "headline", "t1").bottom + pen.px(2)
    figure = pen.write(surface, f"{points:.0f}", (rect.left, y), "key_figure", "t1")
    drop = y + pen.baseline("key_figure") - pen.baseline("note")
    word = pen.words("menu.final" if table.is_over else "menu.so_far")
    pen.write(surface, word, (figure.right + pen.px(8), drop), "note", "t2")
    y = figure.bottom + pen.px(6)
    if table.is_over:
        return y
    found = projected(table)
    if found is None:
        text = pen.words("menu.unknown" if is_asked_in_vain(table) else "menu.waits")
        return pen.paragraph(surface, text, (rect.left, y), rect.width, "note", "t2").bottom
    return draw_projection(surface, pygame.Rect(rect.left, y, rect.width, 0), float(points), found, pen)


def draw_projection(surface: pygame.Surface, rect: pygame.Rect, points: float, found: Verdict, pen: Pen) -> int:
    """The projected score on a line from 0 to 100, what stands now as a tick, and both in words."""
    axis = Axis(0.0, 100.0, rect.left, rect.right - 1)
    middle = rect.top + pen.px(12)
    pen.rule(surface, rect.left, middle, rect.width, "edge")
    low, near, likely, far, high = found.points
    row = Row("", likely, (low, high), (near, far), "bar", "ivory")
    draw_range(surface, row, axis, middle, pen, "side", 11)
    pen.upright(surface, axis.held(points), middle - pen.px(10), pen.px(20), "t2")
    y = middle + pen.px(12)
    for value, align in ((0, "left"), (50, "centre"), (100, "right")):
        pen.write(surface, str(value), (axis.at(value), y), "axis", "t3", align=align)
    y += pen.line("axis") + pen.px(4)
    told = {"likely": f"{likely:.0f}", "low": f"{low:.0f}", "high": f"{high:.0f}"}
    is_sure = told["low"] == told["high"]
    texts = [pen.words("menu.certain" if is_sure else "menu.projected", **told)]
    if found.percentile:
        low, _, likely, _, high = found.percentile
        told = {"likely": f"{likely:.0f}", "low": f"{low:.0f}", "high": f"{high:.0f}"}
        texts.append(pen.words("menu.percentile", **told))
    return pen.paragraph(surface, " ".join(texts), (rect.left, y), rect.width, "body", "t2").bottom


def draw_goals(surface: pygame.Surface, rect: pygame.Rect, table: Table, pen: Pen) -> int:
    """What the score counts, and the share that each makes, the largest first, as far as there is room."""
    cast = table.model.cast
    y = pen.write(surface, pen.words("seats.wants"), rect.topleft, "headline", "t1", most=rect.width).bottom
    wants = wants_of(cast, cast.seats[cast.at("seats", table.seat)], pen.words)
    for pair in wants[: max(0, rect.bottom - y) // pen.line("note")]:
        draw_share(surface, pair, (rect.left, y), min(rect.width, pen.px(260)), pen)
        y += pen.line("note")
    return y


def draw_race(surface: pygame.Surface, rect: pygame.Rect, table: Table, pen: Pen) -> int:
    """Who leads, how long the game still goes, and how alike its imagined ends are."""
    seen, found = table.seen(), projected(table)
    head = leading(float(seen["quantities"]["lead"]["values"][""]), pen)
    y = pen.write(surface, head, rect.topleft, "headline", "t1", most=rect.width).bottom
    left = seen["length"] - seen["turn"]
    text = pen.words("menu.left_none" if not left else "menu.left_one" if left == 1 else "menu.left", count=left)
    if found is not None:
        ending = pen.words(f"board.side.{SIDES[found.leader]}")
        if found.outcome is not None:
            ending += ", " + pen.words(f"board.outcome.{OUTCOMES[found.outcome]}")
        text += " " + pen.words("menu.alike", percent=f"{100 * found.agreement:.0f}", ending=ending)
    return pen.paragraph(surface, text, (rect.left, y), rect.width, "body", "t2").bottom


def leading(months: float, pen: Pen) -> str:
    """Who leads by how many months, as a finding."""
    side = 0 if abs(months) < LEVEL else 1 if months > 0 else -1
    return pen.words(f"menu.lead_{SIDES[side]}", months=halves(abs(months)))


def draw_draft(surface: pygame.Surface, rect: pygame.Rect, table: Table, pen: Pen) -> int:
    """The orders that are drafted, and the moves that are left."""
    sitting = table.sitting
    entries = list(dict.fromkeys(sitting.entry(settings) for settings in sitting.draft))
    titles = [title_of(sitting.book.dials[sitting.book.of_entry[entry][0]].kind.name, pen.words) for entry in entries]
    head = pen.words("menu.draft" if titles else "menu.draft_none", quarter=table.seen()["coming"])
    y = pen.write(surface, head, rect.topleft, "headline", "t1", most=rect.width).bottom
    text = pen.words("menu.moves", count=sitting.moves_left)
    if titles:
        more = len(titles) - MOST_ORDERS
        named = ", ".join(titles[:MOST_ORDERS]) + (" " + pen.words("seats.more", count=more) if more > 0 else "")
        text = f"{named}. {text}"
    return pen.paragraph(surface, text, (rect.left, y), rect.width, "body", "t2").bottom


def draw_kept(surface: pygame.Surface, rect: pygame.Rect, table: Table, pen: Pen) -> int:
    """When the game kept itself last, and whether it is ranked."""
    when = kept_at(table)
    head = pen.words("menu.kept", when=when) if when else pen.words("menu.kept_nowhere")
    y = pen.write(surface, head, rect.topleft, "headline", "t1", most=rect.width).bottom
    text = pen.words("menu.ranked" if table.seen()["is_ranked"] else "menu.unranked")
    return pen.paragraph(surface, text, (rect.left, y), rect.width, "body", "t2").bottom


def kept_at(table: Table) -> str:
    """When the file that follows the game was written last; "" where there is none."""
    try:
        when = table.autosave.stat().st_mtime if table.autosave else 0.0
    except OSError:
        return ""
    return f"{datetime.fromtimestamp(when):%Y-%m-%d %H:%M}" if when else ""


def projected(table: Table) -> Verdict | None:
    """How the game will likely end, once that is worked out and where it can be."""
    if table.is_over:
        return None
    known = table.verdict()
    if not known.is_there or known.work.cancelled() or known.work.exception():
        return None
    found: Verdict = known.value
    return found


def is_asked_in_vain(table: Table) -> bool:
    """Whether the seat cannot imagine how the game will end."""
    known = table.verdict()
    return known.is_there and not known.work.cancelled() and known.work.exception() is not None
