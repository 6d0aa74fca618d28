"""Validate: the command that holds the model against everything that is known, pattern by pattern."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from play.commands.doors import at_least, pairs, seed_of, tell, tell_json, warn
from play.commands.pages import DOCS, FRONT, put
from play.evidence.arms import arms_of
from play.evidence.patterns import Verdict, holding, judged, patterns
from play.figures import figure

PAGE = DOCS / "evidence/validation.md"
HELD_OUT = "Held out of fitting"


def main(args: Namespace) -> int:
    """Print each pattern with its target and what the model shows; 1 where one that is declared to hold does not."""
    at_least(args.games, 32, "games")
    arms = arms_of(args.games, seed_of(args.seed), pairs(args.set, "set", "KEY=VALUE"))
    verdicts = [verdict for pattern in patterns() for verdict in judged(pattern, arms)]
    if args.write:
        write(verdicts, args.games, args.seed)
    if args.json:
        tell_json([tree(verdict) for verdict in verdicts])
    else:
        tell(lines(verdicts, args.games))
    return 1 if surprises(verdicts) else 0


def write(verdicts: Sequence[Verdict], games: int, seed: int) -> None:
    """Put the table into its page, and what it comes to into the page that is read first."""
    made = f"`python main.py validate --games {games} --seed {seed} --write`"
    put(PAGE, "table", [f"Made by {made}.", "", *lines(verdicts, games)])
    put(FRONT, "validation", brief(verdicts, games))
    warn(f"written into {PAGE.name} and {FRONT.name}")


def brief(verdicts: Sequence[Verdict], games: int) -> list[str]:
    """How many patterns hold, and which do not."""
    held = holding(verdicts)
    aside = {verdict.pattern.id for verdict in verdicts if verdict.pattern.is_held_out}
    titles = {verdict.pattern.id: verdict.pattern.title for verdict in verdicts}
    of = {"All": list(held), HELD_OUT: [one for one in held if one in aside]}
    found = [f"- {told(verdicts, games, what, ids)}" for what, ids in of.items()]
    if not all(held.values()):
        found += ["", "What does not hold (* held out):", ""]
    for one in held:
        if not held[one]:
            why = failing(verdicts)[one] or "not explained yet"
            found.append(f"- {one}{'*' if one in aside else ''} {titles[one]}: {why}")
    return found


def surprises(verdicts: Sequence[Verdict]) -> list[str]:
    """The patterns that are declared to hold and do not."""
    held = holding(verdicts)
    return [one for one in held if not held[one] and not failing(verdicts)[one]]


def failing(verdicts: Sequence[Verdict]) -> dict[str, str]:
    """Why patterns are known not to hold, by pattern; "" for those that are declared to hold."""
    return {verdict.pattern.id: verdict.pattern.fails for verdict in verdicts}


def lines(verdicts: Sequence[Verdict], games: int) -> list[str]:
    """The table in Markdown, and what it comes to."""
    head = ["", "target", "source", "the model: median (90 %)", "shown", ""]
    found = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    last = ""
    for verdict in verdicts:
        found.append("| " + " | ".join(row(verdict, verdict.pattern.id == last)) + " |")
        last = verdict.pattern.id
    held = holding(verdicts)
    found += ["", told(verdicts, games, "All", list(held))]
    aside = [verdict.pattern.id for verdict in verdicts if verdict.pattern.is_held_out]
    found += [told(verdicts, games, HELD_OUT, list(dict.fromkeys(aside)))]
    for one in held:
        why = failing(verdicts)[one]
        if why and not held[one]:
            found += ["", f"{one} does not hold: {why}"]
        elif why:
            found += ["", f"{one} holds now, though it is declared not to: take `fails` out of its table."]
        elif not held[one]:
            found += ["", f"{one} does not hold, though it is declared to: give it a reason, or mend the model."]
    return found


def told(verdicts: Sequence[Verdict], games: int, what: str, ids: Sequence[str]) -> str:
    """How many of some patterns hold."""
    held = holding(verdicts)
    count = sum(held[one] for one in ids)
    return f"{what}: {count} of {len(ids)} patterns hold ({100 * count / max(len(ids), 1):.0f} %), over {games} games."


def row(verdict: Verdict, is_same: bool) -> list[str]:
    """A row of the table; what a pattern is called stands once."""
    pattern = verdict.pattern
    star = " (held out)" if pattern.is_held_out else ""
    title = "" if is_same else f"{pattern.id} {pattern.title}, {pattern.unit}{star}"
    spread = f"{figure(verdict.median)} ({figure(verdict.low)} to {figure(verdict.high)})"
    shown = figure(verdict.shown) if verdict.condition.what in ("share", "mean", "factor") else ""
    return [title, verdict.condition.told(), "" if is_same else pattern.source, spread, shown, word(verdict)]


def word(verdict: Verdict) -> str:
    """Whether a condition holds, in words."""
    return "holds" if verdict.holds else "does not hold"


def tree(verdict: Verdict) -> dict[str, Any]:
    """The same for machines."""
    pattern, condition = verdict.pattern, verdict.condition
    told: dict[str, Any] = {"id": pattern.id, "title": pattern.title, "unit": pattern.unit, "source": pattern.source}
    told |= {"held_out": pattern.is_held_out, "statistic": condition.of, "target": condition.told()}
    told |= {"p5": verdict.low, "median": verdict.median, "p95": verdict.high, "shown": verdict.shown}
    return told | {"holds": verdict.holds, "fails": pattern.fails}
