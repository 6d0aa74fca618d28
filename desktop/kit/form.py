"""Controls together: where each lies, which has the keyboard, in what order Tab walks them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pygame

from desktop.kit.base import NOTHING, Action, Control
from desktop.motion import neared
from desktop.pen import Pen

POINTER = (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEWHEEL)


@dataclass(frozen=True)
class Form:
    """Controls by name, and their boxes. `focus` is the name of the one that hears keys; its ring is shown once `by_keys`."""

    controls: Mapping[str, Control] = field(default_factory=dict)
    rects: Mapping[str, pygame.Rect] = field(default_factory=dict)
    focus: str | None = None
    by_keys: bool = False
    warmth: Mapping[str, float] = field(default_factory=dict)
    """How far controls have come from rest to being under the pointer; those that are not named are at rest."""

    @classmethod
    def of(cls, controls: Iterable[Control], focus: str | None = None) -> "Form":
        """A form of controls that have no place yet; raises ValueError where two have one name."""
        held: dict[str, Control] = {}
        for control in controls:
            if control.name in held:
                raise ValueError(f"two controls are named {control.name!r}; give each a name of its own")
            held[control.name] = control
        return cls(held, focus=focus)

    def __getitem__(self, name: str) -> Control:
        return self.controls[name]

    def placed(self, rects: Mapping[str, pygame.Rect]) -> "Form":
        """The form with boxes for its controls; those without a box are not shown and not reached."""
        return replace(self, rects={name: rect for name, rect in rects.items() if name in self.controls})

    def with_control(self, *controls: Control) -> "Form":
        """The form with controls put in place of those of the same names, or added; the pointer stays where it was."""
        over = {name for name, control in self.controls.items() if control.hover}
        put = {one.name: replace(one, hover=True) if one.name in over else one for one in controls}
        return replace(self, controls={**self.controls, **put})

    def only(self, names: Iterable[str]) -> "Form":
        """The form without the controls that are not named."""
        kept = {name: self.controls[name] for name in names if name in self.controls}
        focus = self.focus if self.focus in kept else None
        return replace(self, controls=kept, rects={n: r for n, r in self.rects.items() if n in kept}, focus=focus)

    @property
    def order(self) -> tuple[str, ...]:
        """The names in the order of Tab: row by row from the top, west to east in a row. Rows share a middle line."""
        left = sorted(self.rects.items(), key=lambda pair: (pair[1].top, pair[1].left))
        names: list[str] = []
        while left:
            first = left[0][1]
            row = [pair for pair in left if pair[1].top <= first.centery and pair[1].centery >= first.top]
            row = [pair for pair in row if pair[1].top < first.bottom]
            names += [name for name, _ in sorted(row, key=lambda pair: pair[1].left)]
            taken = {name for name, _ in row}
            left = [pair for pair in left if pair[0] not in taken]
        return tuple(names)

    @property
    def reachable(self) -> tuple[str, ...]:
        """The names that Tab stops at, in order. Those that cannot be used are among them: their reason is to be read."""
        return self.order

    def focused(self, name: str | None, by_keys: bool = True) -> "Form":
        """The form with the keyboard on a control, or on none."""
        return replace(self, focus=name if name in self.controls else None, by_keys=by_keys)

    def moved(self, by: int) -> "Form":
        """The form with the keyboard on the next control (+1) or the one before (-1), round the end."""
        names = self.reachable
        if not names:
            return self
        if self.focus not in names:
            return self.focused(names[0 if by > 0 else -1])
        return self.focused(names[(names.index(self.focus) + by) % len(names)])

    def hears(self, event: pygame.event.Event) -> bool:
        """Whether the focused control wants an event for itself, before any shortcut."""
        if self.focus is None or self.focus not in self.rects:
            return False
        return not self.controls[self.focus].is_off and self.controls[self.focus].hears(event)

    def handle(self, event: pygame.event.Event) -> tuple["Form", tuple[Action, ...]]:
        """The form after an event, and what its controls did."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_TAB:
            return self.moved(-1 if getattr(event, "mod", 0) & pygame.KMOD_SHIFT else 1), NOTHING
        form = self
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            hit = next((name for name, rect in self.rects.items() if rect.collidepoint(event.pos)), None)
            form = self.focused(hit, by_keys=False)
        done: list[Action] = []
        after = dict(form.controls)
        names = form.rects if event.type in POINTER else [form.focus] if form.focus in form.rects else []
        for name in names:
            assert name is not None
            ready = replace(after[name], focused=name == form.focus)
            control, did = ready.handle(event, form.rects[name])
            after[name] = replace(control, focused=False)
            done += did
        return replace(form, controls=after), tuple(done)

    def after(self, dt: float, still: bool = False) -> "Form":
        """The form a time later: what is under the pointer warms, the rest cools; at once when motion is reduced."""
        warmth = {}
        for name in self.rects:
            share = neared(self.warmth.get(name, 0.0), float(self.controls[name].hover), dt, still)
            if share:
                warmth[name] = share
        return self if warmth == self.warmth else replace(self, warmth=warmth)

    def shown(self, name: str) -> Control:
        """A control as it is drawn: with its ring where keys go to it, and as warm as it has become."""
        is_focused = name == self.focus and self.by_keys
        return replace(self.controls[name], focused=is_focused, warmth=self.warmth.get(name, 0.0))

    def hovered(self) -> str | None:
        """The name of the control under the pointer."""
        return next((name for name in self.rects if self.controls[name].hover), None)

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws every control that has a box, then the ring of the keyboard."""
        for name, rect in self.rects.items():
            control = self.shown(name)
            control.draw(surface, rect, pen)
            control.draw_reason(surface, rect, pen)
        if self.by_keys and self.focus is not None and self.focus in self.rects:
            self.controls[self.focus].draw_focus(surface, self.rects[self.focus], pen)
