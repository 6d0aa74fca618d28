"""Glossary: the terms of the field, one key away, to search through."""

from collections.abc import Mapping, Sequence

import pygame

from desktop.kit import Action, Button, Control, Field, Form, Item, Listing
from desktop.pen import Pen
from desktop.screen import STAY, FormScreen, Move, Pop
from desktop.screens.overlay import draw_overlay, frame_of
from desktop.table import Table
from play.glossary import Term, glossary


def found_in(terms: Sequence[Term], asked: str) -> tuple[Term, ...]:
    """The terms in which a text occurs: in their names first, then in what they mean."""
    word = asked.strip().lower()
    if not word:
        return tuple(terms)
    named = [term for term in terms if any(word in name.lower() for name in (term.name, *term.also))]
    told = [term for term in terms if term not in named and word in term.text.lower()]
    return (*named, *told)


class GlossaryScreen(FormScreen):
    """A field to search in, the terms, and what the chosen one means."""

    title = "Glossary"
    lies_over = True

    def __init__(self, table: Table | None = None, term: str = "") -> None:
        super().__init__()
        self.asked = ""
        self.first = term
        self.form = Form(focus="search")

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that are shown."""
        return found_in(glossary(), self.asked)

    @property
    def chosen(self) -> Term | None:
        """The term whose meaning is shown."""
        listing = self.form.controls.get("terms")
        terms = self.terms
        if not terms or not isinstance(listing, Listing):
            return None
        return terms[min(listing.chosen, len(terms) - 1)]

    def controls(self) -> Sequence[Control]:
        """The field, the terms, and the way back."""
        terms = self.terms
        at = next((n for n, term in enumerate(terms) if self.first in (term.key, term.name, *term.also)), 0)
        items = tuple(Item(term.name, second=", ".join(term.also)) for term in terms)
        return (
            Field(name="search"),
            Listing(name="terms", items=items, chosen=at),
            Button(name="close", kind="primary"),
        )

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The field over the list at the left, the button at the foot."""
        frame = frame_of(pen, 1080)
        tall = max(pen.scale.target(), pen.px(40))
        field, listing = self.form["search"], self.form["terms"]
        assert isinstance(field, Field)
        assert isinstance(listing, Listing)
        row = pen.line("strong") + pen.line("note") + pen.px(10)
        items = tuple(Item(term.name, second=", ".join(term.also)) for term in self.terms)
        empty = pen.words("kit.nothing_found", text=self.asked)
        left = pygame.Rect(frame.left + pen.px(28), frame.top + pen.px(64), round(frame.width * 0.36), tall)
        rest = pygame.Rect(left.left, left.bottom + pen.px(12), left.width, frame.bottom - left.bottom - pen.px(40))
        chosen = min(listing.chosen, max(0, len(items) - 1))
        shown = max(1, rest.height // row)
        offset = max(0, min(max(listing.offset, chosen - shown + 1), chosen))
        close = Button(name="close", label=pen.words("why.close"), kind="primary", hint="Esc")
        label = pen.words("glossary.search", count=len(glossary()))
        self.form = self.form.with_control(
            close,
            Field(name="search", label=label, text=field.text, caret=field.caret),
            Listing(name="terms", items=items, chosen=chosen, row=row, empty=empty, offset=offset),
        )
        wide = close.least(pen)[0]
        return {
            "search": left,
            "terms": rest,
            "close": pygame.Rect(frame.right - pen.px(28) - wide, frame.bottom - pen.px(22) - tall, wide, tall),
        }

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Searches, or goes back."""
        if action.name == "close" and action.kind == "press":
            return (Pop(),)
        if action.name == "search" and action.kind == "change":
            self.asked = str(action.value)
            listing = self.form["terms"]
            assert isinstance(listing, Listing)
            self.form = self.form.with_control(Listing(name="terms", items=listing.items))
            self.relaid()
        return STAY

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """Down and up step through the terms from the field, too; G closes it from elsewhere."""
        listing = self.form["terms"]
        assert isinstance(listing, Listing)
        if event.key in (pygame.K_DOWN, pygame.K_UP) and self.form.focus != "terms":
            moved, _ = listing.to(listing.chosen + (1 if event.key == pygame.K_DOWN else -1))
            self.form = self.form.with_control(moved)
            self.relaid()
            return STAY
        return (Pop(),) if event.key == pygame.K_g else None

    def keys(self) -> Sequence[tuple[str, str]]:
        """Its own keys, for the help."""
        return (("↑ ↓", "glossary.keys.step"),)

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The frame, and what the chosen term means."""
        frame = frame_of(pen, 1080)
        draw_overlay(surface, frame, pen)
        pen.write(surface, pen.words("glossary.title"), (frame.left + pen.px(28), frame.top + pen.px(22)), "section")
        term = self.chosen
        if term is None:
            return
        x = self.form.rects["terms"].right + pen.px(40)
        room = frame.right - pen.px(36) - x
        y = frame.top + pen.px(64)
        pen.upright(surface, x - pen.px(20), y, frame.bottom - pen.px(100) - y)
        y = pen.paragraph(surface, term.name, (x, y), room, "finding", "t1", count=2).bottom + pen.px(4)
        if term.also:
            text = pen.words("glossary.also", names=", ".join(term.also))
            y = pen.paragraph(surface, text, (x, y), room, "note", "t3", count=2).bottom + pen.px(8)
        pen.paragraph(surface, term.text, (x, y + pen.px(4)), room, "subtitle", "t1")
