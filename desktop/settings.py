"""What a player set for the window, kept in the platform's own folder for settings."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.scale import SMALLEST_WINDOW

VERSION = 1
LARGEST = 16_384
WHOLE = ("width", "height", "volume")
"""Values that are whole numbers."""


@dataclass(frozen=True)
class Settings:
    """Window and comfort; every field has a value that works."""

    width: int = 1600
    height: int = 900
    fullscreen: bool = False
    interface: float = 1.0
    reduced_motion: bool = False
    volume: int = 0
    """Percent at which sounds are played; 0 is silence."""
    language: str = "en"
    asks_before_end: bool = True
    """Whether a quarter ends only after a question while moves are unused."""


def folder() -> Path:
    """Where this platform keeps a program's settings."""
    import platformdirs

    return Path(platformdirs.user_config_dir("chokepoint", appauthor=False))


def place() -> Path:
    """The file of settings."""
    return folder() / "desktop.json"


def from_home(path: Path) -> str:
    """A path as people write it: from their home folder on."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def sound_value(name: str, value: Any) -> bool:
    """Whether a stored value may stand for a field."""
    usual = getattr(Settings(), name)
    if isinstance(usual, (bool, str)):
        return type(value) is type(usual)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    lowest, highest = {
        "interface": (1.0, 2.0),
        "volume": (0, 100),
        "width": (SMALLEST_WINDOW[0], LARGEST),
        "height": (SMALLEST_WINDOW[1], LARGEST),
    }[name]
    return lowest <= value <= highest


def read(path: Path) -> tuple[Settings, str]:
    """The settings in a file, and a sentence about what could not be read ("" where all was well)."""
    try:
        stored = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, ValueError):
        return Settings(), f"{path} cannot be read as settings; the usual ones are used until you change one."
    if not isinstance(stored, dict) or stored.get("version") != VERSION:
        return Settings(), f"{path} holds settings of another version; the usual ones are used."
    names = [field.name for field in dataclasses.fields(Settings)]
    good = {name: stored[name] for name in names if name in stored and sound_value(name, stored[name])}
    bad = [name for name in names if name in stored and name not in good]
    kept: dict[str, Any] = {name: int(value) if name in WHOLE else value for name, value in good.items()}
    said = f"{path}: {bad[0]} is {stored[bad[0]]!r}, which cannot be; its usual value is used." if bad else ""
    return Settings(**kept), said


def write(settings: Settings, path: Path) -> str:
    """Stores the settings whole or not at all; a sentence where they cannot be stored, else ""."""
    from play.packing import written

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"version": VERSION, **dataclasses.asdict(settings)}, indent=1)
        written(path, text.encode("utf-8"))
    except OSError as error:
        return f"Your settings cannot be kept in {path.parent} ({error.strerror or error}); they last until you quit."
    return ""
