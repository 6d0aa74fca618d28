"""Identity: what two computers must share for the same job to give the same rows on both."""

import hashlib
import platform
from functools import cache
from pathlib import Path

import numpy as np

from play import VERSION
from world.scenario import RULES_VERSION

ROOT = Path(__file__).resolve().parents[2]
DECISIVE = ("world/**/*.py", "agents/**/*.py", "play/**/*.py", "arena/**/*.py", "assets/**/*.toml", "assets/**/*.csv")
"""The files that decide what a game comes to."""


@cache
def identity() -> dict[str, str]:
    """Versions of what plays a game, and a digest of its rules and data."""
    return {
        "chokepoint": VERSION,
        "rules": f"{RULES_VERSION} ({digest()})",
        "numpy": np.__version__,
        "python": ".".join(platform.python_version_tuple()[:2]),
    }


def digest() -> str:
    """Twelve hexadecimal digits that change with the rules and the data."""
    found = hashlib.sha256()
    for pattern in DECISIVE:
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.relative_to(ROOT).as_posix().encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:12]


def difference(mine: dict[str, str], other: dict[str, str]) -> str:
    """In words, the first thing in which another identity differs from this one; empty where none does."""
    for name, value in mine.items():
        if other.get(name) != value:
            return f"has {name} {other.get(name, 'of an unknown version')}, and here it is {value}"
    return ""
