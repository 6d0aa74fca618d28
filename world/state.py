"""World: every quantity of a batch of games, declared once with axes, unit, meaning and who may see it."""

from collections.abc import Sequence
from dataclasses import Field, dataclass, field, fields
from functools import cache
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8, UInt64

from world.cast import Cast

Array = np.ndarray

AHEAD = 8
"""Quarters ahead for which expansions are queued."""
IN_PROCESS = 3
"""Quarters ahead for which wafers in process are queued."""
RECORDS = 20
"""Past quarters whose best models are remembered, to read the lead."""
PADS = 2
"""Numbers a doctrine may note for its own later use."""

SIZES = {"quarters_ahead": AHEAD, "in_process": IN_PROCESS, "records": RECORDS, "pads": PADS, "grey": 2}


def column(*, unit: str, doc: str, seen: str, default: int | float | None = 0, dtype: str = "f4") -> Any:
    """Declare a quantity: its unit, what it means, who sees it exactly, and its opening when none is given.

    `seen` is "all", "none", or the seats that see a row: "own" (whoever the row belongs to),
    "foundry" (the foundry that makes the chipmaker's dies), "planner" (rows of China), joined by "+".
    A `default` of None means that a scenario must give the opening.
    """
    return field(metadata={"unit": unit, "doc": doc, "seen": seen, "default": default, "dtype": np.dtype(dtype)})


