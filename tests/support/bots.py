"""Bots under test: where they are, a quarter to put to them, and a door with a scripted one behind it."""

import json
import sys
from pathlib import Path

from arena.bots.door import Door, Forfeit
from arena.bots.process import Limits, Silent
from arena.bots.sent import Question, seen_by
from play.story import story_of
from world.scenario import read

ROOT = Path(__file__).resolve().parents[2]
PLAIN = f"{sys.executable} -S -I"
"""Python that starts as fast as it can."""
ROGUE = f"{PLAIN} {ROOT / 'tests/arena/bots/rogue.py'}"
HAWKISH = f"{PLAIN} {ROOT / 'examples/hawkish.py'}"
STEADY_LAB = f"node {ROOT / 'examples/steady_lab.js'}"
QUICK = Limits(turn=0.2, grace=0.05)
STORY = story_of(read("november-2025"))


def question(looking, game=0):
    """A quarter, put to a bot."""
    return Question(looking, STORY, game, seen=seen_by(looking, STORY))


def answer_of(bot, asked):
    """What a bot orders, or what it forfeits by."""
    try:
        return bot.orders(asked), None
    except Forfeit as forfeit:
        return None, forfeit


class Script:
    """In place of a process: lines that a bot would write, with no program behind them."""

    def __init__(self, lines):
        self.lines, self.sent, self.is_closed, self.last_words = list(lines), [], False, ""

    def send(self, line):
        self.sent.append(json.loads(line))

    def line(self, until):
        if not self.lines:
            raise Silent
        found = self.lines.pop(0)
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, bytes) else json.dumps(found).encode()

    def close(self):
        self.is_closed = True


def scripted(lines, limits=QUICK, clock=lambda: 0.0):
    """A door with a scripted bot behind it."""
    return Door("script", limits, clock, lambda *_: Script(lines))
