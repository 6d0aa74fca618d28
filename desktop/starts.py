"""Starts: what the title says of each scenario, read off the head of its file, so that the first picture waits for no game."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "assets/scenarios"
FIRST = ("november-2025", "lesson-45", "tutorial")
"""Scenarios in the order in which they are offered; others follow by name."""


@dataclass(frozen=True)
class Start:
    """A scenario as one chooses it: its length in quarters, and the day on which it opens."""

    name: str
    title: str
    summary: str
    day: date
    length: int

    @property
    def quarter(self) -> str:
        """The quarter that is over as it opens."""
        return f"Q{(self.day.month - 1) // 3 + 1} {self.day.year}"


@cache
def starts(folder: Path = FOLDER) -> tuple[Start, ...]:
    """The starts there are, those for everybody first; files that cannot be read are left out, and `check` says why."""
    found = (start_of(path) for path in folder.glob("*.toml"))
    known = {name: at for at, name in enumerate(FIRST)}
    return tuple(sorted((one for one in found if one), key=lambda one: (known.get(one.name, len(known)), one.name)))


def start_of(path: Path) -> Start | None:
    """What the title says of one file."""
    try:
        tree = head(path)
        return Start(path.stem, str(tree["title"]), str(tree["summary"]), tree["start"], int(tree["length"]))
    except (OSError, ValueError, KeyError):
        return None


def head(path: Path, depth: int = 0) -> dict[str, Any]:
    """What stands before the first table of a file, over the same of the one it extends."""
    text = path.read_text("utf-8")
    tree = tomllib.loads(text[: text.find("\n[") + 1] if "\n[" in text else text)
    base = tree.get("extends")
    if isinstance(base, str) and depth < 9:
        return {**head(path.with_name(f"{base.removesuffix('.toml')}.toml"), depth + 1), **tree}
    return tree
