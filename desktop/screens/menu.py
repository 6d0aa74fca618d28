"""Menu of a running game: save, load, options, take over a seat, let it be finished, leave."""

from collections.abc import Callable, Mapping, Sequence

import pygame

from desktop import tables
from desktop.kit import Action, Button, Control
from desktop.pen import Pen
from desktop.screen import STAY, Begin, FormScreen, Move, Pop, Push, Quit
from desktop.screens.opening import opened
from desktop.screens.reading import draw_sheet
from desktop.table import Table
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
        """One under another, each with what it does beside it."""
        made, boxes = [], {}
        left, top = pen.px(32), pen.px(28) + pen.line("finding") + 2 * pen.line("subtitle") + pen.px(26)
        room = pen.scale.height - top - pen.px(24)
        step = min(pen.px(62), room // len(WAYS))
        tall = min(max(pen.px(40), pen.scale.target()), step - 4)
        for n, name in enumerate(WAYS):
            reason = pen.words("menu.over") if name == "finish" and self.table.is_over else ""
            label = pen.words("menu.watch_seat" if name == "seat" and self.table.is_watching else f"menu.{name}")
            made.append(Button(name=name, label=label, kind="primary" if name == "on" else "secondary"))
            if reason:
                made[-1] = Button(name=name, label=label, reason=" ")
            boxes[name] = pygame.Rect(left, top + n * step, pen.px(300), tall)
        self.form = self.form.with_control(*made)
        return boxes

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """Where the game stands, and what each way does."""
        seen = self.table.seen()
        moment = pen.words("menu.moment", title=seen["title"], quarter=seen["coming"] or seen["played"])
        if not seen["is_ranked"]:
            moment += " " + pen.words("menu.unranked")
        draw_sheet(surface, pen.words("menu.heading"), f"{moment} {self.projected()}".strip(), pen)
        for name in WAYS:
            rect = self.form.rects[name]
            at = (rect.right + pen.px(24), rect.centery - pen.line("body") // 2)
            text = pen.words(f"menu.{name}_about")
            if name == "finish":
                text = self.finishing(pen)
            pen.write(surface, text, at, "body", "t2", most=pen.scale.width - pen.px(32) - at[0])

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
        """What is being done, and how far it is."""
        draw_sheet(surface, pen.words("menu.finishing"), pen.words("menu.quarter", turn=self.table.turn), pen)
