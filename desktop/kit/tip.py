"""What appears beside things: the tooltip, the toast, the notice, the wait."""

from dataclasses import dataclass

import pygame

from desktop.pen import Ink, Pen, ink
from desktop.theme import SECONDS


@dataclass(frozen=True)
class Tip:
    """Which thing the pointer or the keyboard rests on, and for how long (seconds)."""

    name: str | None = None
    rested: float = 0.0

    def after(self, name: str | None, dt: float) -> "Tip":
        """After a time on a thing, or on none."""
        return Tip(name, self.rested + dt if name == self.name and name is not None else 0.0)

    @property
    def strength(self) -> float:
        """How far the tooltip has appeared, 0 to 1: after 300 ms, within 100 ms."""
        late = self.rested - SECONDS["tooltip_wait"]
        return min(1.0, max(0.0, late / SECONDS["tooltip"])) if self.name is not None else 0.0


@dataclass(frozen=True)
class Fact:
    """A line of a tooltip: what, its figure, and the range after it."""

    text: str
    figure: str = ""
    range: str = ""


def draw_tooltip(
    surface: pygame.Surface,
    anchor: pygame.Rect,
    title: str,
    facts: tuple[Fact, ...],
    pen: Pen,
    foot: str = "",
    local: str = "",
    strength: float = 1.0,
) -> pygame.Rect:
    """A tooltip beside what it is about, kept inside the window; gives its box."""
    margin, gap = pen.px(14), pen.px(16)
    head = pen.width(title, "strong") + (pen.px(10) + pen.width(local, "body") if local else 0)
    rows = [fact_width(fact, pen) + (gap if fact.figure else 0) for fact in facts]
    foot_wide = pen.width(foot, "note") if foot else 0
    wide = min(max(pen.px(200), head, foot_wide, *rows), pen.px(340)) + 2 * margin
    inner = wide - 2 * margin
    feet = pen.lines(foot, inner, "note") if foot else []
    tall = 2 * pen.px(12) + pen.line("strong") + pen.px(6) * bool(facts)
    tall += len(facts) * (pen.line("body") + pen.px(2))
    tall += pen.px(12) + len(feet) * pen.line("note") if feet else 0
    window = surface.get_rect()
    rect = pygame.Rect(anchor.right + pen.px(12), anchor.top - pen.px(8), wide, tall)
    if rect.right > window.right - 4:
        rect.right = anchor.left - pen.px(12)
    rect.clamp_ip(window.inflate(-8, -8))
    key = ("tip", title, facts, foot, local, rect.size, pen.scale)
    picture = pen.kept(key, lambda: tooltip_picture(rect.size, title, facts, feet, local, pen))
    picture.set_alpha(round(255 * strength))
    surface.blit(picture, rect)
    return rect


def fact_width(fact: Fact, pen: Pen) -> int:
    """How wide a line of a tooltip is, without the gap between its ends."""
    figure = pen.width(fact.figure, "strong") if fact.figure else 0
    band = pen.width(fact.range, "note") + pen.px(8) if fact.range else 0
    return pen.width(fact.text, "note") + figure + band


def tooltip_picture(
    size: tuple[int, int], title: str, facts: tuple[Fact, ...], feet: list[str], local: str, pen: Pen
) -> pygame.Surface:
    """The tooltip with its shadow (offset 3, 5; 35 % black)."""
    surface = pygame.Surface((size[0] + 3, size[1] + 5), pygame.SRCALPHA)
    surface.fill((0, 0, 0, 89), (3, 5, *size))
    rect, margin = pygame.Rect(0, 0, *size), pen.px(14)
    pen.box(surface, rect, "raised", "edge")
    left, right, y = margin, rect.right - margin, pen.px(12)
    wrote = pen.write(surface, title, (left, y), "strong", "t1", most=right - left)
    if local:
        pen.write(surface, local, (wrote.right + pen.px(10), y), "body", "t3")
    y += pen.line("strong") + pen.px(6)
    for fact in facts:
        end, drop = right, y + pen.baseline("body") - pen.baseline("note")
        if fact.range:
            end = pen.write(surface, fact.range, (end, drop), "note_medium", "t2", align="right").left - pen.px(8)
        if fact.figure:
            end = pen.write(surface, fact.figure, (end, y), "strong", "t1", align="right").left - pen.px(8)
        pen.write(surface, fact.text, (left, drop), "note", "t2", most=end - left)
        y += pen.line("body") + pen.px(2)
    if feet:
        pen.rule(surface, left, y + pen.px(5), right - left)
        y += pen.px(12)
        for line in feet:
            pen.write(surface, line, (left, y), "note", "t2")
            y += pen.line("note")
    return surface


