"""Saves: what was kept, to take up again; and, from a game, a place to keep it under a name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pygame

from desktop import foresight, saves, tables
from desktop.kit import Action, Button, Control, Field, Form, Item, Listing, Modal
from desktop.pen import Pen
from desktop.saves import Kept
from desktop.screen import STAY, Begin, FormScreen, Move, Pop, Say
from desktop.screens.opening import first
from desktop.screens.reading import draw_sheet
from desktop.settings import from_home
from desktop.table import Table


class SavesScreen(FormScreen):
    """The saved games, the latest first. With a table, that game can be kept under a name; without one, only loaded."""

    title = "Saves"

    def __init__(self, table: Table | None = None, is_saving: bool = False) -> None:
        super().__init__()
        self.table = table
        self.is_saving = is_saving and table is not None
        self.kept = saves.kept()
        self.form = Form(focus="name" if self.is_saving else "list")

    def controls(self) -> Sequence[Control]:
        """The name where one saves, the list, the buttons."""
        return (
            Field(name="name", icon=""),
            Listing(name="list"),
            *(Button(name=name) for name in ("keep", "load", "delete", "back")),
        )

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The name over the list over the buttons."""
        left, top = pen.px(32), pen.px(28) + pen.line("finding") + pen.line("subtitle") + pen.px(28)
        wide, tall = pen.scale.width - 2 * left, max(pen.px(40), pen.line("strong") + pen.px(12))
        foot = pen.scale.height - pen.px(34) - tall
        listing, field = self.form["list"], self.form["name"]
        assert isinstance(listing, Listing)
        assert isinstance(field, Field)
        row = pen.line("strong") + pen.line("note") + pen.px(12)
        items = tuple(item(one, pen) for one in self.kept)
        chosen = min(listing.chosen, max(0, len(items) - 1))
        one = self.kept[chosen] if self.kept else None
        none = "" if one else pen.words("saves.none_chosen")
        text = field.text or (self.suggested() if self.is_saving else "")
        self.form = self.form.with_control(
            replace(listing, items=items, row=row, chosen=chosen, empty=pen.words("saves.empty")),
            replace(field, label=pen.words("saves.name"), text=text, caret=min(field.caret, len(text)) or len(text)),
            Button(name="keep", label=pen.words("saves.keep"), kind="primary", hint=pen.words("keys.enter")),
            Button(
                name="load",
                label=pen.words("saves.load"),
                kind="secondary" if self.is_saving else "primary",
                reason=none or (pen.words("saves.broken") if one and one.trouble else ""),
            ),
            Button(name="delete", label=pen.words("saves.delete"), reason=none),
            Button(name="back", label=pen.words("options.back"), hint=pen.words("keys.escape")),
        )
        boxes = {}
        if self.is_saving:
            keep = self.form["keep"].least(pen)[0]
            boxes["name"] = pygame.Rect(left, top, min(pen.px(520), wide - keep - pen.px(16)), tall)
            boxes["keep"] = pygame.Rect(boxes["name"].right + pen.px(12), top, keep, tall)
            top += tall + pen.px(20)
        boxes["list"] = pygame.Rect(left, top, wide, foot - pen.px(16) - top)
        right = left + wide
        for name in ("load", "delete", "back"):
            least = max(self.form[name].least(pen)[0], pen.width(self.form[name].reason, "note"))
            boxes[name] = pygame.Rect(right - least, foot, least, tall)
            right -= least + pen.px(12)
        return boxes

    def suggested(self) -> str:
        """A name for the game as it stands."""
        assert self.table is not None
        seen = self.table.seen()
        return f"{seen['seat']['title']} {seen['coming'] or seen['played']}"

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The heading, and where the files are."""
        title = pen.words("saves.title_save" if self.is_saving else "saves.title_load")
        draw_sheet(surface, title, pen.words("saves.place", folder=from_home(saves.folder())), pen)

    @property
    def chosen(self) -> Kept | None:
        """The save that is chosen."""
        listing = self.form["list"]
        assert isinstance(listing, Listing)
        return self.kept[listing.chosen] if self.kept else None

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """What a control or an answer asked for."""
        self.relaid()
        if action.kind == "answer":
            return self.answered(action, pen)
        if action.name == "back":
            return (Pop(),)
        if action.name == "keep" or (action.name == "name" and action.kind == "confirm"):
            return self.keep(pen)
        if action.name == "delete":
            self.ask("delete", pen)
        elif action.name == "load" or (action.name == "list" and action.kind == "open"):
            return self.load()
        return STAY

    def ask(self, name: str, pen: Pen) -> None:
        """Asks before a file is lost."""
        one = self.chosen
        called = one.name if one else ""
        answers = (("yes", pen.words(f"saves.{name}_yes")), ("no", pen.words("saves.no")))
        self.modal = Modal.ask(
            name, pen.words(f"saves.{name}_ask"), pen.words(f"saves.{name}_text", name=called), answers
        )

    def answered(self, action: Action, pen: Pen) -> Sequence[Move]:
        """After a question."""
        if action.value != "yes":
            return STAY
        if action.name == "delete" and self.chosen:
            saves.removed(self.chosen.path)
            self.kept = saves.kept()
        elif action.name == "replace":
            return self.keep(pen, is_asked=True)
        return STAY

    def keep(self, pen: Pen, is_asked: bool = False) -> Sequence[Move]:
        """Keeps the game under the name; asks where that stands already."""
        field = self.form["name"]
        assert isinstance(field, Field)
        assert self.table is not None
        path = saves.free_path(field.text)
        if path.exists() and not is_asked:
            answers = (("yes", pen.words("saves.replace_yes")), ("no", pen.words("saves.no")))
            text = pen.words("saves.replace_text", name=field.text)
            self.modal = Modal.ask("replace", pen.words("saves.replace_ask"), text, answers)
            return STAY
        self.table.sitting.save(path)
        tables.keep_drafts(self.table, path)
        foresight.lay_beside(self.table, path)
        return (Pop(), Say(pen.words("saves.kept", name=field.text)))

    def load(self) -> Sequence[Move]:
        """Takes the chosen game up; one that is broken says why."""
        one = self.chosen
        if one is None:
            return STAY
        if one.trouble:
            raise ValueError(one.trouble)
        table = tables.taken_up(one.path)
        if self.table is not None:
            tables.left(self.table)
        return (Begin(first(table)),)

    def keys(self) -> Sequence[tuple[str, str]]:
        """For the help."""
        return (("↑ ↓", "saves.key_choose"), ("Enter", "saves.key_load"))


def item(one: Kept, pen: Pen) -> Item:
    """A save in a row."""
    name = pen.words("saves.auto") if one.is_auto else one.name
    if one.trouble:
        return Item(name, one.day, one.trouble)
    state = pen.words("saves.over") if one.is_over else pen.words("saves.at", quarter=one.moment, turn=one.turn + 1)
    ranked = "" if one.is_ranked else " " + pen.words("saves.unranked")
    who = one.seat or pen.words("saves.watched")
    return Item(f"{name}: {who}", one.day, f"{one.title}. {state}{ranked}")
