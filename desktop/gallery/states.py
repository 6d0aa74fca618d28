"""Controls and their states."""

from dataclasses import replace

import pygame

from desktop.kit import (
    Button,
    Choice,
    Control,
    Fact,
    Field,
    Item,
    Listing,
    Notice,
    Slider,
    Stepper,
    Toggle,
    draw_empty,
    draw_progress,
    draw_tooltip,
    draw_waiting,
)
from desktop.kit.choice import Tabs
from desktop.pen import Pen
from desktop.sites import Site, draw_site
from desktop.theme import COLOURS

STATES = ("Rest", "Hover", "Focus (keyboard)", "Pressed", "Disabled")
KEYS = (("1–5", "screens"), ("Space", "end_quarter"), ("Tab", "next"), ("W", "why"), ("Z", "undo"), ("?", "all"))
LEFT, STEP, WIDE = 216.0, 222.0, 190.0


def controls() -> list[tuple[str, float, float, Control, str]]:
    """Name, top, height, the control at rest, and why it cannot be used in the last column."""
    choice = Choice(name="tools", options=("Open", "Licence", "Blocked"), value=1, was=0)
    return [
        (
            "Primary button",
            146,
            46,
            Button(name="end", label="End quarter", kind="primary", hint="Space"),
            "1 decision still open",
        ),
        ("Secondary button", 226, 36, Button(name="open", label="Open request"), "asked once a quarter"),
        ("Slider", 292, 28, Slider(name="quota", value=62, was=44, colour="us"), "needs Dutch consent"),
        ("Choice", 358, 30, choice, "a rule of another seat"),
        ("Number", 424, 30, Stepper(name="officers", value=150, was=120, high=400, step=10), "no budget left"),
        ("Pill", 490, 28, Toggle(name="smuggled", label="Smuggled", channel="smuggled"), "nothing smuggled"),
    ]


def state(control: Control, n: int, reason: str) -> Control:
    """The control in one of the states."""
    if n == 1:
        after = replace(control, hover=True)
        return replace(after, over=2) if isinstance(after, Choice) else after
    if n == 2:
        return replace(control, focused=True)
    if n == 3:
        after = replace(control, pressed=True, hover=True)
        return replace(after, on=True) if isinstance(after, Toggle) else after
    return replace(control, reason=reason) if n == 4 else control


