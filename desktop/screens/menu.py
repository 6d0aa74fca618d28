"""Menu of a running game: save, load, options, take over a seat, let it be finished, leave."""

from collections.abc import Callable, Mapping, Sequence

import pygame

from desktop import tables
from desktop.kit import Action, Button, Control
from desktop.pen import Pen
from desktop.screen import STAY, Begin, FormScreen, Move, Pop, Push, Quit
from desktop.screens.opening import opened
from desktop.screens.reading import draw_sheet
from desktop.screens.state_panel import draw_state
from desktop.table import Table
from desktop.theme import COLOURS
from play.verdict import told

WAYS = ("on", "save", "load", "log", "seat", "finish", "options", "title", "quit")


class MenuScreen(FormScreen):
    """What Escape opens."""

    title = "Menu"
    starts_on = "on"

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table

    def controls(self) -> Sequence[Control]:
        """A button for each way."""
        return tuple(Button(name=name) for name in WAYS)

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """One under another, each with what it does beside it; the state of the game on the right where there is room."""
        self.label_controls(pen)
        self.side = pygame.Rect(0, 0, pen.scale.panel(520), pen.scale.height)
        self.side.right = pen.scale.width
        left, top = pen.px(32), pen.px(28) + pen.line("finding") + 2 * pen.line("subtitle") + pen.px(26)
        button = max(self.form[name].least(pen)[0] for name in WAYS) + pen.px(16)
        room = pen.scale.height - top - pen.px(24)
        step = min(pen.px(78), room // len(WAYS))
        self.about_left = left + button + pen.px(24)
        self.about_wide = self.side.left - pen.px(24) - self.about_left
        texts = [self.about(name, pen) for name in WAYS]
        lines = max(len(pen.lines(text, max(1, self.about_wide), "body")) for text in texts)
        self.has_side = self.about_wide > pen.px(160) and lines <= 2 and lines * pen.line("body") <= step
        if not self.has_side:
            self.about_wide = pen.scale.width - pen.px(32) - self.about_left
        tall = min(max(pen.px(44), pen.scale.target()), step - 4)
        return {name: pygame.Rect(left, top + n * step, button, tall) for n, name in enumerate(WAYS)}

    def label_controls(self, pen: Pen) -> None:
        """What each button is called now."""
        for name in WAYS:
            label = pen.words("menu.watch_seat" if name == "seat" and self.table.is_watching else f"menu.{name}")
            reason = " " if name == "finish" and self.table.is_over else ""
            kind = "primary" if name == "on" else "secondary"
            self.form = self.form.with_control(Button(name=name, label=label, kind=kind, reason=reason))

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """Where the game stands, and what each way does."""
        seen = self.table.seen()
        moment = pen.words("menu.moment", title=seen["title"], quarter=seen["coming"] or seen["played"])
        if not self.has_side:
            moment = f"{moment} {self.projected()}".strip()
        draw_sheet(surface, pen.words("menu.heading"), moment, pen)
        for name in WAYS:
            rect, text = self.form.rects[name], self.about(name, pen)
            lines = pen.lines(text, self.about_wide, "body", 2 if self.has_side else 1)
            at = (self.about_left, rect.centery - len(lines) * pen.line("body") // 2)
            pen.paragraph(surface, text, at, self.about_wide, "body", "t2", count=len(lines))
        if self.has_side:
            draw_state(surface, self.side, self.table, pen)

    def about(self, name: str, pen: Pen) -> str:
        """What a way does."""
        return self.finishing(pen) if name == "finish" else pen.words(f"menu.{name}_about")

    def projected(self) -> str:
        """The countdown and how the game will likely end for the seat, once that is worked out."""
        if self.table.is_over:
            return ""
        known = self.table.verdict()
        return told(known.value) if known.is_there and not known.work.exception() else ""

    def finishing(self, pen: Pen) -> str:
        """What letting the game be finished means now."""
        if self.table.is_over:
            return pen.words("menu.over")
        known = self.table.answers.get("verdict")
        if known and known.is_there and not known.work.exception() and known.value.is_decided:
            return pen.words("menu.decided", percent=f"{100 * known.value.agreement:.0f}")
        return pen.words("menu.finish_about")

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Goes the way that was pressed."""
        from desktop.screens.options import OptionsScreen
        from desktop.screens.saves import SavesScreen
        from desktop.screens.taking import TakingScreen
        from desktop.screens.title import TitleScreen

        if action.name == "finish" and not self.table.is_over:
            return (Begin(FinishScreen(self.table)),)
        ways: dict[str, Callable[[], Sequence[Move]]] = {
            "on": lambda: (Pop(),),
            "save": lambda: (Push(SavesScreen(self.table, is_saving=True)),),
            "load": lambda: (Push(SavesScreen(self.table)),),
            "log": lambda: (Push(opened("log", self.table)),),
            "seat": lambda: (Push(TakingScreen(self.table)),),
            "options": lambda: (Push(OptionsScreen()),),
            "quit": lambda: (Quit(),),
        }
        if action.name == "title":
            tables.left(self.table)
            return (Begin(TitleScreen()),)
        return ways[action.name]() if action.name in ways else STAY

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """Up and down walk the ways."""
        if event.key in (pygame.K_UP, pygame.K_DOWN):
            self.form = self.form.moved(1 if event.key == pygame.K_DOWN else -1)
            return STAY
        return None


class FinishScreen(FormScreen):
    """Programs play all seats to the end, while the window stays alive."""

    title = "The end"
    is_working = True

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.answer = table.finish()

    def let_go(self) -> None:
        """The window closes: the game is played to its end and kept."""
        tables.left(self.table)

    def hears(self, event: pygame.event.Event) -> bool:
        """Escape does nothing here."""
        return event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Opens the debrief once the game is over."""
        if not self.answer.is_there:
            return STAY
        self.answer.work.result()
        return (Begin(opened("debrief", self.table)),)

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """What is being done, and how far it is: a cell for each quarter, those that are played filled."""
        surface.fill(COLOURS["ink"])
        turn, turns = self.table.turn, int(self.table.seen()["length"])
        wide = min(pen.px(560), pen.scale.width - pen.px(64))
        left, middle = (pen.scale.width - wide) // 2, pen.scale.height // 2
        pen.icon(surface, "hourglass", (pen.scale.width // 2, middle - pen.px(110)), 16, "ivory")
        at = (pen.scale.width // 2, middle - pen.px(70))
        pen.write(surface, pen.words("menu.finishing"), at, "finding", "t1", align="centre", most=wide + pen.px(60))
        cell = wide / turns
        for n in range(turns):
            box = pygame.Rect(round(left + n * cell), middle, max(1, round(cell) - pen.px(4)), pen.px(10))
            pen.box(surface, box, "ivory" if n < turn else "raised", radius=1)
        at = (pen.scale.width // 2, middle + pen.px(24))
        pen.write(surface, pen.words("menu.quarter", turn=turn, turns=turns), at, "subtitle", "t2", align="centre")
