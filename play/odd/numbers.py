"""Numbers: coefficients, what is drawn, patterns, and where everything comes from."""

from collections import Counter
from collections.abc import Iterator

from play.evidence.calibration import unknowns
from play.evidence.patterns import Pattern, patterns
from play.odd.reading import drawn_by, home_of, name_of, phases, readers, summary_of, written_by
from play.odd.tables import number, origin, table
from world.facts import facts
from world.rules import coefficients
from world.scenario import Scenario
from world.scenario_numbers import Filling, Quantity
from world.state import columns


def schedule() -> Iterator[str]:
    """The phases in order: what each does, changes and draws."""
    rows = []
    for at, module in enumerate(phases(), 1):
        luck = ", ".join(label for label, _ in drawn_by(module)) or "-"
        rows.append((str(at), name_of(module), summary_of(module), ", ".join(written_by(module)), luck))
    return table(("", "phase", "what happens", "quantities it changes", "luck"), rows)


def luck() -> Iterator[str]:
    """Every label of luck that a phase draws."""
    rows = [(f"`{label}`", name_of(module), how) for module in phases() for label, how in drawn_by(module)]
    return table(("label", "phase", "drawn"), rows)


def cells(filling: Filling) -> Iterator[tuple[str, Quantity]]:
    """Every number of a filling by its label, without the room that it stands in."""
    for place, one in filling.cells.items():
        yield filling.named(place).partition(".")[2], one


def coefficients_of_phase(scenario: Scenario, phase: str) -> Iterator[str]:
    """The coefficients of a phase: meaning, unit, number, source, and which other phases read them."""
    rows = []
    for name, declared in coefficients().items():
        if home_of(name) == phase:
            about = declared.metadata
            others = ", ".join(one for one in readers(name) if one != phase)
            for label, one in cells(scenario.begins.coefficients[name]):
                rows.append((f"`{label}`", about["doc"], about["unit"], number(one), origin(one), others or "-"))
    return table(("coefficient", "meaning", "unit", "value, and range where drawn", "source", "also in"), rows)


def otherwise(scenario: Scenario, base: Scenario) -> Iterator[str]:
    """The coefficients that one scenario gives otherwise than another."""
    rows = []
    for name, filling in scenario.begins.coefficients.items():
        usual = dict(cells(base.begins.coefficients[name]))
        for label, one in cells(filling):
            if (one.value, one.range) != (usual[label].value, usual[label].range):
                unit = coefficients()[name].metadata["unit"]
                rows.append((f"`{label}`", unit, number(one), number(usual[label]), origin(one)))
    return table(("coefficient", "unit", f"`{scenario.name}`", f"`{base.name}`", "source"), rows)


def drawn(scenario: Scenario) -> Iterator[str]:
    """Everything that a scenario draws for each game."""
    fitted = {one.label for one in unknowns() if scenario.name in one.scenarios}
    rows = []
    for label, one in scenario.begins.drawn().items():
        where, _, rest = label.partition(".")
        about = (coefficients() if where == "rules" else columns())[rest.partition(".")[0]].metadata
        told = about["doc"]
        rows.append((f"`{label}`", told, about["unit"], number(one), origin(one), "yes" if label in fitted else "no"))
    return table(("number", "meaning", "unit", "middle; range", "source", "fitted"), rows)


def estimated(scenario: Scenario) -> str:
    """The share of a scenario's numbers that are estimates, in per cent."""
    kinds = kinds_of(scenario)
    return f"{100 * kinds['estimate'] / kinds.total():.0f} %"


def how_drawn(scenario: Scenario) -> str:
    """How a scenario draws what it draws, in a sentence."""
    count, prior = len(scenario.begins.drawn()), scenario.begins.prior
    if prior is None:
        return f"`{scenario.name}` draws {count} numbers, each for itself"
    return (
        f"`{scenario.name}` draws {count} numbers, {len(prior.kept)} of them together, from the density `{prior.name}`"
    )


KINDS = {
    "fact": "cites a row of the facts",
    "prior": "cites a row that is recalled or a judgement",
    "estimate": "estimate of the authors",
    "definition": "by definition, or no such thing",
    "balance": "invented for balance",
    "words": "another source in words",
}
"""What numbers rest on."""


def kind_of(one: Quantity) -> str:
    """What a number rests on."""
    said = one.source.lower()
    if one.fact:
        return "prior" if facts()[one.fact].is_prior else "fact"
    if said.startswith(("estimate", "judgement")):
        return "estimate"
    if said.startswith("invented for balance"):
        return "balance"
    return "definition" if said.startswith(("by definition", "no ")) else "words"


def kinds_of(scenario: Scenario) -> Counter[str]:
    """How many numbers of a scenario rest on what."""
    fillings = (*scenario.begins.quantities.values(), *scenario.begins.coefficients.values())
    return Counter(kind_of(one) for filling in fillings for _, one in cells(filling))


def provenance(*scenarios: Scenario) -> Iterator[str]:
    """How many numbers of each scenario rest on what, as a table."""
    counts = [kinds_of(scenario) for scenario in scenarios]
    rows = [(what, *(str(count[kind]) for count in counts)) for kind, what in KINDS.items()]
    rows.append(("all", *(str(count.total()) for count in counts)))
    return table(("a number", *(f"`{scenario.name}`" for scenario in scenarios)), rows)


def pattern_table() -> Iterator[str]:
    """Every pattern: what must be seen, where it is from, and what it was used for."""
    rows = [
        (
            one.id,
            one.title,
            one.unit,
            "; ".join(f"`{c.of}`: {c.told()}" for c in one.conditions),
            one.source,
            use_of(one),
        )
        for one in patterns()
    ]
    return table(("", "pattern", "unit", "the model must show", "source", "use"), rows)


def use_of(pattern: Pattern) -> str:
    """What a pattern was used for."""
    return "held out" if pattern.is_held_out else "fitted" if pattern.observations else "checked"


def dated(scenario: Scenario) -> Iterator[str]:
    """The designs that come out in a quarter that the scenario gives."""
    cast, begins = scenario.cast, scenario.begins
    launch, tpp = (dict(begins.quantities[name].cells) for name in ("launch", "tpp"))
    rows = [
        (product, str(int(launch[(at,)].value)), origin(launch[(at,)]))
        for at, product in enumerate(cast.products)
        if (at,) in launch and (at,) in tpp and launch[(at,)].value > 0
    ]
    return table(("design", "quarter of the game", "source"), rows)