def draw(surface: pygame.Surface, pen: Pen) -> None:
    """Draws the sheet."""
    px = pen.px
    surface.fill(COLOURS["panel"])
    pen.write(surface, "Controls and their states", (px(40), px(34)), "finding")
    text = "Ivory means “you can act here”. Side colours belong to data, never to buttons."
    pen.write(surface, text, (px(40), px(72)), "subtitle", "t2")
    for n, name in enumerate(STATES):
        pen.write(surface, name, (px(LEFT + STEP * n), px(112)), "note", "t2")
    for name, top, tall, control, reason in controls():
        middle = px(top) + max(pen.scale.target(), px(tall)) // 2
        pen.write(surface, name, (px(40), middle - pen.line("strong") // 2), "strong")
        for n in range(len(STATES)):
            shown = state(control, n, reason)
            rect = pygame.Rect(px(LEFT + STEP * n), px(top), px(WIDE), max(pen.scale.target(), px(tall)))
            if isinstance(shown, Toggle):
                rect.width = shown.least(pen)[0]
            shown.draw(surface, rect, pen)
            if shown.focused:
                shown.draw_focus(surface, rect, pen)
            shown.draw_reason(surface, rect, pen)
    note = "tick, line: value in force"
    pen.write(surface, note, (px(LEFT), px(292) + pen.scale.target() + px(6)), "note", "t3")
    pen.write(surface, "← → by 1, Shift by 10", (px(LEFT + 2 * STEP), px(326)), "note", "t3")
    draw_map_sites(surface, pen)
    draw_more(surface, pen)
    draw_lower(surface, pen)


def draw_map_sites(surface: pygame.Surface, pen: Pen) -> None:
    """A site on the map in each state."""
    px = pen.px
    y = 566
    pen.write(surface, "Map site", (px(40), px(y) - pen.line("strong") // 2), "strong")
    for n in range(len(STATES)):
        site = Site("smic", "foundry", 121.5, 31.2, "cn", "SMIC Shanghai", offset=(8, 0))
        if n == 3:
            site = replace(site, sub="selected, card open")
        if n == 4:
            site = replace(site, sub="no orders this role", reason="no orders this role")
        at = (px(LEFT + STEP * n + 20), px(y))
        draw_site(surface, site, at, pen, hover=n == 1, focused=n == 2, selected=n == 3, halo=None)
    pen.rule(surface, px(40), px(600), px(1520))


def draw_more(surface: pygame.Surface, pen: Pen) -> None:
    """A list, a field and tabs at the right."""
    px = pen.px
    left = 1352.0
    pen.write(surface, "List and search", (px(left), px(112)), "note", "t2")
    field = Field(name="find", label=pen.words("kit.search"), text="smug", caret=4, focused=True)
    field.draw(surface, pygame.Rect(px(left), px(146), px(208), px(34)), pen)
    items = tuple(Item(text, note) for text, note in (("Fund enforcement", "Washington"), ("Tolerate", "Beijing")))
    rows = Listing(name="orders", items=(*items, *items, *items), row=px(36), hover=True, over=2)
    rows.draw(surface, pygame.Rect(px(left), px(192), px(208), px(36) * 4), pen)
    empty = Listing(name="none", empty=pen.words("kit.nothing_found", text="zebra"))
    empty.draw(surface, pygame.Rect(px(left), px(350), px(208), px(40)), pen)
    tabs = Tabs(name="tabs", options=("Map", "Orders", "Intel"), keys=("1", "2", "3"), shut=frozenset((2,))).measured(
        pen
    )
    tabs.draw(surface, pygame.Rect(px(left), px(400), px(208), px(48)), pen)
    toggle = Toggle(name="motion", label="Reduce motion", on=True)
    toggle.draw(surface, pygame.Rect(px(left), px(470), px(170), pen.scale.target()), pen)
    draw_empty(surface, pygame.Rect(px(left), px(530), px(208), px(40)), "No shipments on this route yet", pen)


def draw_lower(surface: pygame.Surface, pen: Pen) -> None:
    """A refusal, a warning, a tooltip, a wait, keys."""
    px = pen.px
    pen.write(surface, "Refused order", (px(40), px(606)), "strong")
    notice = Notice("The quota cannot pass 90k H100e", "TSMC has no packaging left this quarter.", "error")
    text = notice.draw(surface, pygame.Rect(px(40), px(634), px(420), px(96)), pen)
    for x, label, hint in ((0, "Set it to 90k", ""), (104, "Keep my draft", "quiet")):
        link = Button(name=label, label=label, kind="link", hint=hint)
        link.draw(surface, pygame.Rect(text.left + px(x), text.bottom, px(110), pen.scale.target()), pen)
    pen.write(surface, "Consequence warning", (px(40), px(748)), "strong")
    warning = Notice(
        "A full ban likely brings a rare-earth cutoff", "60% (40–75) within two quarters. You can still enact it."
    )
    warning.draw(surface, pygame.Rect(px(40), px(776), px(420), warning.least(pen, px(420))), pen)
    pen.write(surface, "Tooltip, after 300 ms", (px(500), px(606)), "strong")
    facts = (
        Fact("Advanced wafers", "108k", "90–125k"),
        Fact("Usable Ascend dies", "5 in 100", "2½–12"),
        Fact("Next revealed", "2026 Q1"),
    )
    anchor = pygame.Rect(px(480), px(642), 8, 8)
    foot = "Why so wide: three sources disagree by 2.4×"
    draw_tooltip(surface, anchor, "SMIC Shanghai", facts, pen, foot, local="中芯国际")
    pen.write(surface, "Waiting for other players", (px(500), px(826)), "strong")
    people = (("China", "cn", True), ("Nvidia", "us", True), ("Huawei", "cn", False), ("DeepSeek", "cn", False))
    draw_waiting(surface, (px(500), px(854)), people, pen)
    pen.write(surface, "Working", (px(880), px(606)), "strong")
    draw_progress(surface, pygame.Rect(px(880), px(640), px(260), px(40)), 0.6, "Rivals decide: 24 of 40", pen)
    pen.write(surface, "Keyboard", (px(1240), px(606)), "strong")
    for n, (key, word) in enumerate(KEYS):
        pen.key(surface, key, (px(1240), px(636 + 27 * n)))
        pen.write(surface, pen.words(f"keys.{word}"), (px(1310), px(635 + 27 * n)), "body", "t2")
