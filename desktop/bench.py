"""How fast the desktop draws on this machine: `python main.py bench --desktop`. Nothing here is tested against a clock."""

import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median

import pygame

from desktop.flows import Flow, FlowLayer
from desktop.gallery import atlas, encodings, figures
from desktop.globe import Globe, MapPicture, read_land
from desktop.kit import Button, Control, Form, Slider, Toggle
from desktop.pen import Pen
from desktop.scale import Scale
from desktop.screen import Screen
from desktop.table import Table
from desktop.text import Typesetter
from play import words

FRAMES = 200
WARM, QUARTERS = 5, 3
SCREENS = ("map", "orders", "intelligence", "supply", "why", "sources", "log", "manual", "glossary", "menu")
ABOUT = {"why": ("lead",), "sources": ("huawei_chips",)}
ROOT = Path(__file__).resolve().parents[1]
FIRST_PICTURE = """
from desktop.app import App
from desktop.door import TitleScreen
App(TitleScreen()).frame([], 0.016)
"""


def timed(work: Callable[[], object], times: int = 1) -> float:
    """Milliseconds that work takes, the median of some times."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return median(took)


def memory() -> float:
    """The most memory this process held, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def many_marks(pen: Pen, count: int = 500) -> FlowLayer:
    """Flows that carry so many marks together."""
    area = pen.scale.map_area()
    globe = Globe(area.width, area.height)
    flows = [flow for flow in atlas.flows(atlas.places(globe), globe) if flow.channel != "tools"]
    total = sum(flow.amount for flow in flows)
    share = count * 5_000 / total
    more = [Flow(f.name, f.channel, f.path, f.amount * share, f.low, f.high) for f in flows]
    return FlowLayer(more, pen.scale.unit)


