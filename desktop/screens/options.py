"""Options: what a player can set, each with what it does, and the keys that work everywhere."""

from collections.abc import Mapping, Sequence

import pygame

from desktop import settings as store
from desktop.help import everywhere
from desktop.kit import Action, Button, Choice, Control, Toggle
from desktop.pen import Pen
from desktop.scale import STEPS
from desktop.screen import STAY, FormScreen, Move, Pop, Set
from desktop.screens.reading import draw_sheet
from play import words

SEEN = ("interface", "fullscreen", "language")
PLAYED = ("reduced_motion", "asks_before_end", "volume")
GROUPS = {"seen": SEEN, "played": PLAYED}
TOGGLES = ("reduced_motion", "fullscreen", "asks_before_end")
VOLUMES = (0, 25, 50, 75, 100)
"""Percent at which sounds may be played."""


class OptionsScreen(FormScreen):
    """Everything that is remembered of the window: how it looks, and how it plays."""

    title = "Options"

    def controls(self) -> Sequence[Control]:
        """All but their values, which the window holds."""
        return (
            Choice(name="interface", options=tuple(f"{step * 100:.0f} %" for step in STEPS)),
            *(Toggle(name=name) for name in TOGGLES),
            Choice(name="volume", options=tuple(f"{step} %" for step in VOLUMES)),
            Choice(name="language", options=tuple(words.read(one)("name") for one in words.languages())),
            Button(name="back"),
        )

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """A row for each, in two columns where the window is wide: words on the left, the control on the right."""
        self.set_values(pen)
        left, gap = pen.px(32), pen.px(56)
        wide, tall = self.form["back"].least(pen)
        foot = pen.scale.height - pen.px(24) - tall
        self.is_wide = pen.scale.width >= pen.px(1250)
        column = (pen.scale.width - 2 * left - gap) // 2 if self.is_wide else pen.scale.width - 2 * left
        top = pen.px(28) + pen.line("finding") + pen.px(20)
        head = pen.line("section") + pen.px(10) if self.is_wide else 0
        rows = max(len(names) for names in GROUPS.values()) if self.is_wide else len(SEEN) + len(PLAYED)
        step = min(pen.px(86), (foot - pen.px(8) - top - head) // rows)
        boxes, self.rows, self.heads = {}, {}, {}
        for n, (group, names) in enumerate(GROUPS.items()):
            x = left + n * (column + gap) if self.is_wide else left
            y = top + head if self.is_wide else top + (n and len(SEEN) * step)
            self.heads[group] = pygame.Rect(x, top, column, head)
            for m, name in enumerate(names):
                row = pygame.Rect(x, y + m * step, column, step)
                least = self.form[name].least(pen)
                size = (max(least[0], pen.px(76)), min(max(least[1], pen.px(34)), step - 6))
                boxes[name] = pygame.Rect(row.right - size[0], row.centery - size[1] // 2, *size)
                self.rows[name] = row
        self.keys_top = top + head + rows * step + pen.px(28)
        boxes["back"] = pygame.Rect(pen.scale.width - left - wide, foot, wide, tall)
        return boxes

    def set_values(self, pen: Pen) -> None:
        """The controls with the values of the window."""
        settings, languages = pen.settings, words.languages()
        at = languages.index(settings.language) if settings.language in languages else 0
        names = tuple(words.read(one)("name") for one in languages)
        percents = tuple(pen.words("options.silent") if not step else f"{step} %" for step in VOLUMES)
        self.form = self.form.with_control(
            Choice(
                name="interface",
                options=tuple(f"{step * 100:.0f} %" for step in STEPS),
                value=nearest(STEPS, settings.interface),
            ),
            *(self.toggle(name, getattr(settings, name), pen) for name in TOGGLES),
            Choice(name="volume", options=percents, value=nearest(VOLUMES, settings.volume)),
            Choice(name="language", options=names, value=at),
            Button(name="back", label=pen.words("options.back"), hint=pen.words("keys.escape")),
        )

    def toggle(self, name: str, on: bool, pen: Pen) -> Toggle:
        """A switch, which says whether it is on."""
        return Toggle(name=name, label=pen.words("options.on" if on else "options.off"), on=on)

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """What each is and does."""
        draw_sheet(surface, pen.words("options.title"), "", pen)
        if self.is_wide:
            for group, box in self.heads.items():
                pen.write(surface, pen.words(f"options.{group}"), box.topleft, "section", "t1", most=box.width)
        for name, row in self.rows.items():
            pen.rule(surface, row.left, row.top, row.width)
            most = self.form.rects[name].left - pen.px(20) - row.left
            room = max(1, (row.height - pen.px(6) - pen.line("strong")) // pen.line("note"))
            lines = min(2, room, len(pen.lines(pen.words(f"options.{name}_about"), most, "note")))
            y = row.centery - (pen.line("strong") + lines * pen.line("note")) // 2
            y = pen.write(surface, pen.words(f"options.{name}"), (row.left, y), "strong", "t1", most=most).bottom
            pen.paragraph(surface, pen.words(f"options.{name}_about"), (row.left, y), most, "note", "t2", count=lines)
        self.paint_keys(surface, pen)

    def paint_keys(self, surface: pygame.Surface, pen: Pen) -> None:
        """The keys that work everywhere, and where settings lie, where there is room for them."""
        keys, step, left = everywhere(pen), pen.line("body") + pen.px(10), pen.px(32)
        columns = 4
        tall = pen.line("section") + pen.px(10) + -(-len(keys) // columns) * step
        back = self.form.rects["back"]
        if self.is_wide and self.keys_top + tall < back.top:
            pen.write(surface, pen.words("options.keys"), (left, self.keys_top), "section", "t1")
            top, wide = self.keys_top + pen.line("section") + pen.px(10), (pen.scale.width - 2 * left) // columns
            for n, (key, word) in enumerate(keys):
                x, y = left + n % columns * wide, top + n // columns * step
                box = pen.key(surface, key, (x, y))
                at = (max(box.right, x + pen.px(56)) + pen.px(8), y)
                pen.write(surface, word, at, "body", "t2", most=x + wide - at[0] - pen.px(12))
        text = pen.words("options.kept", path=store.from_home(store.place()))
        at = (left, back.centery - pen.line("note") // 2)
        pen.write(surface, text, at, "note", "t3", most=back.left - pen.px(16) - left)

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Sets what was changed, at once."""
        if action.name == "back":
            return (Pop(),)
        if action.kind != "change":
            return STAY
        value: object = action.value
        if isinstance(value, int) and action.name in ("interface", "volume", "language"):
            steps: Mapping[str, Sequence[object]] = {
                "interface": STEPS,
                "volume": VOLUMES,
                "language": words.languages(),
            }
            value = steps[action.name][value]
        self.relaid()
        return (Set({action.name: value}),)


def nearest(steps: Sequence[float], value: float) -> int:
    """Which of some steps a value is closest to."""
    return min(range(len(steps)), key=lambda n: abs(steps[n] - value))
