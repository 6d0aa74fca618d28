"""Replay: the same games again, from their opening and orders, and the first difference in words."""

import numpy as np

from play.cells import cells
from play.save import Saved, same
from play.story import Story
from world.rules import coefficients
from world.scenario import RULES_VERSION, Scenario, ScenarioError, opened, read
from world.state import World, columns
from world.turn import advance

Array = np.ndarray


def replayed(game: Saved, opening: World | None = None) -> list[World]:
    """The states of a saved game, quarter by quarter, from its opening (or another) and its orders."""
    worlds = [game.opening if opening is None else opening]
    for quarter in game.quarters:
        worlds.append(advance(worlds[-1], quarter.wanted, game.rules, notes=quarter.notes))
    return worlds


def difference(a: World, b: World) -> str:
    """The first number in which two single games differ, in words (empty: none, to the last bit)."""
    for name, declared in columns().items():
        x, y = getattr(a, name), getattr(b, name)
        if same(x, y):
            continue
        for place, label in cells(a.cast, name):
            if not same(x[place], y[place]):
                unit = declared.metadata["unit"]
                values = f"{x[place][0]!s} {unit}".rstrip(), f"{y[place][0]!s} {unit}".rstrip()
                return f"{label} was {values[0]} and is {values[1]}"
    return ""


def first_difference(game: Saved, opening: World | None = None) -> str:
    """Where a game that is played again first parts from what was saved (empty: nowhere)."""
    states = [game.opening, *(quarter.state for quarter in game.quarters)]
    for turn, (was, now) in enumerate(zip(states, replayed(game, opening), strict=True)):
        if found := difference(was, now):
            return f"{when(game.story, turn)}: {found}"
    return ""


def when(story: Story, turn: int) -> str:
    """A turn in words."""
    return "on the opening day" if turn == 0 else f"in {story.quarter(turn)}"


def reopened(game: Saved, scenario: Scenario | None = None) -> World:
    """The opening of a saved game from its scenario and seed; raises ScenarioError where there is none."""
    story = game.story
    if scenario is None:
        scenario = read(story.name)
    world, rules = opened(scenario, np.array([game.seed], dtype=np.uint64), story.settings)
    for name in coefficients():
        if not same(getattr(rules, name), getattr(game.rules, name)):
            raise ScenarioError(
                f"{story.name}: rules.{name} is not what it was when the game was saved; the scenario has changed since"
            )
    return world


def is_outdated(game: Saved) -> bool:
    """Whether a game was played under older rules, so that it can be shown but not played again."""
    return game.story.rules_version < RULES_VERSION