def forty(pen: Pen) -> Form:
    """Forty controls."""
    controls: list[Control] = []
    for n in range(40):
        kinds = (
            Button(name=str(n), label=f"Request {n}"),
            Slider(name=str(n), label=f"Quota {n}", value=n, was=20),
            Toggle(name=str(n), label="Smuggled", channel="smuggled"),
        )
        controls.append(kinds[n % 3])
    rects = {str(n): pygame.Rect(20 + 250 * (n % 5), 20 + 60 * (n // 5), 220, 48) for n in range(40)}
    return Form.of(controls, focus="3").placed(rects)


def figures_of(scenario: str = "november-2025", width: int = 1600, height: int = 900) -> dict[str, float]:
    """What is measured, by name, in milliseconds and at last in MB."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    found: dict[str, float] = {}
    pygame.display.init()
    surface = pygame.display.set_mode((width, height))
    pen = Pen(Scale(width, height), Typesetter(), words.read())
    area = pen.scale.map_area()
    found["map: outlines read"] = timed(read_land)
    land = read_land()
    picture = MapPicture(Globe(area.width, area.height), land, pen.scale.unit)
    longest, start = 0.0, time.perf_counter()
    for _ in picture.steps():
        now = time.perf_counter()
        longest, start = max(longest, (now - start) * 1000), now
    found["map: longest piece of the build"] = longest
    found["map: built"] = timed(lambda: MapPicture(Globe(area.width, area.height), land, pen.scale.unit).built(), 3)
    base = picture.built().convert()
    found["map: laid on the window"] = timed(lambda: surface.blit(base, area), FRAMES)
    layer = many_marks(pen)
    found["flows: made"] = timed(lambda: many_marks(pen), 3)
    found["flows: lines painted"] = timed(lambda: layer.paint(base), 3)
    moment = iter(range(10**9))
    found["flows: 500 marks"] = timed(lambda: layer.draw_marks(surface, next(moment) / 60, area.topleft), FRAMES)

    def frame() -> None:
        surface.blit(base, area)
        layer.draw_marks(surface, next(moment) / 60, area.topleft)

    found["frame: map and 500 marks"] = timed(frame, FRAMES)
    form = forty(pen)
    found["kit: 40 controls, first time"] = timed(lambda: form.draw(surface, pen))
    found["kit: 40 controls"] = timed(lambda: form.draw(surface, pen), FRAMES)
    fresh = Pen(Scale(width, height), Typesetter(), words.read())
    found["text: a sheet of 90 labels, first time"] = timed(lambda: encodings.draw(surface, fresh))
    found["charts: race, rows, preview, belief, Sankey, first time"] = timed(lambda: figures.draw(surface, pen))
    found["charts: the same again"] = timed(lambda: figures.draw(surface, pen), 5)
    found |= screens_of(scenario, width, height)
    found |= turns_of(scenario, width, height)
    found["from the command to the first picture"] = timed(first_picture, 3)
    found["memory, MB"] = memory()
    return found


def screens_of(scenario: str, width: int, height: int) -> dict[str, float]:
    """A real game's screens: the first frame of each, cold and warm, and what a frame and a hover take in the four main ones."""
    from desktop.app import App
    from desktop.screens.game import TABS
    from desktop.screens.opening import opened
    from desktop.settings import Settings

    table = begun(scenario, {})
    for _ in range(4):
        table.hand_in()
        table.resolve().work.result()
    found = {"projected end: 128 futures": timed(lambda: table.verdict().value)}
    app = App(opened("map", table), Settings(width=width, height=height))
    for name in SCREENS:
        screens = iter([opened(name, table, *ABOUT.get(name, ())) for _ in range(WARM + 1)])
        table.answers.clear()
        app.type, app.leaving = Typesetter(), None
        app.pen = app.new_pen()

        def change(screens: Iterator[Screen] = screens) -> None:
            app.screens, app.leaving = [next(screens)], None
            app.frame([], 0.016)

        found[f"{name}: opened for the first time"] = timed(change)
        for _ in range(60):
            app.frame([], 0.016)
        found[f"{name}: opened again"] = timed(change, WARM)
        if name not in TABS:
            continue
        for _ in range(60):
            app.frame([], 0.016)
        found[f"{name}: a frame"] = timed(lambda: app.frame([], 0.016), FRAMES // 2)
        at = iter(range(10**9))

        def hover(at: Iterator[int] = at) -> None:
            n = next(at)
            place = (40 + 37 * n % (width - 80), 80 + 23 * n % (height - 120))
            app.frame([pygame.event.Event(pygame.MOUSEMOTION, pos=place, rel=(0, 0), buttons=(0, 0, 0))], 0.016)

        found[f"{name}: a frame while the pointer moves"] = timed(hover, FRAMES // 2)
    table.close()
    return found


def begun(scenario: str, players: Mapping[str, str]) -> Table:
    """A new game with a person on the first seat for people; it is kept nowhere."""
    from play.model import Chokepoint
    from play.record import EVERYTHING

    model = Chokepoint(scenario, seeds=7, keep=EVERYTHING)
    seat = (model.cast.recommended or model.cast.names["seats"])[0]
    model.seat({**players, seat: "human"})
    return Table(model, (seat,))


def turns_of(scenario: str, width: int, height: int) -> dict[str, float]:
    """A quarter at each level while the window is drawn beside it, and the longest frame of that time."""
    from desktop.app import App
    from desktop.levels import LEVELS, rivals
    from desktop.screens.opening import opened
    from desktop.settings import Settings
    from world.scenario import read

    found: dict[str, float] = {}
    for level in LEVELS:
        table = begun(scenario, rivals(read(scenario).cast, level, 7, ()))
        app = App(opened("map", table), Settings(width=width, height=height))
        took, longest = [], 0.0
        for _ in range(QUARTERS):
            table.hand_in()
            start = time.perf_counter()
            app.screens = [opened("resolve", table)]
            while app.screen.title != "Map":
                app.clock.tick(60)
                longest = max(longest, timed(partial(app.frame, [], 0.016)))
            took.append((time.perf_counter() - start) * 1000)
        found[f"quarter at level {level.name}, the window alive"] = median(took)
        found[f"quarter at level {level.name}: longest frame"] = longest
        table.close()
    return found


def first_picture() -> None:
    """A process of its own from nothing to the title's first frame."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "SDL_VIDEODRIVER": "dummy", "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": folder}
        subprocess.run([sys.executable, "-c", FIRST_PICTURE], env=env, check=True, cwd=ROOT)


def main(scenario: str = "november-2025", as_json: bool = False) -> int:
    """Print how long everything takes."""
    found = figures_of(scenario)
    if as_json:
        print(json.dumps({name: round(value, 3) for name, value in found.items()}, indent=2))
        return 0
    for name, value in found.items():
        print(f"{name:<58}{value:10.2f}{'' if 'MB' in name else ' ms'}")
    return 0


def measure(args: Namespace) -> int:
    """Measure the window, as `bench --desktop` asks."""
    return main(args.scenario, as_json=args.json)


if __name__ == "__main__":
    sys.exit(main())
