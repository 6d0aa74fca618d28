"""Facts: the sourced numbers behind the game, by id, topic or word, and what in the game rests on each."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from play.citations import Use, uses
from play.commands.doors import Refused, tell, tell_json
from play.odd.numbers import cells
from play.odd.tables import origin, plain
from world.facts import Fact, facts
from world.rules import coefficients
from world.scenario import read
from world.scenario_numbers import Quantity
from world.scenario_text import remedy
from world.state import columns

SCENARIO = "november-2025"
FEW = 4
"""Uses of a fact that are told where several facts are."""
MANY = 12
"""Numbers of the scenario that are told."""


@dataclass(frozen=True)
class Number:
    """A number of the scenario, its range where it is drawn, and where it comes from."""

    label: str
    doc: str
    number: str
    unit: str
    source: str

    @property
    def sentence(self) -> str:
        """The number in a line."""
        return f"{self.label}  {self.doc}: {self.number} {self.unit}".rstrip() + f". {self.source}"


def main(args: Namespace) -> int:
    """Print the facts and the scenario's numbers in which every word stands; without a word, the topics."""
    words = [word.lower() for word in args.words]
    found = named(words) or [fact for fact in facts().values() if has(fact, words)]
    numbers = numbers_called(words) if words and not named(words) else []
    if not found and not numbers:
        raise Refused(f"facts {' '.join(args.words)}: no fact says so; {instead(args.words[0].upper())}")
    if args.json:
        tell_json({"facts": [tree(fact) for fact in found], "numbers": [asdict(one) for one in numbers]})
    elif not words:
        tell(topics())
    else:
        tell(lines(found, numbers))
    return 0


def instead(word: str) -> str:
    """What to write instead of a word: an id that begins alike, or some word."""
    letters, dash, _ = word.partition("-")
    alike = [one for one in facts() if dash and one.startswith(f"{letters}-")]
    return remedy(word, alike) if alike else "try one word, such as wafers, H20 or SMIC, or an id such as SMUG-018"


def named(words: Sequence[str]) -> list[Fact]:
    """The facts of which the words are the ids; none where a word is no id."""
    found = [facts()[word.upper()] for word in dict.fromkeys(words) if word.upper() in facts()]
    return found if len(found) == len(set(words)) else []


def has(fact: Fact, words: Sequence[str]) -> bool:
    """Whether every word stands in a fact."""
    parts = (fact.id, fact.topic, fact.subject, fact.metric, fact.unit, fact.period)
    text = " ".join((*parts, fact.source, fact.note)).lower()
    return all(word in text for word in words)


def numbers_called(words: Sequence[str]) -> list[Number]:
    """The numbers of the scenario in whose name or meaning every word stands."""
    begins, found = read(SCENARIO).begins, []
    for fillings, declared in ((begins.coefficients, coefficients()), (begins.quantities, columns())):
        for name, filling in fillings.items():
            about = declared[name].metadata
            for label, one in cells(filling):
                text = f"{filling.label}.{label} {about['doc']}".lower()
                if all(word in text for word in words):
                    where = f"{filling.label.partition('.')[0]}.{label}"
                    found.append(Number(where, about["doc"], ranged(one), about["unit"], origin(one)))
    return found


def ranged(one: Quantity) -> str:
    """A number, and the range that it is drawn from."""
    return plain(one.value) + ("" if one.range is None else f" ({plain(one.range.low)} to {plain(one.range.high)})")


def topics() -> Iterator[str]:
    """The topics there are facts on."""
    count = Counter(fact.topic for fact in facts().values())
    yield from (f"{topic:24} {count[topic]:4}" for topic in sorted(count))
    yield ""
    yield f"{len(facts())} facts; python main.py facts WORD prints those on a topic or with a word, or one by its id."


def lines(found: Sequence[Fact], numbers: Sequence[Number]) -> Iterator[str]:
    """Facts with their sources and uses, then the scenario's own numbers."""
    for fact in found:
        yield from told(fact, is_alone=len(found) == 1)
    if len(found) > 1:
        yield ""
        yield f"{len(found)} of {len(facts())} facts"
    if numbers:
        yield from ([""] if found else [])
        yield f"Numbers of {SCENARIO} that are called so:"
        yield from (f"  {one.sentence}" for one in numbers[:MANY])
        if len(numbers) > MANY:
            yield f"  and {len(numbers) - MANY} more; use another word to tell them apart"


def told(fact: Fact, is_alone: bool) -> Iterator[str]:
    """A fact: its number with unit and range, where it is from, and what rests on it."""
    yield f"{fact.id}  {fact.sentence}"
    yield f"  {fact.source.rstrip('.')}. {fact.note}".rstrip()
    if fact.is_prior:
        yield "  Recalled or a judgement of the authors: it counts as a prior and not as a fact."
    if fact.url:
        yield f"  {fact.url}"
    mine = uses().get(fact.id, ())
    shown = mine if is_alone else mine[:FEW]
    yield from (f"  used in {use_words(use)}" for use in shown)
    if len(mine) > len(shown):
        yield f"  and in {len(mine) - len(shown)} more places"
    if not mine:
        yield "  used by no number of the game"


def use_words(use: Use) -> str:
    """Where a fact is used, and for which number."""
    return f"{use.file}: {use.where}" + (f" = {use.number}" if use.number else "")


def tree(fact: Fact) -> dict[str, Any]:
    """A fact for machines."""
    return {**asdict(fact), "is_prior": fact.is_prior, "uses": [asdict(use) for use in uses().get(fact.id, ())]}
