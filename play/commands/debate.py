"""Debate: the command that says in which part of the worlds licences shorten the lead, and in which they slow China's chain."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from play.commands.doors import Refused, at_least, seed_of, tell, tell_json, warn
from play.evidence.arms import PLANS, Arms, arms_of
from play.evidence.debate import THIRDS, WITHHELD, Answer, Crossed, answered, crossed
from play.figures import figure, signed
from play.packing import written

PAGE = Path(__file__).resolve().parents[2] / "docs/evidence/debate.md"
HEAD = """\
# Licences: a shorter lead now, a slower chain later?

`python main.py debate {scenario} --games {games} --seed {seed} --write` makes this page anew.

One side says that every chip sold to China shortens the lead (C27). The other says that every chip withheld builds up
China's own chain: Huawei's sales and with them its wafers and learning, its software, its developers (C09, C11, C14).
Both can be right, at different times and in different worlds. Here {games:,} worlds, drawn as games draw them, are played
twice for twelve quarters with the same luck: a chip like half a B300 is ready and Beijing lets it in, but Washington
gives no licence, or a million a quarter. Both governments stay with that; everybody else is `standard` and decides anew
in each world. Nothing else differs, but for what Nvidia had begun to make on the opening day.

*Falls in* is the share of worlds in which licences lower the number by at least as much as is said beside it, *rises in*
the share in which they raise it by as much. The difference is the mean over pairs with its 95 % interval.

"""


def main(args: Namespace) -> int:
    """Play the pairs, and print the tables (Markdown) or JSON; `--write` keeps the page."""
    at_least(args.games, 32, "games")
    if args.scenario != PLANS[WITHHELD].scenario:
        raise Refused(f"{args.scenario}: the pairs are played from {PLANS[WITHHELD].scenario} only; name it")
    arms = arms_of(args.games, seed_of(args.seed))
    answers = answered(arms)
    if args.write:
        head = HEAD.format(scenario=args.scenario, games=args.games, seed=args.seed)
        written(PAGE, (head + "\n".join(lines(answers, arms)) + "\n").encode("utf-8"))
        warn(f"written to {PAGE.parent.name}/{PAGE.name}")
    if args.json:
        tell_json(tree(args, answers, arms))
    else:
        tell(lines(answers, arms))
    return 0


def lines(answers: Sequence[Answer], arms: Arms) -> Iterator[str]:
    """What licences do, where both sides are right, and on what each depends."""
    together = crossed(arms)
    yield from plainly(answers, together)
    yield ""
    yield "| outcome | claims | unit | without | with | difference | falls in | rises in |"
    yield "|---" * 8 + "|"
    for one in answers:
        yield "| " + " | ".join(row(one)) + " |"
    yield ""
    yield f"| share of worlds | {together.long.title}: falls | does not |"
    yield "|---|---|---|"
    for name, shares in zip(("falls", "does not"), together.table, strict=True):
        yield f"| {together.short.title}: {name} | " + " | ".join(percent(share) for share in shares) + " |"
    yield ""
    yield "On what it depends: the quantities drawn for each world whose ranks go with the fall (four standard errors or more),"
    yield "and the share of worlds in which it falls, by thirds of the quantity. Outcomes that fall in nearly all worlds, and"
    yield "those that nothing drawn decides, are left out."
    yield ""
    yield "| outcome | quantity | rank correlation | " + " | ".join(THIRDS) + " |"
    yield "|---" * 6 + "|"
    for title, some in (*((one.outcome.title, one.leanings) for one in answers), ("both", together.leanings)):
        for at, leaning in enumerate(some):
            shares = " | ".join(percent(share) for share in leaning.thirds)
            yield f"| {'' if at else title} | {leaning.label} | {signed(leaning.rank)} | {shares} |"


def plainly(answers: Sequence[Answer], together: Crossed) -> Iterator[str]:
    """The finding in sentences."""
    named = {one.outcome.name: one for one in answers}
    short, long = named[together.short.name], named[together.long.name]
    yield f"With licences, the {short.outcome.title}, falls in {percent(short.falls)} of the worlds, and"
    yield f"{long.outcome.title}, falls in {percent(long.falls)} and rises in {percent(long.rises)}."
    yield f"Both sides are right in {percent(together.table[0, 0])} of the worlds, and neither in {percent(together.table[1, 1])}."
    late = named["lead_3"]
    yield f"The {late.outcome.title} is shorter in {percent(late.falls)} and longer in {percent(late.rises)}."
    if long.leanings:
        most = long.leanings[0]
        yield f"The output goes most with `{most.label}`: it falls in {percent(most.thirds[0])} of the worlds in its"
        yield f"{THIRDS[0]}, and in {percent(most.thirds[-1])} of those in its {THIRDS[-1]}."


def row(one: Answer) -> tuple[str, ...]:
    """An outcome in words."""
    outcome, found = one.outcome, one.effect
    least = f"{100 * outcome.least:.0f} %" if outcome.is_ratio else figure(outcome.least)
    difference = f"{signed(found.mean, 3)} ({signed(found.low, 3)} to {signed(found.high, 3)})"
    sides = figure(found.before), figure(found.after)
    falls = f"{percent(one.falls)} (by {least})"
    return outcome.title, outcome.claims, outcome.unit, *sides, difference, falls, percent(one.rises)


def percent(share: float) -> str:
    """A share in per cent."""
    return f"{100 * share:.0f} %"


def tree(args: Namespace, answers: Sequence[Answer], arms: Arms) -> Mapping[str, Any]:
    """The same for machines."""
    found = []
    for one in answers:
        about = {name: getattr(one.outcome, name) for name in ("name", "title", "unit", "claims", "least", "is_ratio")}
        leanings = [vars(leaning) for leaning in one.leanings]
        found.append(about | {"falls": one.falls, "rises": one.rises, **vars(one.effect), "depends_on": leanings})
    return {"games": args.games, "seed": args.seed, "outcomes": found, "both": crossed(arms).table.tolist()}
