"""Packaging: chips are the least of dies, memory and packaging lines; what is left carries over."""

import numpy as np
from jaxtyping import Float, Int

from world.chance import Chance
from world.flows import exp, floored, log, on_grid, safe_ratio, split_all, total, whole
from world.orders import Amount, Dials, OrderKind
from world.rules import Rules
from world.state import World, replace
from world.yields import assembly_yield

Array = np.ndarray

TEST_DIES = OrderKind(
    name="test_dies",
    issuer="chipmaker",
    summary="Test dies before pairing them: slower, but a bad die no longer spoils a good one.",
    amounts=(Amount("share", 0.0, 1.0, step=0.05, unit="share", help="of dies tested first"),),
    claim="C25",
)
STOCKPILE = OrderKind(
    name="stockpile",
    issuer="chipmaker",
    summary="Hold memory in reserve against a rule.",
    amounts=(Amount("quarters", 0.0, 12.0, step=0.5, unit="quarters", help="of what its lines could use"),),
)

LOGIC, MEMORY, PACKAGING, DEMAND = 1, 2, 3, 4


def pooled(world: World) -> World:
    """Give the dies that several of a maker's designs are made of to those designs, by what it builds of each.

    Designs for export get what they are to be built of, and no more; what nobody asks for goes to the newest of the others.
    """
    cast = world.cast
    raw, tested, counted = world.dies_raw.copy(), world.dies_tested.copy(), world.dies_made.copy()
    wanted = world.mix * cast.by_maker.spread(world.wanted_packages) * world.dies
    for twins in cast.twins:
        export = cast.is_export[twins][..., None]
        there = (raw[twins] + tested[twins]).sum(axis=0).astype(float)
        abroad = np.where(export, wanted[twins], 0.0)
        abroad = safe_ratio(abroad, np.maximum(there, total(abroad)))
        offered = world.on_sale[twins] & ~export
        newest = offered & (offered[::-1].cumsum(axis=0)[::-1] == 1)
        home = np.where(export, 0.0, wanted[twins]) + newest
        share = on_grid(abroad + (1 - total(abroad)) * safe_ratio(home, total(home)))
        before = np.stack([raw[twins], tested[twins]], axis=2)
        after = split_all(before.sum(axis=0), share[:, :, None]).astype(np.int32)
        counted[twins] += (after - before).sum(axis=2, dtype=np.int32)
        raw[twins], tested[twins] = after[:, :, 0], after[:, :, 1]
    return replace(world, dies_raw=raw, dies_tested=tested, dies_made=counted)


def pairs_ready(world: World, rules: Rules) -> tuple[Float[Array, "products worlds"], Float[Array, "products worlds"]]:
    """Good packages of logic that tested and that untested dies allow.

    Blind assembly needs every die of a package to be good by luck: yield to the power of the dies.
    """
    assembly, dies = assembly_yield(world, rules), world.dies.astype(float)
    blind = exp(rules.blind_penalty * dies * log(np.maximum(world.die_yield, 1e-3)))
    tested = world.dies_tested / dies * assembly
    raw = world.dies_raw / dies * assembly * blind
    return on_grid(tested), on_grid(raw)


def shares_of(world: World, pairs: Float[Array, "products worlds"]) -> Float[Array, "products worlds"]:
    """Share of a maker's lines and memory that each design gets: what is set aside for export, then by the dies there are."""
    cast = world.cast
    export, wanted = cast.is_export, cast.by_maker.spread(world.wanted_packages)[cast.is_export]
    abroad, home = np.zeros(pairs.shape), pairs.copy()
    abroad[export] = safe_ratio(np.minimum(pairs[export], world.mix[export] * wanted), wanted)
    home[export] = 0
    left = 1 - cast.by_maker.summed(on_grid(abroad))
    return abroad + cast.by_maker.spread(left) * safe_ratio(home, cast.by_maker.spread(cast.by_maker.summed(home)))


def package(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Mount memory on paired dies until the first of dies, memory and packaging runs out.

    Each product may use its share of the maker's memory and lines; bad dies and packages are scrapped.
    """
    cast = world.cast
    world = pooled(world)
    tested, raw = pairs_ready(world, rules)
    pairs = tested + raw
    share = shares_of(world, pairs)
    lines = share * cast.by_maker.spread(world.pack_room)
    dies, memory = world.dies.astype(float), world.memory.astype(float)
    mounting = share * memory
    stacks_share = safe_ratio(mounting, cast.by_maker.spread(cast.by_maker.summed(mounting)))
    stacks = stacks_share * cast.by_maker.spread(world.stacks)
    by_memory = safe_ratio(stacks, memory, np.inf)
    limit = np.minimum(np.minimum(pairs, lines), by_memory)
    wanted = share * cast.by_maker.spread(world.wanted_packages) / rules.final_yield
    mounted = np.floor(on_grid(np.minimum(limit, wanted)))
    used = on_grid(safe_ratio(mounted, pairs))
    held_tested, held_raw = world.dies_tested.astype(float), world.dies_raw.astype(float)
    from_tested = np.minimum(floored(held_tested * used + 0.5), held_tested)
    from_raw = np.minimum(floored(held_raw * used + 0.5), held_raw)
    paired = floored((from_tested + from_raw) / np.maximum(dies, 1.0))
    good = np.minimum(floored(mounted * rules.final_yield), paired)
    stacks_gone = np.minimum(whole(cast.by_maker.summed(floored(mounted * memory))), world.stacks)
    packed = good.astype(np.int32)
    return replace(
        world,
        packed=packed,
        unsold=world.unsold + packed,
        dies_tested=world.dies_tested - from_tested.astype(np.int32),
        dies_raw=world.dies_raw - from_raw.astype(np.int32),
        dies_scrapped=world.dies_scrapped + (from_tested + from_raw - good * dies).astype(np.int32),
        stacks=world.stacks - stacks_gone,
        stacks_used=world.stacks_used + stacks_gone,
        pack_yield=safe_ratio(
            cast.by_maker.summed(good),
            cast.by_maker.summed(on_grid(used * (held_tested + held_raw) / dies)),
        ).astype(np.float32),
        binding=binding_of(world, cast.by_maker.summed(pairs), world.stacks, rules),
    )


def binding_of(
    world: World, pairs: Float[Array, "chipmakers worlds"], stacks: Array, rules: Rules
) -> Int[Array, "chipmakers worlds"]:
    """What limited each maker: whichever of logic, memory, packaging lines and demand allowed the fewest chips."""
    demand = np.where(world.wanted_packages < 0.999 * world.pack_room, world.wanted_packages, np.inf)
    limits = np.stack(
        [
            pairs,
            safe_ratio(stacks.astype(float), need_of_memory(world), np.inf),
            world.pack_room,
            demand / rules.final_yield,
        ]
    )
    return np.where(world.pack_room > 0, limits.argmin(axis=0) + 1, 0).astype(np.int8)


def need_of_memory(world: World) -> Float[Array, "chipmakers worlds"]:
    """Memory stacks in a maker's average package."""
    return world.cast.by_maker.summed(world.mix * world.memory.astype(float))


ORDERS = (TEST_DIES, STOCKPILE)
