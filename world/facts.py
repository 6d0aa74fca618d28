"""Facts: the sourced numbers that scenarios cite, by id."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FACTS = Path(__file__).resolve().parents[1] / "assets" / "facts.csv"


@dataclass(frozen=True)
class Fact:
    """One sourced number, with the range its sources allow; what a source does not say is None."""

    id: str
    topic: str
    subject: str
    metric: str
    unit: str
    period: str
    low: float | None
    central: float | None
    high: float | None
    source: str
    url: str
    note: str

    @property
    def is_prior(self) -> bool:
        """Whether the row is recalled or a judgement of one's own, and so no fact."""
        said = f"{self.source} {self.note}"
        return "recalled, unverified" in said or "own judgement" in said

    @property
    def sentence(self) -> str:
        """The fact in a line, without its source."""
        numbers = [f"{x:,.10g}" for x in (self.low, self.high) if x is not None]
        middle = "" if self.central is None else f" {self.central:,.10g}"
        between = f" ({' to '.join(numbers)})" if numbers else ""
        return f"{self.subject}, {self.metric}, {self.period}:{middle}{between} {self.unit}"


def _number(text: str) -> float | None:
    return float(text) if text else None


@cache
def facts(path: Path = FACTS) -> Mapping[str, Fact]:
    """Every fact by id, in the order of the file."""
    found: dict[str, Fact] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            numbers = {key: _number(row.pop(key)) for key in ("low", "central", "high")}
            if row["id"] in found:
                raise ValueError(f"{path.name}: the id {row['id']} stands twice; give one a new id")
            found[row["id"]] = Fact(**row, **numbers)  # type: ignore[arg-type]
    return MappingProxyType(found)
