"""Options: what a player can set, each with what it does."""

from collections.abc import Mapping, Sequence

import pygame

from desktop import words
from desktop.kit import Action, Button, Choice, Control, Toggle
from desktop.pen import Pen
from desktop.scale import STEPS
from desktop.screen import STAY, FormScreen, Move, Pop, Set
from desktop.screens.reading import draw_sheet

TOGGLES = ("reduced_motion", "fullscreen", "asks_before_end", "sound")


class OptionsScreen(FormScreen):
    """Everything that is remembered of the window."""

    title = "Options"

    def controls(self) -> Sequence[Control]:
        """All but their values, which the window holds."""
        return (
            Choice(name="interface", options=tuple(f"{step * 100:.0f} %" for step in STEPS)),
            *(Toggle(name=name) for name in TOGGLES),
            Choice(name="language", options=tuple(words.read(one)("name") for one in words.languages())),
            Button(name="back"),
        )

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """A row for each; the values are those of the window."""
        settings = pen.settings
        near = min(range(len(STEPS)), key=lambda n: abs(STEPS[n] - settings.interface))
        languages = words.languages()
        at = languages.index(settings.language) if settings.language in languages else 0
        made: list[Control] = [
            Choice(name="interface", options=tuple(f"{step * 100:.0f} %" for step in STEPS), value=near),
            *(Toggle(name=name, label=pen.words(f"options.{name}"), on=getattr(settings, name)) for name in TOGGLES),
            Choice(name="language", options=tuple(words.read(one)("name") for one in languages), value=at),
            Button(name="back", label=pen.words("options.back"), hint=pen.words("keys.escape")),
        ]
        self.form = self.form.with_control(*made)
        top = pen.px(28) + pen.line("finding") + pen.px(24)
        names = ("interface", *TOGGLES, "language")
        wide, tall = self.form["back"].least(pen)
        foot = pen.scale.height - pen.px(20) - tall
        left, step = pen.px(32), min(pen.px(78), (foot - pen.px(8) - top) // len(names))
        above = pen.line("body") if step >= pen.px(60) else 0
        self.rows = {}
        boxes = {}
        for n, name in enumerate(names):
            least = self.form[name].least(pen)
            y = top + n * step + above
            height = min(max(least[1], pen.px(30)), max(pen.scale.target(), step - above - 2))
            boxes[name] = pygame.Rect(left, y, max(least[0], pen.px(96)), height)
            self.rows[name] = (left, top + n * step)
        wide, tall = self.form["back"].least(pen)
        boxes["back"] = pygame.Rect(
            pen.scale.width - pen.px(32) - wide, pen.scale.height - pen.px(32) - tall, wide, tall
        )
        return boxes

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """What each does."""
        draw_sheet(surface, pen.words("options.title"), "", pen)
        for name, (x, y) in self.rows.items():
            right = self.form.rects[name].right + pen.px(24)
            if name in ("interface", "language") and self.form.rects[name].top > y:
                pen.write(surface, pen.words(f"options.{name}"), (x, y - pen.px(4)), "strong", "t1")
            right = max(right, x + min(pen.px(440), pen.scale.width // 2))
            most = pen.scale.width - pen.px(32) - right
            lines = min(2, len(pen.lines(pen.words(f"options.{name}_about"), most, "body")))
            middle = self.form.rects[name].centery - lines * pen.line("body") // 2
            pen.paragraph(surface, pen.words(f"options.{name}_about"), (right, middle), most, "body", "t2", count=2)

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Sets what was changed, at once."""
        if action.name == "back":
            return (Pop(),)
        if action.kind != "change":
            return STAY
        value: object = action.value
        if isinstance(value, int) and action.name == "interface":
            value = STEPS[value]
        elif isinstance(value, int) and action.name == "language":
            value = words.languages()[value]
        self.relaid()
        return (Set({action.name: value}),)