@dataclass(frozen=True, kw_only=True)
class World:
    """Everything true at the start of a turn, in every game of the batch."""

    cast: Cast

    # fmt: off
    seed: UInt64[Array, " worlds"] = column(unit="", doc="the game's seed, from which all its luck follows", seen="none", dtype="u8")
    turn: Int[Array, " worlds"] = column(unit="quarters", doc="quarters played", seen="all", dtype="i2")
    is_over: Bool[Array, " worlds"] = column(unit="", doc="whether the game has ended", seen="all", dtype="?")
    length: Int[Array, " worlds"] = column(unit="quarters", doc="quarters after which the game ends", seen="all", default=12, dtype="i2")

    ordered: Int[Array, "dials worlds"] = column(unit="steps", doc="what each dial was last set to (governments' are public, but for secret ones)", seen="own", dtype="i2")
    in_force: Int[Array, "delayed worlds"] = column(unit="steps", doc="what the dials that bite with a delay stand at now", seen="own", dtype="i2")
    wait: Int[Array, "delayed worlds"] = column(unit="quarters", doc="quarters until a setting that was ordered bites", seen="own", dtype="i1")
    refused: UInt8[Array, "entries worlds"] = column(unit="", doc="why an order of the last quarter did not stand (0: it stood or was not asked)", seen="own", dtype="u1")
    notes: Float[Array, "seats pads worlds"] = column(unit="", doc="what a doctrine wants to remember", seen="own", dtype="f2")

    money: Int[Array, "accounts worlds"] = column(unit="thousand USD", doc="cash of every seat, unplayed owner and the world outside", seen="own", dtype="i8")
    capital: Float[Array, "governments worlds"] = column(unit="points", doc="political capital a government can spend on orders", seen="own", default=30)
    budget: Float[Array, "governments worlds"] = column(unit="thousand USD/quarter", doc="what a government may spend on chips, fabs and enforcement in a quarter", seen="own", default=100_000)
    approval: Float[Array, "governments worlds"] = column(unit="share", doc="how content the public and industry are with the government", seen="all", default=0.5)
    stance: Float[Array, "controllers worlds"] = column(unit="logit", doc="willingness of the controller's politics to sell chips: below zero hawks lead, above zero sellers", seen="all")
    strictness: Float[Array, "controllers worlds"] = column(unit="share", doc="how much of what could be controlled is controlled", seen="all", default=0.6)
    tightened: Float[Array, "controllers worlds"] = column(unit="share", doc="change of strictness in the quarter", seen="all")
    threat: Float[Array, "chipmakers worlds"] = column(unit="share", doc="share of a chipmaker's foreign demand that rules deny", seen="own")
    lobbied: Float[Array, "chipmakers worlds"] = column(unit="thousand USD", doc="lobbying spent in the quarter (disclosed)", seen="all")
    memory_grace: Float[Array, "controllers worlds"] = column(unit="weeks", doc="weeks of free memory sales left before a memory rule bites", seen="all")
    warned: Int[Array, "controllers worlds"] = column(unit="quarters", doc="quarters for which a warning of advisers still makes selling costly", seen="all", dtype="i1")
    shock: Float[Array, "controllers worlds"] = column(unit="logit", doc="news of the quarter that moved the stance", seen="all")

    capacity: Float[Array, "foundries nodes worlds"] = column(unit="wafers/quarter", doc="300 mm wafers a foundry can start in a quarter", seen="own+planner", default=None)
    coming: Float[Array, "foundries nodes quarters_ahead worlds"] = column(unit="wafers/quarter", doc="capacity on order, by quarters until it can start wafers", seen="own+planner")
    defect_density: Float[Array, "foundries nodes worlds"] = column(unit="defects/cm2", doc="killer defects per square centimetre", seen="own+planner", default=None)
    cumulative_wafers: Float[Array, "foundries nodes worlds"] = column(unit="wafers", doc="wafers ever made on the node, from which the fab learns", seen="own+planner", default=10_000)
    design_wafers: Float[Array, "chipmakers worlds"] = column(unit="wafers", doc="wafers ever made of a chipmaker's designs, from which their yield is learnt", seen="own+foundry+planner")
    design_defects: Float[Array, "chipmakers worlds"] = column(unit="ratio", doc="defects that kill a chipmaker's dies, over those of its foundry's node", seen="own+foundry+planner", default=1.0)
    tool_health: Float[Array, "foundries worlds"] = column(unit="share", doc="share of the tools in working order", seen="own+planner", default=1.0)
    euv_fitted: Float[Array, "foundries worlds"] = column(unit="share", doc="share of a foundry's leading lines that have EUV machines", seen="own+planner", default=1.0)
    tool_programme: Float[Array, "planners worlds"] = column(unit="share", doc="share of denied tools and service replaced at home", seen="own")
    programme_coming: Float[Array, "planners quarters_ahead worlds"] = column(unit="share", doc="replacement of denied tools under development, by quarters until it works", seen="own")
    utilisation: Float[Array, "foundries nodes worlds"] = column(unit="share", doc="share of capacity that started wafers", seen="own+planner", dtype="f2")
    started: Float[Array, "chipmakers nodes worlds"] = column(unit="wafers", doc="wafers started for a chipmaker in the quarter", seen="own+foundry+planner")
    phone_wafers: Float[Array, "foundries worlds"] = column(unit="wafers", doc="advanced wafers started for phone makers in the quarter", seen="own+planner")
    die_yield: Float[Array, "products worlds"] = column(unit="share", doc="good dies of 100 made in the quarter", seen="own+foundry+planner")
    pack_room: Float[Array, "chipmakers worlds"] = column(unit="packages", doc="packages a chipmaker may have from its foundry's lines in the quarter", seen="own+foundry")
    wanted_packages: Float[Array, "chipmakers worlds"] = column(unit="packages", doc="packages a chipmaker means to build in the quarter", seen="own+foundry")
    mix: Float[Array, "products worlds"] = column(unit="share", doc="each product's share of its maker's packages", seen="own", dtype="f2")
    phone_demand: Float[Array, "foundries worlds"] = column(unit="wafers/quarter", doc="advanced wafers that phone makers ask for", seen="own+planner")
    other_wafers: Float[Array, "foundries worlds"] = column(unit="wafers/quarter", doc="mature wafers made for everybody else", seen="own+planner")
    pack_capacity: Float[Array, "foundries worlds"] = column(unit="packages/quarter", doc="accelerator packages a foundry's packaging lines can finish", seen="own+planner", default=None)
    pack_coming: Float[Array, "foundries quarters_ahead worlds"] = column(unit="packages/quarter", doc="packaging capacity on order", seen="own+planner")
    memory_capacity: Float[Array, "memory_makers worlds"] = column(unit="stacks/quarter", doc="high-bandwidth memory stacks a maker can finish", seen="own+planner", default=None)
    memory_coming: Float[Array, "memory_makers quarters_ahead worlds"] = column(unit="stacks/quarter", doc="memory capacity on order", seen="own+planner")
    memory_stock: Int[Array, "memory_makers worlds"] = column(unit="stacks", doc="finished stacks not yet sold", seen="own", dtype="i8")
    stacks: Int[Array, "chipmakers worlds"] = column(unit="stacks", doc="memory stacks a chipmaker holds", seen="own+planner", dtype="i8")
    stacks_in: Int[Array, "chipmakers worlds"] = column(unit="stacks", doc="memory stacks a chipmaker received in the quarter", seen="own+planner", dtype="i8")
    dies_coming: Int[Array, "products in_process worlds"] = column(unit="dies", doc="dies in process, by quarters until they leave the foundry", seen="own+foundry", dtype="i4")
    dies_raw: Int[Array, "products worlds"] = column(unit="dies", doc="untested dies in stock", seen="own+planner", dtype="i4")
    dies_tested: Int[Array, "products worlds"] = column(unit="dies", doc="dies in stock that are known to be good", seen="own+planner", dtype="i4")
    packed: Int[Array, "products worlds"] = column(unit="chips", doc="good accelerators finished in the quarter", seen="own+planner", dtype="i4")
    binding: Int[Array, "chipmakers worlds"] = column(unit="", doc="what limited the chipmaker's output: 0 nothing, 1 logic, 2 memory, 3 packaging, 4 demand", seen="own+planner", dtype="i1")
    per_die: Float[Array, "products worlds"] = column(unit="packages/die", doc="good packages made for each die that leaves the foundry, tested or not", seen="own+foundry+planner")
    pack_yield: Float[Array, "chipmakers worlds"] = column(unit="share", doc="good packages of 100 started, as the dies came", seen="own+foundry+planner")

    on_sale: Bool[Array, "products worlds"] = column(unit="", doc="whether the design can be made", seen="all", dtype="?")
    launch: Int[Array, "products worlds"] = column(unit="quarter", doc="quarter in which the design came out, or will where its figures are given (0: the first)", seen="all", dtype="i2")
    h100e: Float[Array, "products worlds"] = column(unit="H100e", doc="dense 16-bit operations a second over 989e12", seen="all")
    tpp: Float[Array, "products worlds"] = column(unit="TPP", doc="total processing performance: the largest of TOPS x bit width", seen="all")
    dies: Int[Array, "products worlds"] = column(unit="dies", doc="compute dies in a package", seen="all", default=1, dtype="i1")
    memory: Int[Array, "products worlds"] = column(unit="stacks", doc="memory stacks in a package", seen="all", dtype="i1")
    kw: Float[Array, "products worlds"] = column(unit="kW", doc="power of one chip with its share of the system, at the usual system size", seen="all")
    list_price: Float[Array, "products worlds"] = column(unit="thousand USD", doc="price of one chip before mark-up and shortage", seen="all")
    node: Int[Array, "products worlds"] = column(unit="", doc="node the die is made on: 0 mature, 1 advanced, 2 leading", seen="all", default=1, dtype="i1")
    design_node: Int[Array, "chipmakers worlds"] = column(unit="", doc="node of the last design project", seen="own", default=1, dtype="i1")
    design_dies: Int[Array, "chipmakers worlds"] = column(unit="dies", doc="dies per package of the last design project", seen="own", default=1, dtype="i1")
    design_memory: Int[Array, "chipmakers worlds"] = column(unit="stacks", doc="memory stacks of the last design project", seen="own", default=8, dtype="i1")
    export_target: Float[Array, "chipmakers worlds"] = column(unit="TPP", doc="performance the last export design aimed at", seen="own")
    design_project: Int[Array, "chipmakers worlds"] = column(unit="", doc="number of the last design project started", seen="own", dtype="i1")
    free_slots: Int[Array, "chipmakers worlds"] = column(unit="", doc="designs the maker can still bring out in this game", seen="own", default=2, dtype="i1")
    design_left: Int[Array, "chipmakers worlds"] = column(unit="quarters", doc="quarters until the running design project is done (0: none runs)", seen="own", dtype="i1")
    export_left: Int[Array, "chipmakers worlds"] = column(unit="quarters", doc="quarters until the running export design is done (0: none runs)", seen="own", dtype="i1")
    skill: Float[Array, "chipmakers worlds"] = column(unit="TPP/mm2", doc="performance density the maker's engineers reach on the advanced node", seen="all", default=5)

    unsold: Int[Array, "products worlds"] = column(unit="chips", doc="finished chips with the maker", seen="own", dtype="i4")
    chips: Int[Array, "slots worlds"] = column(unit="chips", doc="accelerators by product and owner", seen="own+planner", dtype="i4")
    sold: Int[Array, "slots worlds"] = column(unit="chips", doc="chips sold by maker to owner in the quarter", seen="own", dtype="i4")
    retired: Int[Array, "products worlds"] = column(unit="chips", doc="chips that wore out or were taken out of service", seen="none", dtype="i4")
    seized: Int[Array, "products worlds"] = column(unit="chips", doc="chips seized by customs so far (published)", seen="all", dtype="i4")
    dies_made: Int[Array, "products worlds"] = column(unit="dies", doc="dies ever counted into the game", seen="none", dtype="i4")
    dies_scrapped: Int[Array, "products worlds"] = column(unit="dies", doc="dies found bad or lost in packaging", seen="own", dtype="i4")
    stacks_made: Int[Array, "memory_makers worlds"] = column(unit="stacks", doc="stacks ever counted into the game", seen="none", dtype="i8")
    stacks_used: Int[Array, "chipmakers worlds"] = column(unit="stacks", doc="stacks packaged, good or not", seen="none", dtype="i8")
    price_index: Float[Array, "chipmakers worlds"] = column(unit="ratio", doc="price over list price, as shortage and mark-up have it", seen="all", default=1.0)
    backlog: Float[Array, "chipmakers worlds"] = column(unit="ratio", doc="chips asked for over chips offered in the quarter", seen="own", default=1.0)
    revenue: Int[Array, "chipmakers worlds"] = column(unit="thousand USD", doc="sales of the quarter", seen="all", dtype="i8")
    revenue_cn: Int[Array, "chipmakers worlds"] = column(unit="thousand USD", doc="sales to China in the quarter", seen="all", dtype="i8")
    other_revenue: Int[Array, "blocs worlds"] = column(unit="thousand USD", doc="revenue of mature-chip and chip-using industry in the quarter", seen="all", dtype="i8")
    income: Float[Array, "owners worlds"] = column(unit="thousand USD/quarter", doc="what an owner can spend on compute in a quarter", seen="own")
    plan: Float[Array, "owners worlds"] = column(unit="H100e", doc="compute the owner plans to add in the quarter", seen="own")
    unmet: Float[Array, "owners worlds"] = column(unit="H100e", doc="planned compute the owner did not get in the quarter", seen="own")

    purse: Float[Array, "grey owners worlds"] = column(unit="thousand USD", doc="money left in the quarter for smuggled and for rented compute", seen="none")

    premium: Float[Array, " worlds"] = column(unit="share", doc="black-market price over the legal price, less one", seen="all", default=0.5)
    route_capacity: Float[Array, "brokers worlds"] = column(unit="chips/quarter", doc="chips a network could move if it paid", seen="own", default=None)
    route_base: Float[Array, "brokers worlds"] = column(unit="chips/quarter", doc="chips the network could move with none of its shells burnt", seen="own", default=None)
    afloat: Int[Array, "brokers goods worlds"] = column(unit="chips", doc="smuggled chips on their way, landing next quarter", seen="own", dtype="i4")
    landed: Int[Array, "goods owners worlds"] = column(unit="chips", doc="smuggled chips that reached their owner in the quarter", seen="own", dtype="i4")
    moved: Int[Array, "brokers worlds"] = column(unit="chips", doc="chips a network set afloat in the quarter", seen="own", dtype="i4")
    caught: Int[Array, "brokers worlds"] = column(unit="chips", doc="chips of a network seized in the quarter (published)", seen="all", dtype="i4")
    risk: Float[Array, "brokers worlds"] = column(unit="share", doc="chance that a consignment of usual size is seized", seen="own")
    proxy_capacity: Float[Array, " worlds"] = column(unit="dies/quarter", doc="dies that front companies can order from a foreign foundry", seen="none")
    proxy_dies: Int[Array, " worlds"] = column(unit="dies", doc="dies obtained through front companies in the quarter", seen="none", dtype="i4")

    rented: Float[Array, "labs worlds"] = column(unit="H100e", doc="compute a lab rents abroad", seen="own")
    rent_price: Float[Array, " worlds"] = column(unit="USD/H100e hour", doc="price of rented compute abroad", seen="all", default=2.0)
    installed: Float[Array, "owners worlds"] = column(unit="H100e", doc="compute owned, at peak", seen="own")
    usable: Float[Array, "owners worlds"] = column(unit="H100e", doc="compute owned that does useful work, after software, failures and power", seen="own")
    megawatts: Float[Array, "owners worlds"] = column(unit="MW", doc="power drawn, cooling included", seen="own")
    software: Float[Array, " worlds"] = column(unit="share", doc="what the domestic software stack lets users get of its chips", seen="all", default=0.7)
    mtbf: Float[Array, " worlds"] = column(unit="hours", doc="mean time between failures of a domestic chip", seen="all", default=15_000)
    cuda_share: Float[Array, " worlds"] = column(unit="share", doc="share of Chinese developers who work on the foreign stack", seen="all", default=0.6)

    algorithms: Float[Array, "labs worlds"] = column(unit="log10", doc="algorithmic multiplier since the opening", seen="own")
    compute: Float[Array, "labs worlds"] = column(unit="H100e", doc="usable compute a lab had in the quarter, rented included", seen="own")
    trained: Float[Array, "labs worlds"] = column(unit="1e24 FLOP/year", doc="training compute of the last year", seen="own")
    run_target: Float[Array, "labs worlds"] = column(unit="1e24 FLOP", doc="size of the running training run", seen="own", default=1)
    run_done: Float[Array, "labs worlds"] = column(unit="1e24 FLOP", doc="what the running training run has done", seen="own")
    run_due: Float[Array, "labs worlds"] = column(unit="quarters", doc="quarters the run was planned to take", seen="own", default=2)
    run_age: Float[Array, "labs worlds"] = column(unit="quarters", doc="quarters the run has taken", seen="own")
    run_late: Float[Array, "labs worlds"] = column(unit="quarters", doc="quarters by which the last finished or the running run is late", seen="own")
    run_short: Int[Array, "labs worlds"] = column(unit="", doc="what held the run back: 0 nothing, 1 too little compute delivered, 2 below the useful minimum", seen="own", dtype="i1")
    score: Float[Array, "labs worlds"] = column(unit="ECI", doc="capability of the lab's best released model", seen="all", default=None)
    released: Bool[Array, "labs worlds"] = column(unit="", doc="whether the lab released a model in the quarter", seen="all", dtype="?")
    is_open: Bool[Array, "labs worlds"] = column(unit="", doc="whether the lab's best model has open weights", seen="all", dtype="?")
    talent: Float[Array, "labs worlds"] = column(unit="ECI", doc="what a lab gets beyond its compute and algorithms (data, people, methods)", seen="own")
    served: Float[Array, "labs worlds"] = column(unit="H100e", doc="compute a lab used to serve customers", seen="own")
    record_score: Float[Array, "blocs records worlds"] = column(unit="ECI", doc="best score first reached in each past quarter, newest first", seen="all")
    record_month: Float[Array, "blocs records worlds"] = column(unit="months", doc="when it was reached, months since the opening", seen="all")
    lead: Float[Array, " worlds"] = column(unit="months", doc="months since the leading bloc first had the other's best score (negative: China leads)", seen="all")

    military: Float[Array, " worlds"] = column(unit="H100e", doc="compute China's military holds in reserve", seen="planner")
    belief: Int[Array, "questions seats worlds"] = column(unit="ln/1000", doc="middle of what a seat believes, as a logarithm", seen="own", dtype="i2")
    belief_width: Int[Array, "questions seats worlds"] = column(unit="ln/1000", doc="standard deviation of what a seat believes", seen="own", default=700, dtype="i2")
    report: Float[Array, "sources questions worlds"] = column(unit="ln", doc="what a source last published, as a logarithm", seen="all", dtype="f2")
    credibility: Float[Array, "sources worlds"] = column(unit="share", doc="how far a source is believed", seen="all", default=1.0)
    revealed: Bool[Array, "questions worlds"] = column(unit="", doc="whether something came out in the quarter that tells everybody of it: a teardown, a large seizure, a leap of a model", seen="all", dtype="?")
    year_output: Float[Array, " worlds"] = column(unit="chips/year", doc="Huawei's accelerators over the last four quarters", seen="none", default=400_000)

    foundry_chips: Float[Array, "foundries worlds"] = column(unit="chips", doc="accelerators made from a foundry's dies in the quarter before the game", seen="own", default=1)
    memory_before: Float[Array, "memory_makers worlds"] = column(unit="stacks/quarter", doc="memory capacity at the opening", seen="own", default=1)
    revenue_before: Float[Array, "chipmakers worlds"] = column(unit="thousand USD", doc="sales of the quarter before the game", seen="own", default=1)
    compute_before: Float[Array, "labs worlds"] = column(unit="H100e", doc="compute a lab could use at the opening", seen="own", default=1)
    objective: Float[Array, "seats worlds"] = column(unit="points", doc="how far a seat met its own objectives so far, 0 to 100", seen="own", default=50)
    # fmt: on


