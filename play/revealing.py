"""Revealing: once a game is over, what was true beside what a seat believed and what the closest source said, in words."""

from math import log

from play.debrief.beliefs import NINE_TENTHS, Disputed, closest_source, disputed_of
from play.figures import figure
from play.save import Saved

HEAD = "The truth beside what you believed at the end"


def reveal_lines(game: Saved, seat: str) -> list[str]:
    """A line for each disputed quantity, and how good the seat's beliefs were; nothing where no quarter was played."""
    asked = disputed_of(game, [seat])
    if not game.quarters or not asked:
        return []
    return [HEAD, *(f"  {belief_line(one, seat)}" for one in asked), f"  {sum_line(asked, seat)}"]


def belief_line(one: Disputed, seat: str) -> str:
    """What was true at the end, what the seat believed then, and which source came closest over the game."""
    last, true = one.believed[seat][-1], one.truth[-1]
    verdict = "within" if abs(last.off(one.truth_ln[-1])) <= NINE_TENTHS else "outside"
    line = f"{one.title}: {figure(true)} {one.unit}; you believed {figure(last.middle)} "
    line += f"({figure(last.low)} to {figure(last.high)}), {verdict}"
    closest = closest_source(one)
    if closest is None:
        return f"{line}."
    source, times = closest
    told = "on average right" if abs(log(times)) < 0.05 else f"on average {figure(times, 2)} times the truth"
    return f"{line}. Closest over the game: {source}, {told}."


def sum_line(asked: tuple[Disputed, ...], seat: str) -> str:
    """How often the truth was within the seat's ranges, and how good beliefs were beside those of the opening day."""
    scores = [one.scores[seat] for one in asked]
    within, count = sum(one.within_nine_tenths for one in scores), sum(one.quarters for one in scores)
    found, fixed = (
        sum(getattr(one, name) for one in scores) / len(scores) for name in ("log_score", "log_score_fixed")
    )
    return (
        f"{within} of {count} ranges of nine in ten held the truth; log score {found:.2f}, and {fixed:.2f} had you "
        "kept what you believed on the opening day (nats, more is better)."
    )
