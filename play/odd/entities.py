"""Entities: who and what there is in the model, and the quantities that each carries."""

from collections.abc import Iterator
from math import exp

from agents.doctrine.roster import ROSTER
from play.odd.reading import name_of, phases, written_by
from play.odd.tables import plain, table
from play.words import read
from world.cast import ROLES, Cast
from world.orders import Amount, OrderKind
from world.phases.intelligence import QUESTIONS
from world.phases.standing import OBJECTIVES
from world.state import SIZES, axes_of, columns
from world.turn import ORDERS

KINDS = {
    "worlds": ("the world", "what there is once in a game"),
    "seats": ("seat", "an actor that decides, held by a person or by a doctrine"),
    "accounts": ("account", "whose money is counted: seats, unplayed owners, everybody else"),
    "governments": ("government", "controller, planner and hosts together"),
    "controllers": ("controller", "the government that controls exports"),
    "planners": ("planner", "the government that directs wafers, money and imports at home"),
    "hosts": ("host", "a government with toolmakers, memory makers, clouds or ports that others need"),
    "foundries": ("foundry", "a firm that makes wafers and packages"),
    "memory_makers": ("memory maker", "a firm that makes high-bandwidth memory"),
    "chipmakers": ("chipmaker", "a firm that designs accelerators and has them made"),
    "labs": ("lab", "a firm that trains models"),
    "brokers": ("broker", "a network that smuggles, or orders dies through front companies"),
    "owners": ("owner", "whoever holds accelerators: labs, clouds, state data centres and other buyers"),
    "products": ("product", "an accelerator design, or a slot for one to come"),
    "goods": ("goods", "products that are smuggled"),
    "slots": ("holding", "a product with an owner who may hold it"),
    "blocs": ("bloc", "the US side and China"),
    "nodes": ("node", "class of process: mature, advanced (7 nm), leading (5 nm and below)"),
    "sources": ("source", "somebody who publishes estimates, with an interest and noise"),
    "questions": ("question", "a disputed quantity on which sources publish and seats hold beliefs"),
    "grey": ("grey channel", "smuggled, and rented"),
    "dials": ("dial", "one amount of one order about one thing, as a seat has set it"),
    "delayed": ("delayed dial", "a dial that bites some quarters after it was moved"),
    "entries": ("entry", "one order about one thing"),
}
"""What stands along each axis: what one of them is called, and what it is."""

SEEN = {
    "all": "everybody",
    "none": "nobody",
    "own": "its seat",
    "foundry": "its foundry",
    "planner": "the planner, in China",
}


def sizes(cast: Cast) -> dict[str, int]:
    """How many stand along each axis that a scenario fills."""
    return {**cast.sizes, "slots": len(cast.slots), "worlds": 1}


def entities(cast: Cast) -> Iterator[str]:
    """The kinds of things there are, how many, and their names."""
    counted = sizes(cast)
    rows = [
        (name, what, str(counted[axis]), ", ".join(cast.names.get(axis, ())) or "-")
        for axis, (name, what) in KINDS.items()
        if axis in counted and axis not in ("worlds", "accounts", "seats", "governments")
    ]
    return table(("entity", "what it is", "in the game", "names"), rows)


def state(cast: Cast) -> Iterator[str]:
    """The quantities of every kind of entity."""
    homes: dict[str, list[str]] = {}
    for name in columns():
        homes.setdefault(axes_of(name)[0], []).append(name)
    for axis in KINDS:
        if axis in homes:
            yield from ("", f"**{KINDS[axis][0].capitalize()}** ({KINDS[axis][1]})", "")
            yield from table(
                ("quantity", "further axes", "unit", "meaning", "seen exactly by", "changed in"),
                [quantity_row(name) for name in homes[axis]],
            )


def quantity_row(name: str) -> tuple[str, ...]:
    """A quantity of the state as its declaration has it."""
    about = columns()[name].metadata
    further = ", ".join(axis.replace("_", " ") for axis in axes_of(name)[1:-1]) or "-"
    seen = ", ".join(SEEN[who] for who in about["seen"].split("+"))
    return f"`{name}`", further, about["unit"] or "-", about["doc"], seen, changed_in(name)


