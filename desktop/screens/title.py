"""Title: what this is about, a start to choose, and the ways into a game."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pygame

from desktop import saves
from desktop.kit import Action, Button, Control, Item, Listing
from desktop.pen import Ink, Pen
from desktop.screen import STAY, Begin, FormScreen, Move, Push, Quit
from desktop.screens.opening import first
from desktop.screens.wafer import draw_wafer
from desktop.starts import Start, starts

LEARN = "tutorial"
NAME_ROLES = ("title", "verdict")
"""Types of the name of the game; the large one where all starts fit under it."""


class Starts(Listing):
    """The scenarios: when each begins, its title, how long it is, and what it is about."""

    def draw_row(self, surface: pygame.Surface, box: pygame.Rect, i: int, item: Item, pen: Pen) -> None:
        """One start: ivory when chosen."""
        chosen, over = i == self.chosen, self.hover and i == self.over
        if chosen or over:
            pen.box(surface, box.inflate(0, -pen.px(6)), "ivory" if chosen else "hovered")
        elif i + 1 != self.chosen and i + 1 < len(self.items):
            pen.rule(surface, box.left + pen.px(17), box.bottom - 1, box.width - pen.px(34))
        text: Ink = "ink" if chosen else "t1"
        faint: Ink = (60, 70, 74) if chosen else "t2"
        when, note = item.note.split("|")
        left, right = box.left + pen.px(17), box.right - pen.px(17)
        indent = left + pen.px(84)
        two = pen.lines(item.second, right - indent, "note", count=2)
        top = box.centery - (pen.line("section") + pen.px(4) + len(two) * pen.line("note")) // 2
        drop = top + pen.baseline("section") - pen.baseline("site")
        pen.write(surface, when, (left, drop), "site", faint)
        end = pen.write(surface, note, (right, drop), "note", faint, align="right").left
        pen.write(surface, item.text, (indent, top), "section", text, most=end - pen.px(10) - indent)
        for n, line in enumerate(two):
            pen.write(
                surface, line, (indent, top + pen.line("section") + pen.px(4) + n * pen.line("note")), "note", faint
            )


class TitleScreen(FormScreen):
    """The first screen."""

    title = "Chokepoint"
    starts_on = "starts"

    def __init__(self) -> None:
        super().__init__()
        self.latest = saves.latest()

    def controls(self) -> Sequence[Control]:
        """Starts, the two buttons, and the other ways."""
        items = tuple(Item(one.title, f"{one.quarter}|{one.length}", one.summary) for one in starts())
        return (
            Starts(name="starts", items=items),
            Button(name="choose", kind="primary", hint="Enter"),
            Button(name="continue"),
            *(Button(name=name, kind="link", hint="quiet") for name in KEYS),
        )

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The column on the left."""
        listing = self.form["starts"]
        assert isinstance(listing, Listing)
        items = tuple(
            Item(one.title, f"{one.quarter}|{pen.words('title.quarters', count=one.length)}", one.summary)
            for one in starts()
        )
        unit = pen.scale.height / 900 if pen.scale.compact else pen.scale.unit
        left = pen.px(57 if not pen.scale.compact else 40)
        wide = min(pen.px(526), pen.scale.width - 2 * left)
        least = pen.line("section") + pen.px(4) + 2 * pen.line("note") + pen.px(20)
        row = max(least, min(pen.px(92), round(92 * unit)))
        self.head = max(pen.px(30), round(84 * unit)) if pen.scale.interface < 1.3 else pen.px(20)
        self.left, self.wide = left, wide
        foot = pen.line("body") * 2 + pen.px(26) + pen.px(24)
        for self.role in NAME_ROLES:
            top = self.head + self.head_height(pen)
            room = pen.scale.height - top - foot - pen.px(46) - pen.px(36)
            if room >= len(items) * row and pen.width(pen.words("app.title"), self.role) <= wide:
                break
        rows = max(1, min(len(items), room // row))
        self.form = self.form.with_control(replace(listing, items=items, row=row).scrolled(listing.offset, rows))
        boxes = {"starts": pygame.Rect(left - pen.px(17), top, wide + pen.px(34), rows * row)}
        self.lower(pen, boxes, max(boxes["starts"].bottom + pen.px(20), pen.scale.height - foot - pen.px(60)))
        return boxes

    def head_height(self, pen: Pen) -> int:
        """How tall the name of the game is with all that stands over the starts."""
        return pen.px(36) + pen.line(self.role) + pen.line("subtitle") + pen.px(30) + pen.line("note") + pen.px(6)

    def lower(self, pen: Pen, boxes: dict[str, pygame.Rect], top: int) -> None:
        """The buttons and the links under them, two rows of three."""
        tall = max(pen.px(50), pen.line("control") + pen.px(16))
        half = round(self.wide * 0.49)
        choose = Button(name="choose", label=pen.words("title.choose"), kind="primary", hint=pen.words("keys.enter"))
        boxes["choose"] = pygame.Rect(self.left, top, half, tall)
        made: list[Control] = [choose]
        if self.latest:
            label = pen.words(
                "title.continue", seat=self.latest.seat or pen.words("title.nobody"), quarter=self.latest.moment
            )
            made.append(Button(name="continue", label=label))
            boxes["continue"] = pygame.Rect(self.left + self.wide - half, top, half, tall)
        y, columns = top + tall + pen.px(16), 3
        for n, (name, (_key, _)) in enumerate(KEYS.items()):
            x = self.left + (n % columns) * (self.wide // columns) + pen.px(28)
            row = y + (n // columns) * max(pen.scale.target(), pen.px(30))
            boxes[name] = pygame.Rect(x, row, self.wide // columns - pen.px(32), pen.scale.target())
            made.append(Button(name=name, label=pen.words(f"title.{name}"), kind="link", hint="quiet"))
        self.form = self.form.with_control(*made)

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The name of the game, a wafer, and what the links are called by."""
        size = surface.get_size()
        surface.blit(pen.kept(("title wafer", size, pen.scale), lambda: draw_wafer(size, pen)), (0, 0))
        y = self.head
        pen.icon(surface, "hourglass", (self.left + pen.px(16), y + pen.px(14)), 15, "ivory")
        y += pen.px(36)
        y = pen.write(surface, pen.words("app.title"), (self.left - pen.px(2), y), self.role).bottom
        y = pen.write(surface, pen.words("title.about"), (self.left, y), "subtitle", "t2", most=self.wide).bottom
        pen.write(surface, pen.words("title.starts"), (self.left, y + pen.px(24)), "note", "t2")
        for name, (key, _) in KEYS.items():
            rect = self.form.rects[name]
            pen.key(surface, key, (rect.left - pen.px(26), rect.centery - pen.line("key") // 2 - 1))
        self.caption(surface, pen)

    def caption(self, surface: pygame.Surface, pen: Pen) -> None:
        """What the wafer shows, and who says so."""
        if pen.scale.width < self.left + self.wide + pen.px(420):
            return
        rect = pygame.Rect(0, 0, pen.px(330), pen.px(24) + 2 * pen.line("body") + pen.line("note"))
        rect.bottomright = pen.scale.width - pen.px(50), pen.scale.height - pen.px(52)
        pen.box(surface, rect, "ink")
        at = (rect.left + pen.px(16), rect.top + pen.px(11))
        room = rect.width - pen.px(32)
        first = pen.write(surface, pen.words("title.wafer"), at, "strong", "t1", most=room)
        second = pen.write(surface, pen.words("title.lit"), (at[0], first.bottom), "body", "t2", most=room)
        pen.write(surface, pen.words("title.source"), (at[0], second.bottom), "note", "t3", most=room)

    @property
    def start(self) -> Start:
        """The start that is chosen."""
        listing = self.form["starts"]
        assert isinstance(listing, Listing)
        return starts()[listing.chosen]

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Opens the way that was pressed."""
        if action.name == "starts":
            return self.seats() if action.kind == "open" else STAY
        if action.kind != "press":
            return STAY
        if action.name == "choose":
            return self.seats()
        if action.name == "continue" and self.latest:
            return self.take_up()
        return self.way(action.name)

    def way(self, name: str) -> Sequence[Move]:
        """What a link opens."""
        from desktop.screens.options import OptionsScreen
        from desktop.screens.saves import SavesScreen

        if name == "learn":
            return self.learn()
        if name == "load":
            return (Push(SavesScreen()),)
        if name == "options":
            return (Push(OptionsScreen()),)
        if name == "quit":
            return (Quit(),)
        return self.seats("people" if name == "friends" else "watch")

    def seats(self, mode: str = "one") -> Sequence[Move]:
        """The seats of the chosen start."""
        from desktop.screens.seats import SeatScreen
        from world.scenario import read

        return (Push(SeatScreen(read(self.start.name), mode)),)

    def learn(self) -> Sequence[Move]:
        """The tutorial, at its one seat."""
        from desktop import tables
        from world.scenario import read

        scenario = read(LEARN)
        seat = (scenario.cast.recommended or scenario.cast.names["seats"])[0]
        return (Begin(first(tables.begun(scenario, (seat,), {}, 1))),)

    def take_up(self) -> Sequence[Move]:
        """The latest game again."""
        from desktop import tables

        assert self.latest is not None
        return (Begin(first(tables.taken_up(self.latest.path))),)

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """Keys of the links; arrows choose a start from anywhere, Enter goes on."""
        for name, (_, code) in KEYS.items():
            if event.key == code:
                return self.way(name)
        if event.key == pygame.K_c and self.latest:
            return self.take_up()
        if event.key in (pygame.K_UP, pygame.K_DOWN):
            self.form = self.form.focused("starts", by_keys=False)
            return None
        return self.seats() if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) else None

    def keys(self) -> Sequence[tuple[str, str]]:
        """For the help."""
        rows = [("↑ ↓", "title.starts"), ("C", "title.take_up")]
        return (*rows, *((key, f"title.{name}") for name, (key, _) in KEYS.items()))


KEYS = {
    "learn": ("L", pygame.K_l),
    "load": ("S", pygame.K_s),
    "options": ("O", pygame.K_o),
    "friends": ("H", pygame.K_h),
    "watch": ("W", pygame.K_w),
    "quit": ("Q", pygame.K_q),
}
"""The links of the title with their keys."""
