"""Forecast: the command that writes down what the model says of quarters to come."""

import json
import re
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from play.commands.doors import Refused, at_least, seed_of, tell, tell_json, warn
from play.evidence.arms import PLANS, Plan, prepared
from play.evidence.forecast import forecast, table
from play.packing import written
from play.story import story_of
from world.scenario import Scenario

DOCS = Path(__file__).resolve().parents[2] / "docs/forecasts"
HEAD = """\
# What the model says of {first} to {last}

`{scenario}`, {games:,} games with `standard` players from the fitted prior, seed {seed}. Each cell: the median, and in
brackets the range of half of the games and that of nine tenths. Nothing that describes a period after 31 December 2025
was used. A forecast is never changed after it was committed; what came true is compared with it in another file. What
each line means, and how it is scored: [README.md](README.md). The same for machines: `{name}.json`.{earlier}

    python main.py forecast {scenario} --through {last_word} --games {games} --seed {seed} --write{naming}

"""
EARLIER = """

It is not the first that was made of these quarters: {files} came from earlier fits, and stay as they were."""
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def main(args: Namespace) -> int:
    """Play, print the table, and write it where asked."""
    at_least(args.games, 32, "games")
    if args.scenario != PLANS["ahead"].scenario:
        raise Refused(f"{args.scenario}: only {PLANS['ahead'].scenario} is forecast; name it, or use run")
    plan, scenario, _ = prepared("ahead")
    usual = f"{scenario.start.year}-11"
    place = place_of(args.name or usual, usual, args.write)
    turns = turns_through(args.through, scenario, plan)
    tree = {"scenario": args.scenario, **forecast(args.games, seed_of(args.seed), turns)}
    if args.write:
        DOCS.mkdir(parents=True, exist_ok=True)
        quarters = {"first": tree["quarters"][0], "last": tree["quarters"][-1], "last_word": args.through}
        naming = "" if place.stem == usual else f" --name {place.stem}"
        head = HEAD.format(**tree, **quarters, name=place.stem, earlier=earlier(tree["quarters"]), naming=naming)
        written(place, (json.dumps(tree, indent=1) + "\n").encode("utf-8"))
        written(place.with_suffix(".md"), (head + "\n".join(table(tree)) + "\n").encode("utf-8"))
        warn(f"written to {DOCS.name}/{place.name} and {place.stem}.md")
    if args.json:
        tell_json(tree)
    else:
        tell(table(tree))
    return 0


def place_of(name: str, usual: str, is_written: bool) -> Path:
    """The file of a forecast for machines; raises Refused for one that is there, where it would be written."""
    if not NAME.fullmatch(name):
        raise Refused(f"--name {name}: write small letters, digits and hyphens, such as {usual}-second")
    place = DOCS / f"{name}.json"
    if is_written and (place.exists() or place.with_suffix(".md").exists()):
        raise Refused(
            f"{place.name}: a forecast stands there, and is never changed; add --name {usual}-second or another"
        )
    return place


def earlier(quarters: Sequence[str]) -> str:
    """What a page says of forecasts of its quarters that stand there already."""
    kept = {path: json.loads(path.read_text("utf-8")) for path in sorted(DOCS.glob("*.json"))}
    files = [f"`{path.stem}.md`" for path, tree in kept.items() if set(tree["quarters"]) & set(quarters)]
    return EARLIER.format(files=" and ".join(files)) if files else ""


def turns_through(word: str, scenario: Scenario, plan: Plan) -> int:
    """How many quarters are played until one such as 2026-Q4 is over; raises Refused."""
    story = story_of(scenario)
    known = {f"{story.year(turn)}-{story.quarter(turn)[:2]}": turn for turn in range(1, plan.turns + 1)}
    if word not in known:
        raise Refused(f"--through {word}: write a quarter from {min(known)} to {max(known)}")
    return known[word]
