"""Facts: the sourced numbers behind the scenarios, by word."""

from argparse import Namespace

from play.commands.doors import Refused, tell
from world.facts import Fact, facts


def main(args: Namespace) -> int:
    """Print the facts in which every word stands."""
    words = [word.lower() for word in args.words]
    found = [fact for fact in facts().values() if has(fact, words)]
    if not found:
        raise Refused(f"facts {' '.join(args.words)}: no fact says so; try one word, such as wafers, H20 or SMIC")
    for fact in found:
        tell([f"{fact.id}  {fact.sentence}", f"  {fact.source}. {fact.note}".rstrip()])
    tell(["", f"{len(found)} of {len(facts())} facts"])
    return 0


def has(fact: Fact, words: list[str]) -> bool:
    """Whether every word stands in a fact."""
    parts = (fact.id, fact.topic, fact.subject, fact.metric, fact.unit, fact.period)
    text = " ".join((*parts, fact.source, fact.note)).lower()
    return all(word in text for word in words)
