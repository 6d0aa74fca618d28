"""Saves: the files of games in the platform's own folder for data - one follows each game by itself, others are free."""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from agents.human import NAME as HUMAN
from play.forecasts import place_of
from play.save import ENDING, Saved, SaveError, read_save

AUTO = "auto-"
MOST_AUTOS = 20
"""Games that are kept by themselves; the oldest makes room."""
DRAFT = ".draft.json"


def folder() -> Path:
    """Where this platform keeps a program's data."""
    import platformdirs

    return Path(platformdirs.user_data_dir("chokepoint", appauthor=False)) / "saves"


@dataclass(frozen=True)
class Kept:
    """A game in a file, in words; `trouble` says why it cannot be taken up ("" where it can)."""

    path: Path
    when: float
    title: str = ""
    seat: str = ""
    moment: str = ""
    turn: int = 0
    length: int = 0
    is_over: bool = False
    is_ranked: bool = True
    trouble: str = ""

    @property
    def is_auto(self) -> bool:
        """Whether the game kept itself."""
        return self.path.name.startswith(AUTO)

    @property
    def name(self) -> str:
        """What a person called it."""
        return self.path.name.removesuffix(ENDING)

    @property
    def day(self) -> str:
        """When it was kept."""
        return datetime.fromtimestamp(self.when).strftime("%Y-%m-%d %H:%M")


def kept(place: Path | None = None) -> list[Kept]:
    """All saved games, the latest first; broken ones with a sentence."""
    place = place or folder()
    try:
        found = [(path.stat().st_mtime_ns, path) for path in place.glob(f"*{ENDING}")]
    except OSError:
        return []
    return [described(path, when) for when, path in sorted(found, reverse=True)]


@lru_cache(maxsize=512)
def described(path: Path, when: int) -> Kept:
    """A saved game in words; it is read again only when its file changed."""
    at = when / 1e9
    try:
        game = read_save(path)
    except SaveError as error:
        return Kept(path, at, trouble=f"{error}.")
    seats = people_of(game)
    turn, length = int(game.world.turn[0]), int(game.world.length[0])
    called = ", ".join(game.cast.seats[game.cast.at("seats", seat)].title for seat in seats)
    moment = game.story.quarter(turn if game.is_over else turn + 1)
    return Kept(path, at, game.story.title, called, moment, turn, length, game.is_over, game.is_ranked)


def latest(place: Path | None = None) -> Kept | None:
    """The game that "continue" takes up: the latest that kept itself, can be read and is not over."""
    return next((one for one in kept(place) if one.is_auto and not one.trouble and not one.is_over), None)


def people_of(game: Saved) -> tuple[str, ...]:
    """The seats that people hold, in the order of the cast; those who last held one where none does now."""
    now = tuple(seat for seat in game.cast.names["seats"] if game.players.get(seat) == HUMAN)
    return now or game.people[:1]


def auto_path(scenario: str, place: Path | None = None) -> Path:
    """A new file for a game that keeps itself; the oldest of many make room."""
    place = place or folder()
    with contextlib.suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        old = sorted(place.glob(f"{AUTO}*{ENDING}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in old[MOST_AUTOS - 1 :]:
            unlinked(path)
    start = f"{AUTO}{Path(scenario).stem}-{datetime.now():%Y%m%d-%H%M%S}"
    names = (start if n == 1 else f"{start}-{n}" for n in range(1, 1000))
    return next(place / f"{name}{ENDING}" for name in names if not (place / f"{name}{ENDING}").exists())


def free_path(name: str, place: Path | None = None) -> Path:
    """The file for a game that a person names; raises SaveError for a name that is none."""
    plain = "".join(letter if letter.isalnum() or letter in " -_." else "-" for letter in name).strip(" .")
    if not plain or plain.startswith(AUTO):
        raise SaveError(f"'{name}' cannot be the name of a save; write letters or digits")
    place = place or folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(f"{place}: cannot be made ({error.strerror}); make room or rights for it") from None
    return place / f"{plain}{ENDING}"


def removed(path: Path) -> None:
    """Deletes a save; raises SaveError where that cannot be."""
    try:
        unlinked(path)
    except OSError as error:
        raise SaveError(f"{path}: cannot be deleted ({error.strerror})") from None


def draft_path(path: Path) -> Path:
    """Where the orders lie that a save does not hold."""
    return path.with_name(path.name.removesuffix(ENDING) + DRAFT)


def unlinked(path: Path) -> None:
    """Deletes a save and what lies beside it; raises OSError."""
    path.unlink()
    for beside in (draft_path(path), place_of(path)):
        beside.unlink(missing_ok=True)
