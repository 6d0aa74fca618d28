"""A question that interrupts: it keeps the keyboard until it is answered."""

from dataclasses import dataclass, replace

import pygame

from desktop.kit.base import Action
from desktop.kit.button import Button
from desktop.kit.form import Form
from desktop.pen import Pen

WIDE = 460


@dataclass(frozen=True)
class Modal:
    """A title, a text, and buttons. The last is the safe answer: Escape gives it."""

    name: str
    title: str
    text: str
    form: Form

    @classmethod
    def ask(cls, name: str, title: str, text: str, answers: tuple[tuple[str, str], ...]) -> "Modal":
        """A question with answers (name, label), the first of them primary, the last the safe one."""
        kinds = ["primary", *["secondary"] * (len(answers) - 1)]
        buttons = [Button(name=key, label=label, kind=kind) for (key, label), kind in zip(answers, kinds, strict=True)]
        return cls(name, title, text, Form.of(buttons, focus=answers[0][0]))

    def placed(self, pen: Pen) -> "Modal":
        """The question laid out in the middle of the window."""
        rect = self.box(pen)
        margin, gap = pen.px(24), pen.px(12)
        rects, right = {}, rect.right - margin
        for name, control in self.form.controls.items():
            wide, tall = control.least(pen)
            rects[name] = pygame.Rect(right - wide, rect.bottom - margin - tall, wide, tall)
            right -= wide + gap
        return replace(self, form=self.form.placed(rects))

    def box(self, pen: Pen) -> pygame.Rect:
        """Where it lies."""
        margin = pen.px(24)
        buttons = [control.least(pen) for control in self.form.controls.values()]
        row = sum(wide for wide, _ in buttons) + pen.px(12) * (len(buttons) - 1)
        wide = min(max(pen.px(WIDE), row + 2 * margin), pen.scale.width - 2 * margin)
        lines = len(pen.lines(self.title, wide - 2 * margin, "section")) * pen.line("section")
        lines += len(pen.lines(self.text, wide - 2 * margin, "body")) * pen.line("body")
        tall = 2 * margin + lines + pen.px(8) + pen.px(20) + max(tall for _, tall in buttons)
        return pygame.Rect((pen.scale.width - wide) // 2, (pen.scale.height - tall) // 2, wide, tall)

    def handle(self, event: pygame.event.Event) -> tuple["Modal", tuple[Action, ...]]:
        """The question after an event; an answer is an Action of kind "answer" with the name of the button."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            return self, (Action(self.name, "answer", list(self.form.controls)[-1]),)
        form, did = self.form.handle(event)
        if form.focus is None:
            form = replace(form, focus=self.form.focus)
        answers = tuple(Action(self.name, "answer", action.name) for action in did if action.kind == "press")
        return replace(self, form=form), answers

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        """Dims what is behind and draws the question; the ring shows at once, because keys work at once."""
        veil = pen.kept(("veil", surface.get_size()), lambda: veil_of(surface.get_size()))
        surface.blit(veil, (0, 0))
        rect, margin = self.box(pen), pen.px(24)
        pen.box(surface, rect, "raised", "edge")
        at = (rect.left + margin, rect.top + margin)
        wide = rect.width - 2 * margin
        title = pen.paragraph(surface, self.title, at, wide, "section", "t1")
        pen.paragraph(surface, self.text, (at[0], title.bottom + pen.px(8)), wide, "body", "t2")
        replace(self.form, by_keys=True).draw(surface, pen)


def veil_of(size: tuple[int, int]) -> pygame.Surface:
    """Darkness over a window."""
    veil = pygame.Surface(size, pygame.SRCALPHA)
    veil.fill((8, 12, 14, 190))
    return veil
