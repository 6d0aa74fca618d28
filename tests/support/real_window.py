"""A window on a virtual X display, and a person before it: keys and clicks go through the server, pictures come back from it."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
MISSING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
PATIENCE = 60.0
"""Seconds that one thing may take before the test fails."""
STEP = 0.03
WIDTH, HEIGHT = 1280, 720


class Display:
    """A virtual X display of one window's size; what it shows lies in a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        read, write = os.pipe()
        words = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder)]
        self.server = subprocess.Popen([*words, "-nolisten", "tcp"], pass_fds=(write,), stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.name = f":{told.readline().strip()}"

    def picture(self) -> np.ndarray:
        """What is shown: height by width by red, green, blue."""
        file = (self.folder / "Xvfb_screen0").read_bytes()
        head = np.frombuffer(file[:100], ">u4")
        start, line = int(head[0]) + 12 * int(head[19]), int(head[12])
        rows = np.frombuffer(file, np.uint8, line * HEIGHT, start).reshape(HEIGHT, line // 4, 4)
        return rows[:, :WIDTH, 2::-1]

    def close(self) -> None:
        """Takes the display away."""
        self.server.terminate()
        self.server.wait(10)


class Player:
    """A person who starts the game on a display and plays it by keyboard and mouse. Folders are their own."""

    def __init__(self, display: Display, home: Path, *words: str) -> None:
        folders = {"XDG_DATA_HOME": home / "data", "XDG_CONFIG_HOME": home / "config", "XDG_RUNTIME_DIR": home}
        kept = {key: value for key, value in os.environ.items() if key != "SDL_VIDEODRIVER"}
        more = {"DISPLAY": display.name, "SDL_AUDIODRIVER": "dummy", "SDL_FRAMEBUFFER_ACCELERATION": "0"}
        self.env = {**kept, **more, **{name: str(folder) for name, folder in folders.items()}}
        self.saves = home / "data/chokepoint/saves"
        self.errors = home / "errors.txt"
        self.window = ""
        with self.errors.open("ab") as told:
            self.game = subprocess.Popen([sys.executable, "main.py", *words], env=self.env, cwd=ROOT, stderr=told)

    def tool(self, *words: object) -> str:
        """What xdotool answers."""
        found = subprocess.run(
            ["xdotool", *map(str, words)], env=self.env, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        return found.stdout.strip()

    @property
    def caption(self) -> str:
        """The window's title."""
        self.window = self.window or self.tool("search", "--onlyvisible", "--pid", self.game.pid)
        return self.tool("getwindowname", self.window) if self.window else ""

    def press(self, *keys: str) -> None:
        """Keys, by the names that X gives them."""
        self.tool("key", "--delay", "30", *keys)

    def write(self, text: str) -> None:
        """Text, letter by letter."""
        self.tool("type", "--delay", "30", text)

    def click(self, at: tuple[int, int]) -> None:
        """A click at a place of the window."""
        self.tool("mousemove", *at, "click", "1")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """From one place to another with the button down."""
        self.tool("mousemove", *start, "mousedown", "1", "mousemove", *end, "mouseup", "1")

    def until(self, holds, what: str) -> None:
        """Until something holds; fails with what stands on the screen's title when it takes too long or the game ends."""
        last = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < last, f"{what} did not come; the window is called '{self.caption}'"
            try:
                status = self.game.wait(STEP)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(f"the game ended with {status} before {what}: {self.errors.read_text('utf-8')}")

    def reaches(self, caption: str) -> None:
        """Until the window is called so."""
        self.until(lambda: self.caption == caption, f"'{caption}'")

    def left(self) -> int:
        """The status with which the game ended."""
        return self.game.wait(PATIENCE)

    def close(self) -> None:
        """Ends the game where it has not ended."""
        if self.game.poll() is None:
            self.game.kill()
            self.game.wait(10)


def with_settings(home: Path, **values: object) -> None:
    """Lays settings where the game reads them."""
    place = home / "config/chokepoint/desktop.json"
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps({"version": 1, "width": WIDTH, "height": HEIGHT, **values}), "utf-8")
