"""Sent: what goes over to a bot, made of the seat's view and of declarations, and of nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from arena.bots.declared import PROTOCOL
from arena.bots.process import Limits
from play.dials import plain
from play.snapshot import snapshot
from play.story import Story
from world.orders import MOVES, OrderKind
from world.scenario import RULES_VERSION
from world.view import View

Tree = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """A quarter of one game, put to whoever holds a seat."""

    view: View
    story: Story
    game: int
    news: list[str] = field(default_factory=list)
    dropped: list[Tree] = field(default_factory=list)
    forfeited: str = ""
    seen: Tree = field(default_factory=dict)

    def message(self, ask: int, seconds: float) -> Tree:
        """The message `view`."""
        return {
            "type": "view",
            "ask": ask,
            "game": self.game,
            "seconds": round(seconds, 3),
            "seen": self.seen,
            "news": self.news,
            "dropped": self.dropped,
            "forfeited": self.forfeited,
        }


def hello(view: View, story: Story, games: int, limits: Limits) -> Tree:
    """The message `hello` to the seat that looks."""
    seat = view.cast.seats[view.seats[0]]
    return {
        "type": "hello",
        "ask": 0,
        "protocol": PROTOCOL,
        "rules": RULES_VERSION,
        "scenario": story.name,
        "title": story.title,
        "quarters": int(view.public("length")[0]),
        "games": games,
        "seat": seat.name,
        "role": seat.role,
        "bloc": seat.bloc,
        "moves": MOVES,
        "kinds": [kind_of(view.layout.places[name].kind, view.cast.names) for name in view.kinds()],
        "time": {
            "start": limits.start,
            "turn": limits.turn,
            "game": limits.game,
            "line_bytes": limits.line,
            "lines": limits.lines,
        },
    }


def kind_of(kind: OrderKind, names: Mapping[str, tuple[str, ...]]) -> Tree:
    """A kind of order, with the names that can be chosen."""
    return {
        "order": kind.name,
        "summary": kind.summary,
        "picks": [{"name": pick.name, "help": pick.help, "choices": list(names[pick.axis])} for pick in kind.picks],
        "amounts": [
            {name: getattr(amount, name) for name in ("name", "unit", "low", "high", "step", "help")}
            for amount in kind.amounts
        ],
        "price": kind.price,
        "currency": kind.currency,
        "delay": kind.delay,
        "lead": kind.lead,
        "refusals": list(kind.refusals),
    }


def seen_by(view: View, story: Story) -> Tree:
    """All that a seat sees of one game."""
    return snapshot(view, story)


def refusal(ask: int, game: int, seconds: float, wrong: list[Tree]) -> Tree:
    """The message `refusal`."""
    return {"type": "refusal", "ask": ask, "game": game, "seconds": round(seconds, 3), "refused": wrong}


def result(seen: Tree, game: int, score: float, forfeits: Mapping[str, int]) -> Tree:
    """The message `result`."""
    return {
        "type": "result",
        "game": game,
        "score": float(f"{score:.7g}"),
        "end": seen["played"],
        "why": f"all {seen['length']} quarters of the game were played",
        "forfeits": dict(forfeits),
        "seen": seen,
    }


def news(before: Tree | None, after: Tree) -> list[str]:
    """What changed for all to see since the seat last looked, in sentences; nothing on the opening day."""
    if before is None:
        return []
    return [*_rules_moved(before["rules"], after["rules"]), *_happened(after["quantities"])]


def _rules_moved(before: list[Tree], after: list[Tree]) -> Iterator[str]:
    for old, new in zip(before, after, strict=True):
        name = " ".join((new["order"], *new["picks"]))
        late = new["delay"]
        bites = f", in force after {late} quarter{'' if late == 1 else 's'} of notice" if late else ""
        for amount, now in new["amounts"].items():
            was = old["amounts"][amount]["set"]
            if now["set"] != was:
                yield (
                    f"{new['seat']} set {name} {amount} from {plain(was)} to {plain(now['set'])} {now['unit']}".rstrip()
                    + f"{bites}."
                )


HAPPENED = {"released": "{} released a model.", "revealed": "Something came out that tells everybody of {}."}
"""Public quantities that say whether something happened in the quarter, and how it is told."""


def _happened(quantities: Tree) -> Iterator[str]:
    for name, told in HAPPENED.items():
        for label, value in quantities[name]["values"].items():
            if value:
                yield told.format(label)
