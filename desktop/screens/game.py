"""GameScreen: what all screens of a running game share - the top bar with its tabs, the keys, the end of a quarter, the menu.

A subclass gives `controls`, `layout`, `act`, `shortcut` and `keys` as any FormScreen does, and need not call these: the bar, the
common keys and the figures that W and I ask about are added around them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pygame

from desktop import tables
from desktop.chrome import Bar, draw_bar, tabs_rect
from desktop.kit import Action, Button, Form, Modal, Tabs
from desktop.pen import Pen
from desktop.screen import STAY, FormScreen, Move, Push, Replace, Say
from desktop.screens.bar import bar_of
from desktop.screens.figure import Figure, named
from desktop.screens.opening import opened
from desktop.screens.refusals import refusal_words
from desktop.table import Table
from world.orders import OrderRefused

__all__ = ["TABS", "GameScreen", "opened"]

TABS = ("map", "orders", "intelligence", "supply", "debrief")
"""The screens of a game, in the order of their keys 1 to 5."""
PATIENCE = 0.4
"""Seconds that a quarter is looked at before its end is projected, so that the end of a quarter need not wait for it."""
PACES = (4.0, 2.0, 1.0, 0.25)
"""Seconds of a quarter that plays by itself."""
TAB_KEYS = {key: at for at in range(5) for key in (pygame.K_1 + at, pygame.K_KP1 + at)}


class GameScreen(FormScreen):
    """A screen of a running game. `name` is its tab; `figure` the quantity that W and I ask about where none is in focus."""

    name = "map"
    figure = "lead"

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.laid_at: tuple[Any, ...] = ()
        self.rested = 0.0
        self.rested_at: tuple[Any, ...] = ()
        self.kept_at = table.draft_key
        self.bar: Bar | None = None
        self.bar_at: tuple[Any, ...] = ()

    # For a subclass

    def body(self, pen: Pen) -> pygame.Rect:
        """What is left of the window under the bar."""
        return pygame.Rect(0, pen.scale.bar, pen.scale.width, pen.scale.height - pen.scale.bar)

    def figures(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The boxes of figures by the name of their quantity, as in `play.quantities`: Tab stops there, W and I ask."""
        return {}

    def paint_body(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws what lies under the bar and the controls."""

    def end_control(self, pen: Pen) -> Button:
        """The button that ends the quarter, named "end": a subclass adds it to its controls and gives it a box."""
        quarter = self.table.seen()["coming"]
        if self.table.is_over:
            return Button(name="end", label=pen.words("game.debrief"), kind="primary", hint="5")
        if self.table.is_watching:
            return Button(name="end", label=pen.words("game.next", quarter=quarter), kind="primary", hint="Space")
        return Button(name="end", label=pen.words("game.end", quarter=quarter), kind="primary", hint="Space")

    # The form: the screen's own controls, the tabs, the figures

    def tabs(self, pen: Pen) -> Tabs:
        """The tabs of the top bar."""
        names = pen.words.under("bar_short" if pen.scale.compact else "bar")
        shut = frozenset() if self.table.is_over else frozenset({4})
        at = TABS.index(self.name) if self.name in TABS else 0
        made = Tabs(
            name="tabs", options=tuple(names[n] for n in TABS), value=at, keys=("1", "2", "3", "4", "5"), shut=shut
        )
        return made.measured(pen)

    def ready(self, pen: Pen) -> None:
        """Makes the form at first, and lays it out where the scale, the quarter or who looks changed."""
        moment = (pen.scale, self.table.seat, self.table.turn, self.table.is_over)
        if self.laid_at != moment:
            self.laid_at = moment
            self.laid_for = None
        if not self.form.controls:
            self.form = Form.of(self.controls(), focus=self.form.focus)
        if self.laid_for != pen.scale:
            self.lay(pen)
        if self.modal:
            self.modal = self.modal.placed(pen)

    def lay(self, pen: Pen) -> None:
        """Gives every control its box, the tabs and the figures too."""
        tabs = self.tabs(pen)
        figures = {f"figure:{name}": rect for name, rect in self.figures(pen).items()}
        kept = [name for name in self.form.controls if not name.startswith("figure:") or name in figures]
        self.form = self.form.only(kept).with_control(tabs, *(Figure(name=name) for name in figures))
        if "end" in self.form.controls:
            self.form = self.form.with_control(self.end_control(pen))
        boxes = {**self.layout(pen), **figures, "tabs": tabs_rect(pen, self.top_bar(pen), tabs)}
        self.form = self.form.placed(boxes)
        self.laid_for = pen.scale

    def top_bar(self, pen: Pen) -> Bar:
        """The top bar as it stands, made anew only where something in it changed."""
        known = self.table.answers.get("verdict")
        at = (
            self.table.draft_key,
            self.table.is_over,
            self.table.pace,
            known is not None and known.is_there,
            pen.scale,
        )
        if self.bar is None or self.bar_at != at:
            self.bar, self.bar_at = bar_of(self.table, pen), at
        return self.bar

    def figure_in_focus(self) -> str:
        """The quantity that W and I ask about: the one under the pointer, else in focus, else the screen's own."""
        over = next((name for name in self.form.rects if named(name) and self.form[name].hover), None)
        focus = self.form.focus if self.form.focus and named(self.form.focus) else None
        return named(over or "") or named(focus or "") or self.figure

    # Events

    def acted(self, did: Sequence[Action], pen: Pen) -> Sequence[Move]:
        """What follows from everything the controls did: first what all game screens share, else the screen's own."""
        moves: list[Move] = []
        for action in did:
            shared = self.act_shared(action, pen)
            moves += self.act(action, pen) if shared is None else shared
        return [*moves, *self.sayings(pen)]

    def act_shared(self, action: Action, pen: Pen) -> Sequence[Move] | None:
        """What controls and questions do on every game screen; None where it is the screen's own affair."""
        if action.name == "tabs":
            return self.turned_to(int(action.value), pen) if isinstance(action.value, int) else STAY
        if action.name == "end" and action.kind == "press":
            return self.end(pen)
        if action.name == "ending" and action.kind == "answer":
            return self.ended(pen) if action.value == "yes" else STAY
        if action.name == "resetting" and action.kind == "answer":
            return self.reset(pen) if action.value == "yes" else STAY
        if named(action.name) and action.kind == "press":
            return (Push(opened("why", self.table, named(action.name))),)
        return None

    def handle(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move]:
        """What happens at an event."""
        self.ready(pen)
        if self.modal is None and event.type == pygame.KEYDOWN and not self.form.hears(event):
            moves = self.shortcut(event, pen)
            if moves is None:
                moves = self.shared_key(event, pen)
            if moves is not None:
                return [*moves, *self.sayings(pen)]
        return super().handle(event, pen)

    def hears(self, event: pygame.event.Event) -> bool:
        """Escape opens the menu, so that the window does not close the screen."""
        is_escape = event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE
        return is_escape or super().hears(event)

    def shared_key(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """What a key does on every game screen, or None."""
        if event.key in TAB_KEYS:
            return self.turned_to(TAB_KEYS[event.key], pen)
        doings: dict[int, Callable[[], Sequence[Move]]] = {
            pygame.K_SPACE: lambda: self.end(pen),
            pygame.K_z: lambda: self.undo(pen),
            pygame.K_r: lambda: self.ask_reset(pen),
            pygame.K_w: lambda: (Push(opened("why", self.table, self.figure_in_focus())),),
            pygame.K_i: lambda: (Push(opened("sources", self.table, self.figure_in_focus())),),
            pygame.K_l: lambda: (Push(opened("log", self.table)),),
            pygame.K_g: lambda: (Push(opened("glossary", self.table)),),
            pygame.K_o: lambda: (Push(opened("manual", self.table)),),
            pygame.K_ESCAPE: lambda: (Push(opened("menu", self.table)),),
        }
        if self.table.is_watching:
            doings |= {pygame.K_p: lambda: self.pause(pen), pygame.K_f: lambda: self.hurry(pen)}
        doing = doings.get(event.key)
        return None if doing is None else doing()

    def pause(self, pen: Pen) -> Sequence[Move]:
        """Lets a watched game go on by itself, or stand still."""
        self.table.pace = 0.0 if self.table.pace else PACES[0]
        return (Say(pen.words("game.going" if self.table.pace else "game.paused", seconds=f"{self.table.pace:g}")),)

    def hurry(self, pen: Pen) -> Sequence[Move]:
        """The next speed of a watched game, round the end."""
        at = PACES.index(self.table.pace) + 1 if self.table.pace in PACES else 0
        self.table.pace = PACES[at % len(PACES)]
        return (Say(pen.words("game.going", seconds=f"{self.table.pace:g}")),)

    def turned_to(self, at: int, pen: Pen) -> Sequence[Move]:
        """Another of the five screens; the debrief only when the game is over."""
        if TABS[at] == "debrief" and not self.table.is_over:
            return (Say(pen.words("game.no_debrief")),)
        return STAY if TABS[at] == self.name else (Replace(opened(TABS[at], self.table)),)

    # The draft and the end of the quarter

    def undo(self, pen: Pen) -> Sequence[Move]:
        """Takes the last order back; OrderRefused where there is none."""
        if self.table.is_watching:
            return (Say(pen.words("game.watching")),)
        sitting = self.table.sitting
        entry = sitting.undo()
        self.drafted()
        return (Say(pen.words("game.undone", order=sitting.name(entry))),)

    def ask_reset(self, pen: Pen) -> Sequence[Move]:
        """Asks whether to throw the draft away."""
        if self.table.is_watching or not self.table.sitting.draft:
            raise OrderRefused(pen.words("game.no_draft"))
        question = pen.words("game.reset_text", count=len(self.table.sitting.draft))
        answers = (("yes", pen.words("game.reset_yes")), ("no", pen.words("game.reset_no")))
        self.modal = Modal.ask("resetting", pen.words("game.reset"), question, answers)
        return STAY

    def reset(self, pen: Pen) -> Sequence[Move]:
        """Throws the draft away."""
        self.table.sitting.reset()
        self.drafted()
        return (Say(pen.words("game.was_reset")),)

    def drafted(self) -> None:
        """The draft changed from outside the screen's own controls: a subclass sets its controls anew."""
        self.relaid()

    def end(self, pen: Pen) -> Sequence[Move]:
        """Ends the quarter; asks first where moves are unused."""
        table = self.table
        if table.is_over:
            return self.turned_to(4, pen)
        if table.resolving is not None:
            return STAY
        left = 0 if table.is_watching else table.sitting.moves_left
        if left and pen.settings.asks_before_end:
            quarter, count = table.seen()["coming"], len(table.sitting.draft)
            text = pen.words("game.ending_none" if not count else "game.ending_some", left=left, count=count)
            answers = (("yes", pen.words("game.ending_yes")), ("no", pen.words("game.ending_no")))
            self.modal = Modal.ask("ending", pen.words("game.ending", quarter=quarter), text, answers)
            return STAY
        return self.ended(pen)

    def ended(self, pen: Pen) -> Sequence[Move]:
        """Hands the draft in; the quarter passes, or the next person sits down."""
        if self.table.hand_in():
            return (Replace(opened("resolve", self.table)),)
        return (Replace(opened("curtain", self.table)),)

    def let_go(self) -> None:
        """The window closes, or the screen failed: the game and its draft are kept."""
        tables.left(self.table)

    def keep_draft(self) -> None:
        """Lays a draft that changed beside the autosave, once nothing is being dragged: no end of the program loses it."""
        key = self.table.draft_key
        if key == self.kept_at or any(control.pressed for control in self.form.controls.values()):
            return
        self.kept_at = key
        if self.table.autosave is not None:
            tables.keep_drafts(self.table, self.table.autosave)

    def sayings(self, pen: Pen) -> list[Move]:
        """What the table has to say."""
        said, self.table.said[:] = list(self.table.said), []
        return [Say(one if isinstance(one, str) else refusal_words(one, self.table, pen.words)) for one in said]

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Lets tooltips ripen and watched games go on, asks how the game will end, and says what the table has to say."""
        if self.table.is_watching:
            self.table.passes(dt)
        self.keep_draft()
        self.rested = self.rested + dt if self.rested_at == self.laid_at else 0.0
        self.rested_at = self.laid_at
        if self.rested > PATIENCE and not self.table.is_over and self.table.resolving is None:
            self.table.verdict()
        return [*super().update(dt, pen), *self.sayings(pen)]

    # Drawing

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws the whole window."""
        self.ready(pen)
        self.paint_body(surface, pen)
        self.paint(surface, pen)
        draw_bar(surface, self.top_bar(pen), pen, self.form.rects["tabs"].width)
        self.form.draw(surface, pen)
        self.paint_over(surface, pen)
        if self.modal:
            self.modal.draw(surface, pen)

    def help_keys(self) -> Sequence[tuple[str, str]]:
        """Its own keys and those of all game screens, for the help."""
        return (*self.keys(), *GAME_KEYS, *(WATCH_KEYS if self.table.is_watching else ()))


GAME_KEYS = (
    ("1–5", "keys.screens"),
    ("Space", "keys.end_quarter"),
    ("W", "keys.why"),
    ("I", "keys.sources"),
    ("Z", "keys.undo"),
    ("R", "keys.reset"),
    ("O", "keys.manual"),
    ("L", "keys.log"),
    ("G", "keys.glossary"),
    ("Esc", "keys.menu"),
)
"""Keys of every game screen, each with the name of its words."""
WATCH_KEYS = (("P", "keys.pause"), ("F", "keys.faster"))
