"""Memory: the most that a command holds, by how many games it plays; each is run in a process of its own."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Tree = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
GAMES = (1_000, 10_000, 40_000)
MILLION = 1_000_000
SHORT = ("--set", "length=1")
"""Games of one quarter: their rows in the table of games are as wide as those of long games."""
VARIED, EACH = "rules.diffusion_half_life=1:4", 10
"""What a sweep varies, and games of each set."""
CHILD = """
import sys
from arena.bench.memory import most_held
from main import main
status = main(sys.argv[1:])
print(most_held(), file=sys.stderr)
sys.exit(status)
"""


class Failed(RuntimeError):
    """A command that was to be measured did not do its work."""


def most_held() -> int:
    """The most memory that this process has held (KB). Linux counts in `ru_maxrss` what the process that started it held."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8"))[0])
    import resource  # where there is one: not on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most


def peak(words: Sequence[str]) -> float:
    """The most memory that a command of `main.py` holds (MB); raises Failed."""
    done = subprocess.run([sys.executable, "-c", CHILD, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"bench: {' '.join(words)} left with status {done.returncode}: {done.stderr.strip()}")
    return int(done.stderr.split()[-1]) / 1024


def ways(scenario: str, games: int, folder: str) -> dict[str, list[str]]:
    """Commands that play many games, with all that they write going into a folder that is not there yet."""
    run = ["run", scenario, *SHORT, "--games", str(games)]
    sweep = ["sweep", scenario, *SHORT, "--vary", VARIED, "--samples", str(games // EACH), "--games", str(EACH)]
    return {"run": run, "run --out": [*run, "--out", folder + "-run"], "sweep": [*sweep, "--out", folder + "-sweep"]}


def memory(scenario: str) -> Tree:
    """Peaks by command and number of games (MB), and what a game more costs (bytes); nothing where no peak can be read."""
    if find_spec("resource") is None:
        return {}
    peaks: dict[str, dict[str, float]] = {}
    for games in GAMES:
        with tempfile.TemporaryDirectory() as place:
            for name, words in ways(scenario, games, str(Path(place) / "results")).items():
                peaks.setdefault(name, {})[str(games)] = peak(words)
    return {name: {"megabytes": found, **slope(found)} for name, found in peaks.items()}


def slope(found: Mapping[str, float]) -> dict[str, float]:
    """What a game more costs between the two largest numbers of games (none: less than peaks vary), and a million games then."""
    (less, low), (more, high) = [(int(games), size) for games, size in found.items()][-2:]
    each = max(0.0, high - low) / (more - less)
    return {"bytes_a_game": each * 1024 * 1024, "megabytes_of_a_million": high + each * (MILLION - more)}


def memory_lines(found: Mapping[str, Tree]) -> list[str]:
    """The peaks as text."""
    if not found:
        return ["most memory held: not measured; this system does not say what a process held"]
    text = ["most memory held, MB, by number of games (a game more, bytes; a million games at that, MB)"]
    for name, one in found.items():
        sizes = "  ".join(f"{int(games):,}: {size:,.0f}" for games, size in one["megabytes"].items())
        text.append(f"  {name:<12} {sizes}  ({one['bytes_a_game']:,.0f}; {one['megabytes_of_a_million']:,.0f})")
    return text