@cache
def columns() -> dict[str, Field[Any]]:
    """The declared quantities of the world by name, in order."""
    return {f.name: f for f in fields(World) if "unit" in f.metadata}


@cache
def precisions() -> dict[str, np.dtype[Any]]:
    """The type in which each quantity is kept."""
    return {name: declared.metadata["dtype"] for name, declared in columns().items()}


@cache
def axes_of(name: str) -> tuple[str, ...]:
    """The axes of a quantity, `worlds` last."""
    annotation: Any = columns()[name].type
    return tuple(annotation.dim_str.split())


def replace(world: World, **changed: Any) -> World:
    """The world with some quantities changed: `dataclasses.replace`, ten times as fast.

    Raises KeyError for a name that is not a quantity.
    """
    new = object.__new__(World)
    new.__dict__.update(world.__dict__, **changed)
    if len(new.__dict__) > len(world.__dict__) and not changed.keys() <= columns().keys():
        raise KeyError(*changed.keys() - columns().keys())
    return new


@cache
def written_axes(name: str) -> tuple[str, ...]:
    """The axes of a quantity as files and tables write them: a slot is a product and an owner."""
    return tuple(
        written for axis in axes_of(name) for written in (("products", "owners") if axis == "slots" else (axis,))
    )


def stored(world: World) -> World:
    """The world with every quantity in the precision it is kept in."""
    figures = world.__dict__
    return replace(
        world,
        **{name: figures[name].astype(kept) for name, kept in precisions().items() if figures[name].dtype != kept},
    )


