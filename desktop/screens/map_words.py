"""What the map says in words: the finding, how the game will likely end, and what waits for the seat."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.board import Board
from desktop.news_rules import moved_rules
from desktop.numbers import trimmed
from desktop.pen import Pen
from desktop.screens.map_panel import Waiting
from desktop.table import Table
from play.order_words import title_of
from play.story import Story
from play.verdict import Verdict
from play.words import Words
from world.orders import MOVES

Tree = Mapping[str, Any]

EVEN = 1.15
"""Times the other's compute below which both sides gain about as much."""
HALF = 1.75
"""Times from which one says twice instead of a number with a fraction."""


def map_finding(board: Board, called: str, words: Words) -> str:
    """Which side gains how many times the compute of the other."""
    ratio, tail = board.known.ratio, "_forecast" if board.is_forecast else ""
    if not board.known.currents:
        return words("board.finding_unknown")
    if ratio <= 0:
        return words("board.finding_none", seat=called)
    ahead, times = ("us", ratio) if ratio >= 1 else ("cn", 1 / ratio)
    if times < EVEN:
        return words("board.finding_even", add=words("board.add" + tail))
    return words(f"board.finding_{ahead}", adds=words("board.adds" + tail), times=times_words(times, words))


def times_words(times: float, words: Words) -> str:
    """How many times, as one says it: 1.5 times, twice, three times, 25 times."""
    if times < HALF:
        return words("board.times_n", n=trimmed(round(times, 1)))
    whole = round(times) if times < 12.5 else 5 * round(times / 5)
    numbers = words.under("board.number")
    return words("board.times_2") if whole == 2 else words("board.times_n", n=numbers.get(str(whole), whole))


def unit_words(board: Board, called: str, words: Words) -> str:
    """What the flows are counted in, of which quarter, and what is only estimated."""
    name = "unit_forecast" if board.is_forecast else "unit"
    name = "unit_truth" if board.is_truth else "unit_blind" if board.is_blind else name
    return words(f"board.{name}", quarter=board.quarter, seat=called)


def verdict_of(table: Table, board: Board | None, words: Words) -> tuple[str, str, str]:
    """The countdown, the projected score, and how most futures end, as far as that is worked out."""
    seen = table.seen()
    if table.is_over:
        return words("board.final", quarter=seen["played"]), "", ""
    left = seen["length"] - seen["turn"]
    if board is None:
        return verdict_lines(None, left, words)
    if board.is_blind:
        return (*verdict_lines(None, left, words)[:2], "")
    answer = table.verdict()
    return verdict_lines(answer.value if answer.is_there else None, left, words)


def verdict_lines(found: Verdict | None, left: int, words: Words) -> tuple[str, str, str]:
    """The countdown, the projected score with its range, and how most futures end."""
    count = words("board.verdict_one") if left == 1 else words("board.verdict_many", n=left)
    if found is None:
        return count, "", words("board.waits_verdict")
    low, middle, high = (f"{found.points[at]:.0f}" for at in (0, 2, 4))
    score = words("board.projected", middle=middle, low=low, high=high)
    side = words("board.side." + {1: "us", 0: "none", -1: "cn"}[found.leader])
    percent = round(100 * found.agreement)
    if found.is_decided:
        return count, score, words("board.decided", side=side, percent=percent)
    if found.outcome is None:
        return count, score, words("board.most", side=side, percent=percent)
    outcome = words("board.outcome." + ("above", "about", "below")[found.outcome])
    return count, score, words("board.par", outcome=outcome, side=side, percent=percent)


def waiting_of(table: Table, pen: Pen) -> Waiting:
    """What waits for the seat: orders that fell, rules that others changed, orders that are still to give."""
    words, story, seen = pen.words, table.model.story, table.seen()
    if table.is_over:
        return Waiting(words("board.over"), words("board.over_text"), has_button=False)
    if table.is_watching:
        text = words("board.watching_text", seat=story.called(table.seat))
        return Waiting(words("board.watching"), text, has_button=False)
    left = table.sitting.moves_left
    note = words("board.moves", left=left, all=MOVES) if left else words("board.moves_none")
    if seen["refused"] and not table.sitting.draft:
        because = words("board.because", why=seen["refused"][0]["why"])
        return Waiting(words("board.wait_refused"), because, note)
    changed = [] if not table.turn else [new for _, new, _ in moved_rules(table.seen(table.turn - 1), seen)]
    if changed and not table.sitting.draft:
        return Waiting(*rules_words(changed, story, words), note)
    if left == MOVES:
        return Waiting(words("board.wait_unused", left=left), words("board.wait_unused_text"), note)
    return Waiting(words("board.wait_ready"), words("board.wait_ready_text"), note)


def rules_words(changed: Sequence[Tree], story: Story, words: Words) -> tuple[str, str]:
    """Which governments changed rules in the last quarter, and which rules."""
    seats = list(dict.fromkeys(one["seat"] for one in changed))
    if len(seats) > 1:
        named = words("board.named", names=", ".join(map(story.called, seats)))
        return words("board.wait_rules_all", n=len(seats)), named
    text = ", ".join(dict.fromkeys(title_of(one["order"], words) for one in changed)) + "."
    name = "board.wait_rules_one" if len(changed) == 1 else "board.wait_rules_many"
    return words(name, seat=story.called(seats[0]), n=len(changed)), text