@dataclass(frozen=True)
class Toasts:
    """Short messages at the foot of the window, and how long each stays (seconds)."""

    held: tuple[tuple[str, float], ...] = ()

    def with_text(self, text: str, seconds: float = 4.0) -> "Toasts":
        """With one more, newest last; one that says the same is shown anew, not twice."""
        kept = tuple(pair for pair in self.held if pair[0] != text)
        return Toasts((*kept, (text, seconds))[-3:]) if text else self

    def after(self, dt: float) -> "Toasts":
        """After a time."""
        return Toasts(tuple((text, left - dt) for text, left in self.held if left > dt))

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws them over everything, above the foot of the window."""
        bottom = surface.get_height() - pen.px(24)
        most = min(pen.px(720), surface.get_width() - pen.px(64))
        for text, left in reversed(self.held):
            lines = pen.lines(text, most, "body")
            wide = max(pen.width(line, "body") for line in lines) + pen.px(32)
            tall = len(lines) * pen.line("body") + pen.px(20)
            rect = pygame.Rect((surface.get_width() - wide) // 2, bottom - tall, wide, tall)
            if left > 0.15 or pen.still:
                pen.box(surface, rect, "raised", "edge")
                at = (rect.left + pen.px(16), rect.top + pen.px(10))
                pen.paragraph(surface, text, at, most, "body", "t1")
            bottom = rect.top - pen.px(8)


@dataclass(frozen=True)
class Notice:
    """Something to be read before one goes on. `kind` is error, warning, us, cn or note."""

    title: str
    text: str = ""
    kind: str = "warning"

    def least(self, pen: Pen, wide: int) -> int:
        """Its height at a width, without room for buttons."""
        inner = wide - self.indent(pen) - pen.px(16)
        tall = len(pen.lines(self.title, inner, "strong")) * pen.line("strong")
        if self.text:
            tall += len(pen.lines(self.text, inner, "body")) * pen.line("body")
        return tall + 2 * pen.px(13)

    def indent(self, pen: Pen) -> int:
        """How far its text stands in."""
        return pen.px(46 if self.kind == "error" else 20)

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> pygame.Rect:
        """Draws it, and gives the box of its text, under which buttons may stand."""
        edges: dict[str, Ink] = {"error": "smug", "warning": "ivory", "us": "us", "cn": "cn", "note": "edge"}
        pen.box(surface, rect, "raised", radius=2)
        surface.fill(ink(edges[self.kind]), (rect.left, rect.top, pen.px(3), rect.height))
        left, top = rect.left + self.indent(pen), rect.top + pen.px(13)
        if self.kind == "error":
            pen.icon(surface, "alarm", (rect.left + pen.px(26), top + pen.px(14)), 10.5, "smug")
        inner = rect.right - pen.px(16) - left
        box = pen.paragraph(surface, self.title, (left, top), inner, "strong", "t1")
        if self.text:
            box = box.union(pen.paragraph(surface, self.text, (left, box.bottom), inner, "body", "t2"))
        return box


def draw_waiting(
    surface: pygame.Surface, at: tuple[int, int], people: tuple[tuple[str, str, bool], ...], pen: Pen
) -> pygame.Rect:
    """Who is done and who is waited for: (name, colour, is done); a tick in a disc, or an empty ring."""
    x, y = at
    middle = y + pen.line("note_medium") // 2
    for name, colour, done in people:
        centre = (x + pen.px(8), middle)
        if done:
            pen.disc(surface, centre, 8, colour)
            pen.icon(surface, "check", centre, 4.6, "ink")
        else:
            pen.ring(surface, centre, 7, 1.5, colour)
        role = "note_medium" if done else "note"
        x = pen.write(surface, name, (x + pen.px(22), y), role, "t1" if done else "t2").right + pen.px(24)
    return pygame.Rect(at[0], y, x - at[0], pen.line("note_medium"))


def draw_progress(surface: pygame.Surface, rect: pygame.Rect, share: float, text: str, pen: Pen) -> None:
    """How far work has come, 0 to 1, with what it is."""
    pen.write(surface, text, rect.topleft, "note", "t2", most=rect.width)
    bar = pygame.Rect(rect.left, rect.top + pen.line("note") + pen.px(6), rect.width, max(3, pen.px(4)))
    pen.box(surface, bar, "hair", radius=2)
    done = replace_width(bar, round(bar.width * min(1.0, max(0.0, share))))
    if done.width:
        pen.box(surface, done, "ivory", radius=2)


def replace_width(rect: pygame.Rect, width: int) -> pygame.Rect:
    """The box with another width."""
    return pygame.Rect(rect.left, rect.top, width, rect.height)


def draw_empty(surface: pygame.Surface, rect: pygame.Rect, text: str, pen: Pen) -> None:
    """What is said where there is nothing yet."""
    pen.paragraph(surface, text, (rect.centerx, rect.top), rect.width, "note_italic", "t3", align="centre")


def draw_changed(surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
    """The tick of a figure that just changed, under it."""
    surface.fill(ink("t2"), (rect.left, rect.bottom, rect.width, pen.px(2)))
