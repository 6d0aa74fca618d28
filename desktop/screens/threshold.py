"""The export threshold: every chip on sale by performance and density, and the line that may be dragged."""

from collections.abc import Mapping
from dataclasses import replace

import pygame

from desktop.kit import Choice, Control, Notice
from desktop.numbers import trimmed
from desktop.pen import Ink, Pen, ink
from desktop.screens.draft import Draft
from desktop.screens.levers import control_name
from desktop.screens.order_words import figure, listed, percent, thing
from desktop.screens.threshold_parts import MARKS, TICKS, Chip, Edge, fitted_names, share
from desktop.theme import mix
from world.orders import Amount as Declared

KIND = "cap_exports"


class Threshold:
    """The line for one group of countries at a time."""

    def __init__(self, draft: Draft, pen: Pen, group: int = 0) -> None:
        self.draft = draft
        self.words = pen.words
        self.group = group
        self.cast = draft.book.layout.cast
        self.entries = draft.of_kind(KIND)
        self.rows = {name: draft.rows(self.entries[group])[at] for at, name in enumerate(("x", "y"))}
        self.chips = self.on_sale()
        self.values_boxes: list[pygame.Rect] = []
        self.needs_box = pygame.Rect(0, 0, 0, 0)

    @property
    def title(self) -> str:
        """Its heading."""
        return self.words("orders.threshold.title")

    @property
    def hint(self) -> str:
        """What stands beside the heading."""
        return self.words("orders.threshold.hint")

    def declared(self, way: str) -> Declared:
        """The declaration of an edge's amount."""
        return self.draft.book.dials[self.rows[way]].amount

    def is_inside(self, tpp: float, density: float, values: Mapping[str, float]) -> bool:
        """Whether a chip lies under a line, as the game's rule reads it: the highest setting allows any."""
        held = {way: float("inf") if values[way] >= self.declared(way).high else values[way] for way in ("x", "y")}
        return tpp <= held["x"] and density <= held["y"]

    @property
    def was(self) -> dict[str, float]:
        """The line as it was last ordered."""
        return {way: self.draft.was(row) for way, row in self.rows.items()}

    @property
    def now(self) -> dict[str, float]:
        """The line as drafted."""
        return {way: self.draft.now(row) for way, row in self.rows.items()}

    def on_sale(self) -> list[Chip]:
        """Every chip that is on sale, the strongest last."""
        view, cast = self.draft.table.view(), self.cast
        seen = {name: view.seen(name).values[:, 0] for name in ("on_sale", "tpp", "dies")}
        found = []
        for at, name in enumerate(cast.names["products"]):
            tpp, area = float(seen["tpp"][at]), float(cast.area[at] * max(int(seen["dies"][at]), 1))
            if not seen["on_sale"][at] or tpp <= 0:
                continue
            density = tpp / area
            found.append(
                Chip(
                    name,
                    thing(name, cast, self.words),
                    thing(cast.names["chipmakers"][cast.product_maker[at]], cast, self.words),
                    tpp,
                    density,
                    bool(cast.is_cn_product[at]),
                    self.is_inside(tpp, density, self.was),
                    self.is_inside(tpp, density, self.now),
                )
            )
        return sorted(found, key=lambda chip: chip.tpp)

    def of_group(self, group: str) -> list[Chip]:
        """The foreign chips that the line treats so."""
        return [chip for chip in self.chips if chip.group == group and not chip.is_chinese]

    def controls(self, reasons: Mapping[int, str]) -> list[Control]:
        """The choice of the group and the two edges."""
        names = self.cast.names["groups"]
        options = tuple(self.words(f"orders.threshold.{name}") for name in names)
        made: list[Control] = [Choice(name="group", options=options, value=self.group)]
        for way, row in self.rows.items():
            amount = self.draft.book.dials[row].amount
            made.append(
                Edge(
                    name=control_name(row),
                    label=self.words("orders.threshold.ceiling" if way == "x" else "orders.threshold.density"),
                    low=amount.low,
                    high=amount.high,
                    step=amount.step,
                    value=self.draft.now(row),
                    was=self.draft.was(row),
                    way=way,
                    reason=reasons[self.entries[self.group]],
                )
            )
        return made

    def plot(self, rect: pygame.Rect, pen: Pen) -> pygame.Rect:
        """The box of the figure."""
        top = rect.top + pen.scale.target() + pen.px(10) + pen.line("axis") + pen.px(4)
        left = rect.left + pen.px(30)
        foot = self.foot(pen)
        if rect.bottom - foot - top < pen.px(150):
            foot = 2 * pen.line("axis") + pen.px(4)
        return pygame.Rect(left, top, rect.right - left, max(pen.px(60), rect.bottom - foot - top))

    def foot(self, pen: Pen) -> int:
        """How much is kept free under the figure for the axis, the lists and the notice."""
        short = pen.scale.compact
        return (
            2 * pen.line("axis")
            + pen.px(10)
            + pen.line("strong")
            + pen.line("note") * (2 if short else 3)
            + (pen.px(12) + pen.line("note") * 2 if short else pen.px(34) + pen.line("note") + pen.px(66))
        )

    def place(self, rect: pygame.Rect, pen: Pen) -> dict[str, pygame.Rect]:
        """Boxes of the controls: the edges are grabbed along the foot and the left side of the figure."""
        plot, strip = self.plot(rect, pen), max(pen.scale.target(), pen.px(40))
        wide = min(rect.width, pen.px(300))
        found = {"group": pygame.Rect(rect.right - wide, rect.top, wide, pen.scale.target())}
        found[control_name(self.rows["x"])] = pygame.Rect(
            plot.left + strip, plot.bottom - strip, plot.width - strip, strip
        )
        found[control_name(self.rows["y"])] = pygame.Rect(plot.left, plot.top, strip, plot.height)
        return found

    def spanned(self, control: Control, rect: pygame.Rect, pen: Pen) -> Control:
        """An edge that knows its axis in pixels."""
        if not isinstance(control, Edge):
            return control
        plot = self.plot(rect, pen)
        span = (plot.left, plot.right) if control.way == "x" else (plot.bottom, plot.top)
        return replace(control, span=span)

    def paint(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Draws the figure, the lists of chips and the notice."""
        middle = rect.top + (pen.scale.target() - pen.line("strong")) // 2
        pen.write(surface, self.words("orders.threshold.group"), (rect.left, middle), "strong", "t1")
        plot = self.plot(rect, pen)
        self.paint_axes(surface, plot, pen)
        self.paint_line(surface, plot, pen)
        self.paint_chips(surface, plot, pen)
        y = plot.bottom + 2 * pen.line("axis") + pen.px(10)
        if y + pen.line("strong") + pen.line("note") > rect.bottom:
            return
        y = self.paint_lists(surface, pygame.Rect(rect.left, y, rect.width, rect.bottom - y), pen)
        self.paint_notice(surface, pygame.Rect(rect.left, y + pen.px(8), rect.width, rect.bottom - y - pen.px(8)), pen)

    def point(self, plot: pygame.Rect, x: float, y: float) -> tuple[float, float]:
        """The pixel of a performance and a density."""
        return plot.left + share(x, "x") * plot.width, plot.bottom - share(y, "y") * plot.height

    def paint_axes(self, surface: pygame.Surface, plot: pygame.Rect, pen: Pen) -> None:
        """The grid with its values, and what the axes show."""
        surface.fill(mix(ink("panel"), ink("smug"), 0.09), plot)
        text = self.words("orders.threshold.density")
        pen.write(surface, text, (plot.left, plot.top - pen.line("axis") - pen.px(4)), "axis", "t3")
        for value in TICKS["y"]:
            y = round(self.point(plot, 1, value)[1])
            pen.rule(surface, plot.left, y, plot.width)
            at = (plot.left - pen.px(6), min(y - pen.line("axis") // 2, plot.bottom - pen.line("axis")))
            pen.write(surface, trimmed(value), at, "axis", "t3", align="right")
        for value in TICKS["x"]:
            x = round(self.point(plot, value, 1)[0])
            pen.upright(surface, x, plot.top, plot.height)
            text = f"{value // 1000}k"
            pen.write(surface, text, (x, plot.bottom + pen.px(2)), "axis", "t3", align="centre")
        text, y = self.words("orders.threshold.tpp"), plot.bottom + pen.px(2) + pen.line("axis")
        pen.write(surface, text, (plot.right, y), "axis", "t3", align="right", most=plot.width)

    def corner(self, plot: pygame.Rect, values: Mapping[str, float]) -> tuple[int, int]:
        """The corner of a line; past the axes where anything is allowed."""
        x, y = self.point(plot, values["x"], values["y"])
        return round(x), round(y)

    def paint_line(self, surface: pygame.Surface, plot: pygame.Rect, pen: Pen) -> None:
        """What is allowed, what the draft adds or takes, the line itself and the line that stands."""
        (x, y), (old_x, old_y) = self.corner(plot, self.now), self.corner(plot, self.was)
        inside = pygame.Rect(plot.left, y, x - plot.left, plot.bottom - y)
        before = pygame.Rect(plot.left, old_y, old_x - plot.left, plot.bottom - old_y)
        clip = surface.get_clip()
        surface.set_clip(plot)
        if inside != before:
            surface.fill(mix(ink("panel"), ink("smug"), 0.24), before)
        surface.fill(mix(ink("panel"), ink("us"), 0.30 if inside != before else 0.0), inside)
        surface.fill(ink("panel"), inside.clip(before))
        for way, values in TICKS.items():
            for value in values:
                at = self.point(plot, value, value)
                if way == "x" and inside.left < at[0] < inside.right:
                    pen.upright(surface, round(at[0]), inside.top, inside.height)
                if way == "y" and inside.top < at[1] < inside.bottom:
                    pen.rule(surface, inside.left, round(at[1]), inside.width)
        if inside != before:
            self.paint_dashes(surface, pygame.Rect(before.left, old_y, before.width, 1), pen)
            self.paint_dashes(surface, pygame.Rect(old_x, old_y, 1, before.height), pen)
        wide = max(2, pen.px(2))
        surface.fill(ink("ivory"), (plot.left, y - wide // 2, x - plot.left + wide // 2, wide))
        surface.fill(ink("ivory"), (x - wide // 2, y, wide, plot.bottom - y))
        surface.set_clip(clip)
        self.paint_values(surface, plot, (x, y), pen)
        text = self.words("orders.threshold.needs")
        strip, wide = max(pen.scale.target(), pen.px(40)), pen.width(text, "note_medium")
        top = plot.bottom - strip - 2 * pen.line("note_medium")
        self.needs_box = pygame.Rect(plot.right - pen.px(10) - wide, top, wide, pen.line("note_medium"))
        if x < self.needs_box.left - pen.px(8):
            pen.write(surface, text, self.needs_box.topleft, "note_medium", "smug2")

    def paint_dashes(self, surface: pygame.Surface, line: pygame.Rect, pen: Pen) -> None:
        """The line that stands, dashed; level or upright."""
        on, step = pen.px(5), pen.px(9)
        for n in range(0, max(line.width, line.height), step):
            dash = (line.left + n, line.top, on, 1) if line.width > line.height else (line.left, line.top + n, 1, on)
            surface.fill(ink("t2"), dash)

    def paint_values(self, surface: pygame.Surface, plot: pygame.Rect, at: tuple[int, int], pen: Pen) -> None:
        """What the two edges stand at, beside their handles, and what they were."""
        strip = max(pen.scale.target(), pen.px(40))
        self.values_boxes = []
        for way in ("x", "y"):
            now, was = self.now[way], self.was[way]
            text, old = self.value_words(way, now), self.value_words(way, was)
            if way == "x":
                wide = max(pen.width(text, "control"), pen.width(pen.words("kit.was", value=old), "note"))
                left = at[0] + pen.px(16)
                left = at[0] - pen.px(16) - wide if left + wide > plot.right else left
                top = plot.bottom - strip // 2 - pen.line("control") + pen.px(4)
                place = (left, top)
            else:
                place = (plot.left + strip // 2 + pen.px(16), at[1] - pen.line("control") - pen.px(2))
                if place[1] < plot.top:
                    place = (place[0], at[1] + pen.px(3))
            box = pen.write(surface, text, place, "control", "t1", halo="panel")
            self.values_boxes.append(box.inflate(pen.px(8), 0).union(box.move(-pen.px(30), 0)))
            if now != was:
                said = pen.words("kit.was", value=old)
                where = (
                    (box.left, box.bottom - pen.px(3)) if way == "x" else (box.right + pen.px(6), box.top + pen.px(1))
                )
                pen.write(surface, said, where, "note", "t2", halo="panel")

    def value_words(self, way: str, value: float) -> str:
        """An edge in words."""
        return self.words("orders.threshold.any") if value >= self.declared(way).high else trimmed(value)

    def paint_chips(self, surface: pygame.Surface, plot: pygame.Rect, pen: Pen) -> None:
        """The marks, then their names where there is room."""
        radius, thin = pen.px(6), pen.px(4)
        x, y = self.corner(plot, self.now)
        taken = [
            pygame.Rect(plot.left, y - thin, x - plot.left + thin, 2 * thin),
            pygame.Rect(x - thin, y, 2 * thin, plot.bottom - y),
            *self.values_boxes,
            self.needs_box,
        ]
        points = []
        for chip in self.chips:
            at = self.point(plot, chip.tpp, chip.density)
            points.append((chip, at))
            taken.append(pygame.Rect(round(at[0]) - radius, round(at[1]) - radius, 2 * radius, 2 * radius))
        points.sort(key=lambda point: (point[0].is_chinese, not point[0].group.startswith("newly")))
        for chip, at in points:
            if chip.is_chinese:
                pen.mark(surface, "square", at, 5, "panel")
                pen.mark(surface, "square", at, 4.4, "cn")
                pen.mark(surface, "square", at, 2.4, "panel")
                colour: Ink = "cn"
            else:
                colour = self.paint_mark(surface, at, chip.group, pen)
            box = self.label_box(chip.title, (round(at[0]), round(at[1])), plot, taken, pen)
            if box:
                taken.append(box.inflate(pen.px(8), 0))
                pen.write(surface, chip.title, box.topleft, "note_medium", colour, halo="panel")

    def paint_mark(self, surface: pygame.Surface, at: tuple[float, float], group: str, pen: Pen) -> Ink:
        """The mark of a chip, and the colour of its name."""
        mark, colour, text = MARKS[group]
        if mark == "cross":
            pen.disc(surface, at, 6.4, mix(ink("panel"), ink("smug"), 0.2))
            pen.ring(surface, at, 5.6, 1.3, colour)
            pen.icon(surface, "cross", at, 3.6, colour)
        else:
            pen.disc(surface, at, 6.4, "panel")
            pen.disc(surface, at, 5.6, colour)
            if mark == "half":
                half = pen.px(5)
                surface.fill(ink("panel"), (round(at[0]) - half + 1, round(at[1]), 2 * half - 2, max(2, half - 2)))
                pen.ring(surface, at, 5.2, 1.3, colour)
        return text

    def label_box(
        self, text: str, at: tuple[int, int], plot: pygame.Rect, taken: list[pygame.Rect], pen: Pen
    ) -> pygame.Rect | None:
        """A place for a name beside its mark that nothing else takes; None where there is none."""
        wide, tall, gap = pen.width(text, "note_medium"), pen.line("note_medium"), pen.px(9)
        x, y = at
        own = pygame.Rect(x - gap, y - gap, 2 * gap, 2 * gap)
        for left, top in (
            (x + gap, y - tall // 2),
            (x - gap - wide, y - tall // 2),
            (x - wide // 2, y - gap - tall + 2),
            (x - wide // 2, y + gap - 2),
            (x + gap, y - tall),
            (x + gap, y),
            (x - gap - wide, y - tall),
            (x - gap - wide, y),
            (x - wide // 2, y - 2 * gap - tall),
            (x - wide // 2, y + 2 * gap),
            (x + 2 * gap, y - tall - gap),
            (x - 2 * gap - wide, y - tall - gap),
        ):
            box = pygame.Rect(left, top, wide, tall)
            if plot.contains(box) and not any(box.colliderect(one) for one in taken if not own.contains(one)):
                return box
        return None

    def paint_lists(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> int:
        """Which chips are newly legal, legal, banned; gives the foot."""
        groups = [
            g for g in ("newly_legal", "newly_banned", "legal", "banned") if self.of_group(g) or g != "newly_banned"
        ]
        wide = rect.width // len(groups)
        swing = self.cast.names["groups"][self.group] == "swing"
        foot = rect.top
        for n, group in enumerate(groups):
            x = rect.left + n * wide
            at = (x + pen.px(7), rect.top + pen.line("strong") // 2)
            colour = self.paint_mark(surface, at, group, pen)
            name = "legal_swing" if swing and group == "legal" else group
            left, most, count = x + pen.px(20), wide - pen.px(28), 2 if pen.scale.compact else 3
            pen.write(surface, self.words(f"orders.threshold.{name}"), (left, rect.top), "strong", colour, most=most)
            titles = [chip.title for chip in self.of_group(group)] or [self.words("orders.threshold.none")]
            names = fitted_names(titles, most, count, pen)
            box = pen.paragraph(surface, names, (left, rect.top + pen.line("strong")), most, "note", "t2", count=count)
            foot = max(foot, box.bottom)
        return foot

    def paint_notice(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """What the licences say, and what China already makes at this level."""
        text = self.licences() if self.cast.names["groups"][self.group] == "cn" else ""
        y = rect.top
        lines = pen.lines(text, rect.width, "note", count=2) if text else []
        for line in lines:
            if y + pen.line("note") <= rect.bottom:
                pen.write(surface, line, (rect.left, y), "note", "t2")
                y += pen.line("note")
        title, said = self.notice()
        notice = Notice(title, said, "cn" if title != self.words("orders.threshold.plain_title") else "note")
        tall = notice.least(pen, rect.width)
        if y + pen.px(8) + tall <= rect.bottom:
            notice.draw(surface, pygame.Rect(rect.left, y + pen.px(8), rect.width, tall), pen)

    def licences(self) -> str:
        """How many chips under the line may be sold to China, and what is allowed beside the line."""
        draft = self.draft
        volume, cut = (draft.now(row) for row in draft.rows(draft.of_kind("license_sales")[0]))
        lag = draft.now(draft.rows(draft.of_kind("allow_lag")[0])[0])
        more = f" {self.words('orders.threshold.lag', count=round(lag))}" if lag else ""
        if not volume:
            return self.words("orders.threshold.no_volume") + more
        return self.words("orders.threshold.volume", volume=figure(volume), cut=percent(cut)) + more

    def notice(self) -> tuple[str, str]:
        """What is worth knowing of the draft: a Chinese chip that is as strong as what it lets in."""
        fresh = self.of_group("newly_legal")
        if fresh:
            own = [chip for chip in self.chips if chip.is_chinese and chip.tpp >= max(one.tpp for one in fresh)]
            if own:
                said = self.words("orders.threshold.rival", maker=own[0].maker, chip=own[0].title)
                return said, self.words("orders.threshold.rival_text")
        return self.words("orders.threshold.plain_title"), self.words("orders.threshold.plain_text")

    def finding(self) -> str:
        """What the line does, as a headline; "" where the draft does not move it for any chip."""
        group = self.words(f"orders.threshold.{self.cast.names['groups'][self.group]}")
        for name, word in (("newly_legal", "legal"), ("newly_banned", "banned")):
            titles = [chip.title for chip in self.of_group(name)]
            if titles:
                shown = titles if len(titles) < 3 else [*titles[-2:], f"{len(titles) - 2} more"]
                return self.words(f"orders.preview.{word}", chips=listed(shown, self.words), group=group)
        return ""
