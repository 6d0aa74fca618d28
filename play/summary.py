"""Summary: what a run came to, for people and for machines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from play.figures import THIN, aligned, figure, ranked_with, spread
from play.outcomes import declared, shown
from play.story import Story
from world.cast import Cast

Array = np.ndarray
Tree = dict[str, Any]
Games = Mapping[str, Array]

FEWEST = 8
"""Games below which ranks say nothing."""
MOST_TOLD = 8
HEADINGS = ("", "median", "half of games", "nine in ten", "unit")


def summary(games: Games, cast: Cast, players: Mapping[str, str], units: Mapping[str, str]) -> Tree:
    """The outcomes over games with their ranges, each seat's score, and what went with the lead."""
    about, lead = {one.name: one.unit for one in shown(cast)}, games["lead"]
    about |= {name: units[name] for name in games if _is_year_of(name, about)}
    outcomes = {
        name: {**spread(games[name]), "unit": unit, "title": titled(name, cast)} for name, unit in about.items()
    }
    seats = {
        seat.name: {
            **spread(games[f"objective.{seat.name}"]),
            "unit": "points",
            "title": seat.title,
            "player": players.get(seat.name, "standard"),
        }
        for seat in cast.seats
    }
    return {
        "outcomes": outcomes,
        "seats": seats,
        "games": int(lead.size),
        "led": {
            "us": int((lead > 0).sum()),
            "cn": int((lead < 0).sum()),
        },
        "went_with_the_lead": with_the_lead(games, cast),
    }


def for_machines(result: Tree) -> Tree:
    """A summary without its words: what `run --json` promises, and no key besides."""
    ranges = (*spread(np.zeros(1)), "unit")
    return {
        "outcomes": {name: {key: one[key] for key in ranges} for name, one in result["outcomes"].items()},
        "seats": {name: {key: one[key] for key in (*ranges, "player")} for name, one in result["seats"].items()},
        "games": result["games"],
    }


def _is_year_of(name: str, about: Mapping[str, str]) -> bool:
    head, _, last = name.rpartition(".")
    return last.isdigit() and head in about and head.endswith(("_chips", "ratio"))


def titled(name: str, cast: Cast) -> str:
    """What a row of the table says: the outcome, and the year if it is one's."""
    titles = {one.name: one.title for one in shown(cast)}
    head, _, year = name.rpartition(".")
    return f"{titles[head]}, {year}" if year.isdigit() else titles[name]


def with_the_lead(games: Games, cast: Cast) -> dict[str, list[Tree]]:
    """What ranked the games most as the lead did: of what was drawn for them, and of what happened in them."""
    if games["lead"].size < FEWEST:
        return {"drawn": [], "happened": []}
    known = declared(cast)
    drawn = [name for name in games if name.startswith(("rules.", "opening."))]
    happened = [name for name in games if name.startswith("dial.") or (name in known and not known[name].is_lead)]
    found = {}
    for group, names in (("drawn", drawn), ("happened", happened)):
        best = ranked_with(games["lead"], Some(games, names), MOST_TOLD)
        found[group] = [{"name": name, "rank_correlation": round(rho, 3)} for name, rho in best]
    return found


@dataclass(frozen=True)
class Some(Mapping[str, Array]):
    """Some of the columns, each taken when it is asked for."""

    games: Games
    names: Sequence[str]

    def __getitem__(self, name: str) -> Array:
        return self.games[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def lines(result: Tree, story: Story, docs: Mapping[str, str]) -> list[str]:
    """A summary as text."""
    text = [f"{story.title}: {count(result['games'])}", "", headline(result), ""]
    text += aligned([HEADINGS, *(row(one) for one in result["outcomes"].values())])
    text += ["", "How far seats met their objectives, of 100 points"]
    scores = [(f"{story.called(name)} ({one['player']})", *ranges(one)) for name, one in result["seats"].items()]
    text += aligned([("", *HEADINGS[1:4]), *scores])
    for group, title in TOLD.items():
        if told := result["went_with_the_lead"][group]:
            text += ["", title]
            text += aligned(
                [
                    (
                        f"{one['rank_correlation']:+.2f}",
                        one["name"],
                        docs.get(one["name"], "").removeprefix("drawn: "),
                    )
                    for one in told
                ],
                left=3,
            )
    if not any(result["went_with_the_lead"].values()):
        text += ["", nothing_with_it(result["games"])]
    return text


def nothing_with_it(games: int) -> str:
    """Why nothing is said to have gone with the lead."""
    if games < FEWEST:
        return f"Too few games to say what went with the lead; play {FEWEST} or more."
    return "Nothing ranked these games as the lead did, as far as so few can tell; play more."


TOLD = {
    "drawn": "What went with the lead, of what was drawn for a game (rank correlation; not a cause)",
    "happened": "What went with the lead, of what happened in a game (rank correlation; not a cause)",
}


def count(games: int) -> str:
    """How many games, in words."""
    return f"{games:,} game{'' if games == 1 else 's'}".replace(",", THIN)


def headline(result: Tree) -> str:
    """Who led, and by how much."""
    lead, games = result["outcomes"]["lead"], result["games"]
    us, cn = result["led"]["us"], result["led"]["cn"]
    if games == 1:
        side = "The US side" if us else "China" if cn else "Nobody"
        return f"{side} leads at the end by {figure(abs(lead['median']))} months."
    middle = f"the median lead is {figure(lead['median'])} months"
    nine = f"nine games in ten end between {figure(lead['p5'])} and {figure(lead['p95'])}"
    return f"The US side leads at the end of {us} of {games} games, China of {cn}; {middle}, {nine}."


def ranges(one: Tree) -> tuple[str, str, str]:
    """The median and the two ranges of a number."""
    half = f"{figure(one['p25'])} to {figure(one['p75'])}"
    return figure(one["median"]), half, f"{figure(one['p5'])} to {figure(one['p95'])}"


def row(one: Tree) -> Sequence[str]:
    """An outcome as a row of the table."""
    return (one["title"], *ranges(one), one["unit"])