def changed_in(name: str) -> str:
    """The phases that give a quantity anew."""
    return ", ".join(name_of(module) for module in phases() if name in written_by(module)) or "-"


def axes() -> Iterator[str]:
    """The axes that are counted and have no names."""
    said = {
        "quarters_ahead": "quarters ahead for which expansions are queued",
        "in_process": "quarters ahead for which wafers in process are queued",
        "records": "past quarters whose best models are remembered",
        "pads": "numbers that a doctrine may note for itself",
        "grey": "smuggled, rented",
    }
    return table(("axis", "places", "what"), [(axis, str(size), said[axis]) for axis, size in SIZES.items()])


def orders() -> Iterator[str]:
    """Every order by the role that may give it."""
    heads = ("order", "what it does", "about", "amounts", "price", "bites after", "pays off after", "others see it")
    for role in ROLES:
        kinds = [kind for kind in ORDERS if kind.issuer == role]
        yield from ("", f"**Orders of a {role.replace('_', ' ')}**", "")
        yield from table(heads, [order_row(kind) for kind in kinds])


def order_row(kind: OrderKind) -> tuple[str, ...]:
    """An order as its declaration has it."""
    unit = "points" if kind.currency == "capital" else kind.currency
    return (
        f"`{kind.name}`",
        kind.summary,
        ", ".join(f"{pick.name} ({pick.help})" for pick in kind.picks) or "-",
        "; ".join(amount_words(amount) for amount in kind.amounts),
        f"{plain(kind.price)} {unit}" if kind.price else "free",
        quarters(kind.delay) if kind.delay else "at once",
        quarters(kind.lead) if kind.lead else "-",
        "yes" if kind.is_public else "no",
    )


def amount_words(amount: Amount) -> str:
    """An amount with its bounds and steps."""
    bounds = f"{plain(amount.low)} to {plain(amount.high)} {amount.unit}".rstrip()
    return f"{amount.name}: {amount.help} ({bounds}, steps of {plain(amount.step)})"


def quarters(count: int) -> str:
    """A number of quarters in words."""
    return f"{count} quarter" if count == 1 else f"{count} quarters"


def objectives(cast: Cast) -> Iterator[str]:
    """What each role is scored on, and the range of weights that its seats give to it."""
    rows, abouts = [], read().under("objectives.about")
    for role, goals in OBJECTIVES.items():
        weights = cast.weights[cast.seat_rows(role)]
        rows += [
            (
                role.replace("_", " ") if at == 0 else "",
                goal.replace("_", " "),
                abouts[f"{role}.{goal}"],
                span(weights[:, at].tolist()),
            )
            for at, goal in enumerate(goals)
        ]
    return table(("role", "objective", "what it is", "weight"), rows)


def span(values: list[float]) -> str:
    """The least and the most of some numbers, or the one that all are."""
    low, high = plain(min(values)), plain(max(values))
    return low if low == high else f"{low} to {high}"


def doctrines() -> Iterator[str]:
    """The doctrines that programs follow, by role."""
    rows = [
        (
            one.name,
            "every role" if one.roles == ROLES else ", ".join(role.replace("_", " ") for role in one.roles),
            {"": "both", "us": "US", "cn": "China"}[one.bloc],
            one.summary,
        )
        for one in ROSTER
    ]
    return table(("doctrine", "roles", "side", "in a sentence"), rows)


def questions() -> Iterator[str]:
    """The disputed quantities."""
    return table(("question", "unit", "what it is"), [(f"`{name}`", q.unit, q.doc) for name, q in QUESTIONS.items()])


def sources(cast: Cast) -> Iterator[str]:
    """Who publishes on what: how far each source leans, as a factor on the truth, and how it scatters."""
    rows = []
    for at, name in enumerate(cast.sources):
        for on, question in enumerate(cast.questions):
            if cast.source_speaks[at, on]:
                lean, scatter = exp(float(cast.source_bias[at, on])), float(cast.source_noise[at, on])
                rows.append((name, f"`{question}`", f"{lean:.2g}", f"{scatter:.2g}"))
    return table(("source", "publishes on", "leans by a factor of", "scatter (ln)"), rows)