def take(world: World, chosen: Int[Array, " chosen"]) -> World:
    """The chosen worlds, in that order, as a batch of their own (repeats are forks)."""
    figures = world.__dict__
    return replace(world, **{name: figures[name].take(chosen, axis=-1) for name in columns()})


TWICE = np.zeros(2, dtype=np.intp)
"""Chooses the one world of a batch of one, twice."""


def crowd(world: World) -> World:
    """The worlds; one that is alone as two equal ones, because numpy adds in another order where an axis is of length one."""
    return take(world, TWICE) if world.seed.size == 1 else world


def choose(mask: Bool[Array, " worlds"], yes: World, no: World) -> World:
    """`yes` where the mask is true, `no` elsewhere."""
    return replace(yes, **{name: np.where(mask, getattr(yes, name), getattr(no, name)) for name in columns()})


def side_by_side(batches: Sequence[World]) -> World:
    """Batches of one cast as one."""
    if len(batches) == 1:
        return batches[0]
    return replace(
        batches[0],
        **{name: np.concatenate([getattr(batch, name) for batch in batches], axis=-1) for name in columns()},
    )


def bytes_a_world(world: World) -> float:
    """How many bytes of state one game takes."""
    return sum(getattr(world, name).nbytes for name in columns()) / world.seed.size
