"""A map on a desk: its window with everything worked out, and figures that are known exactly."""

from desktop.currents import Five
from desktop.globe import read_land
from desktop.places import read_places

PLACES = read_places()


def known(h100e):
    return Five(h100e, h100e, h100e, h100e, h100e)


def shown(app):
    """The window with everything worked out and built."""
    app.frame([], 0.016)
    app.screen.asked(app.pen).work.result()
    app.screen.table.asked("land", "land", read_land).work.result()
    app.screen.table.verdict().work.result()
    for _ in range(2000):
        if not app.screen.is_drawing(app.pen):
            break
        app.frame([], 0.0)
    app.frame([], 0.016)
