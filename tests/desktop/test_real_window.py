"""One game in a real window on a virtual X display: keys and clicks that go through the server."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAYED = """
import pygame
from desktop import saves
from desktop.app import App
from desktop.screens.title import TitleScreen
from desktop.settings import Settings

app = App(TitleScreen(), Settings(width=1280, height=720), home=TitleScreen)
assert pygame.display.get_driver() == "x11", pygame.display.get_driver()


def turn(*events):
    for event in events:
        pygame.event.post(event)
    app.frame(pygame.event.get(), 0.05)
    pygame.display.flip()


def press(*codes):
    for code in codes:
        turn(pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode=""))


def click(name):
    at = app.screen.form.rects[name].center
    turn(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
    turn(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    turn(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))


turn()
click("choose")
press(pygame.K_RETURN)
assert app.screen.table.seat == "washington"
press(pygame.K_w, pygame.K_ESCAPE)
while not app.screen.table.is_over:
    press(pygame.K_SPACE, pygame.K_RETURN)
    app.screen.table.answers["resolve"].work.result()
    turn()
    turn()
shown = pygame.display.get_surface()
assert shown.get_size() == (1280, 720)
assert len({tuple(shown.get_at((x, 30)))[:3] for x in range(0, 1280, 2)}) > 3
print("played", app.screen.table.turn)
turn(pygame.event.Event(pygame.QUIT))
assert not app.is_open
"""


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="there is no xvfb-run; .ci/run installs it")
def test_a_game_is_played_to_its_end_in_a_real_window(tmp_path):
    script = tmp_path / "played.py"
    script.write_text(PLAYED, encoding="utf-8")
    keep = {key: value for key, value in os.environ.items() if key not in ("SDL_VIDEODRIVER", "DISPLAY")}
    home = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    env = {**keep, **home, "PYTHONPATH": str(ROOT), "SDL_AUDIODRIVER": "dummy"}
    words = ["xvfb-run", "-a", "-s", "-screen 0 1600x900x24", sys.executable, str(script)]
    done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "played 12" in done.stdout
    assert list((tmp_path / "chokepoint/saves").glob("auto-*.json.gz"))
