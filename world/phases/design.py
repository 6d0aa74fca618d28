"""Design: chipmakers finish projects, and new chips and export versions come out; dated ones in their quarter."""

from types import SimpleNamespace

import numpy as np
from jaxtyping import Bool

from world.chance import Chance
from world.flows import exp, of_row, on_grid
from world.orders import Amount, Dials, OrderKind
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

STILL_BUSY, NO_SLOT = 1, 2


def check_design(world: World, asked: SimpleNamespace) -> Array:
    """One project at a time, and only while there is a free slot."""
    return np.where(world.design_left > 0, STILL_BUSY, np.where(world.free_slots < 1, NO_SLOT, 0))


def check_export(world: World, asked: SimpleNamespace) -> Array:
    """One export design at a time."""
    return np.where(world.export_left > 0, STILL_BUSY, 0)


DESIGN_CHIP = OrderKind(
    name="design_chip",
    issuer="chipmaker",
    summary="Start the next chip: more dies on an older node, or fewer on a better one.",
    amounts=(
        Amount("node", 0.0, 2.0, step=1.0, unit="node", help="0 mature, 1 advanced, 2 leading"),
        Amount("dies", 1.0, 4.0, step=1.0, unit="dies", help="compute dies per package"),
        Amount("stacks", 0.0, 16.0, step=1.0, unit="stacks", help="memory stacks per package"),
        Amount("project", 0.0, 9.0, step=1.0, unit="", help="the number of the project; a new number starts it"),
    ),
    price=400_000.0,
    refusals=(
        "a design project is still running",
        "the maker has brought out all the designs it can in this game",
    ),
    check=check_design,
    claim="C17",
)
DESIGN_FOR_EXPORT = OrderKind(
    name="design_for_export",
    issuer="chipmaker",
    summary="Cut the flagship down to a performance that may be sold where ceilings apply.",
    amounts=(Amount("tpp", 0.0, 60_000.0, step=100.0, unit="TPP", help="performance to stay at or under"),),
    price=150_000.0,
    refusals=("an export design is still running",),
    check=check_export,
    claim="C09",
)


def progressed(world: World, orders: Dials, rules: Rules) -> World:
    """Count running projects down, and start the ones that were ordered."""
    design, export = orders.design_chip, orders.design_for_export
    asked = design.project != world.design_project
    starts = asked & (world.design_left == 0) & (world.free_slots > 0)
    left = np.where(starts, rules.design_quarters, np.maximum(world.design_left - 1, 0))
    aims = (export.tpp > 0) & (np.abs(export.tpp - world.export_target) > 50) & (world.export_left == 0)
    export_left = np.where(aims, rules.export_quarters, np.maximum(world.export_left - 1, 0))
    return replace(
        world,
        design_left=left.astype(np.int8),
        design_project=np.where(starts, design.project, world.design_project).astype(np.int8),
        design_node=np.where(starts, design.node, world.design_node).astype(np.int8),
        design_dies=np.where(starts, design.dies, world.design_dies).astype(np.int8),
        design_memory=np.where(starts, design.stacks, world.design_memory).astype(np.int8),
        export_left=export_left.astype(np.int8),
        export_target=np.where(aims, export.tpp, world.export_target).astype(np.float32),
        skill=on_grid(world.skill * exp(rules.skill_growth)),
    )


def bring_out(
    world: World, changed: dict[str, Array], product: int, ready: Bool[Array, " worlds"], spec: dict[str, Array]
) -> None:
    """Write a product's design into its slot where it is ready, in copies of the columns that it is kept in."""
    for name, value in spec.items():
        if name not in changed:
            changed[name] = getattr(world, name).copy()
        np.copyto(changed[name][product], value, where=ready, casting="unsafe")


def flagship(world: World, maker: int, rules: Rules) -> dict[str, Array]:
    """What a maker's engineers reach with the node, dies and memory of the finished project."""
    cast = world.cast
    node = world.design_node[maker].astype(int)
    gain, thrift = of_row(rules.node_density, node), of_row(rules.node_power, node)
    dies = world.design_dies[maker].astype(float)
    area = float(cast.die_size[maker])
    tpp = world.skill[maker] * gain * area * dies * (1 - rules.multi_die_loss * (dies - 1))
    return _spec(world, maker, tpp, dies, world.design_memory[maker].astype(float), node, thrift, rules)


def cut_down(world: World, maker: int, rules: Rules) -> dict[str, Array]:
    """The flagship's engineering cut to the target: fewer dies, memory kept, at or under the ceiling."""
    cast = world.cast
    target = world.export_target[maker].astype(float)
    area = float(cast.die_size[maker])
    a_die = world.skill[maker] * area
    dies = np.ceil(target / a_die).clip(1, 2)
    tpp = np.minimum(target * rules.export_margin, a_die * dies)
    node = np.ones(tpp.shape, dtype=int)
    memory = np.full(tpp.shape, 4.0) * dies
    return _spec(world, maker, tpp, dies, memory, node, np.ones(tpp.shape), rules)


def _spec(
    world: World,
    maker: int,
    tpp: Array,
    dies: Array,
    memory: Array,
    node: Array,
    thrift: Array,
    rules: Rules,
) -> dict[str, Array]:
    """Everything a world keeps of a design; too little memory leaves part of the chip idle."""
    cast = world.cast
    per_stack = rules.tpp_per_stack_cn if cast.seat_bloc("chipmaker")[maker] else rules.tpp_per_stack
    fed = np.minimum(memory / np.maximum(tpp / per_stack, 0.1), 1.0)
    tpp = on_grid(tpp)
    return {
        "on_sale": np.ones(tpp.shape, dtype=bool),
        "launch": world.turn,
        "tpp": tpp,
        "h100e": on_grid(tpp / rules.tpp_per_h100e * np.sqrt(fed)),
        "dies": dies,
        "memory": memory,
        "kw": on_grid(cast.power_factor[maker] * tpp / 1000 * thrift),
        "list_price": np.maximum(np.rint(cast.price_base[maker] + cast.price_slope[maker] * tpp / 1000), 1),
        "node": node,
    }


def is_dated(world: World) -> Bool[Array, "products worlds"]:
    """Whether each design was finished before the game and waits for the quarter of its launch."""
    return ~world.on_sale & (world.tpp > 0)


def launched(world: World) -> World:
    """The world with every dated design on sale whose quarter has come."""
    due = is_dated(world) & (world.launch <= world.turn)
    return replace(world, on_sale=world.on_sale | due) if due.any() else world


def design(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Bring out dated designs, and what is finished into each maker's next free slot; then move all projects on."""
    cast = world.cast
    world = launched(world)
    done = world.design_left == 1
    cut = world.export_left == 1
    made_by = cast.by_maker.index
    due = np.where(cast.is_export, np.asarray(cut.any(axis=1))[made_by], np.asarray(done.any(axis=1))[made_by])
    is_free = ~world.on_sale & (world.tpp == 0)
    world = progressed(world, orders, rules)
    slots, changed = world.free_slots.copy(), dict[str, Array]()
    for product in np.flatnonzero(due).tolist():
        maker = cast.product_maker[product]
        ready = (cut if cast.is_export[product] else done)[maker] & is_free[product]
        if not ready.any():
            continue
        spec = (cut_down if cast.is_export[product] else flagship)(world, maker, rules)
        bring_out(world, changed, product, ready, spec)
        (cut if cast.is_export[product] else done)[maker] &= ~ready
        if not cast.is_export[product]:
            slots[maker] -= ready
    return replace(world, free_slots=slots, **changed)


ORDERS = (DESIGN_CHIP, DESIGN_FOR_EXPORT)
