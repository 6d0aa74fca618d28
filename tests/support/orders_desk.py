"""What the tests of the orders screen share: seats, sizes, and what a person does to bring a lever into sight."""

from desktop.app import App
from desktop.screens.draft import Draft
from desktop.screens.levers import control_name
from desktop.table import Table
from play.words import read

SEATS = (
    "washington",
    "beijing",
    "taipei",
    "smic",
    "tsmc",
    "sk-hynix",
    "huawei",
    "nvidia",
    "deepseek",
    "openai",
    "malaysia-route",
)
"""At least one seat of every role, of both sides where a role has them."""
SIZES = ((1600, 900, 1.0), (1280, 720, 1.0), (1024, 640, 1.0), (1600, 900, 1.5), (1280, 720, 2.0))
DRAWN = ("washington", "beijing", "deepseek")
"""Seats with drawn controls, tried in larger type too."""
ONE_OF_EACH = tuple(seat for seat in SEATS if seat not in ("tsmc", "nvidia", "openai"))
"""One seat of every role."""
FITTED = [
    *(("washington", size) for size in SIZES),
    *((seat, size) for seat in DRAWN[1:] for size in (SIZES[2], SIZES[4])),
    *((seat, SIZES[2]) for seat in ONE_OF_EACH if seat not in DRAWN),
]
WORDS = read()


def shown(app: App, row: int) -> str:
    """The name of a dial's control, brought into sight."""
    screen, pen = app.screen, app.pen
    draft = screen.draft
    dial = draft.book.dials[row]
    screen.go_to(dial.kind.name, pen)
    if dial.kind.name == "cap_exports":
        group = draft.book.layout.cast.names["groups"].index(dial.picks[0])
        if screen.group != group:
            screen.group = group
            screen.drafted()
    name = control_name(row)
    screen.ready(pen)
    if name in screen.column.names:
        screen.focus_on(name, pen)
    else:
        screen.form = screen.form.focused(name)
    screen.ready(pen)
    assert name in screen.form.rects, f"{dial.label} is not in sight"
    return name


def rows_of(table: Table):
    """Every dial of a seat that the seat can set at all, by the game's own word."""
    draft = Draft(table)
    return [row for entry in draft.entries if not draft.reason(entry) for row in draft.rows(entry)]


def settings_after(app: App) -> dict[int, int]:
    return app.screen.table.sitting.settings
