"""Cloud: compute rented abroad, and what a rule or a host can cut off within the quarter."""

import numpy as np
from jaxtyping import Float

from world.chance import Chance
from world.flows import exp, log, on_grid, pay, safe_ratio, split_all, total, whole
from world.orders import Amount, Dials, OrderKind
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

HOURS = 2190.0
"""Hours in a quarter."""

CONTROL_CLOUD = OrderKind(
    name="control_cloud",
    issuer="controller",
    summary="Forbid clouds with controlled chips to serve Chinese labs.",
    amounts=(Amount("strictness", 0.0, 1.0, step=0.25, unit="share", help="of rented compute cut"),),
    price=5.0,
    claim="C19",
)
HOST_COMPUTE = OrderKind(
    name="host_compute",
    issuer="host",
    summary="Let data centres in one's country serve Chinese labs.",
    amounts=(Amount("share", 0.0, 1.0, step=0.05, unit="share", help="of their compute"),),
    price=1.0,
    claim="C19",
)


def on_offer(world: World, orders: Dials, rules: Rules) -> Float[Array, "owners worlds"]:
    """H100e that each cloud lets to Chinese labs: what its host and the cloud rule allow, as far as rents draw it."""
    cast = world.cast
    host = np.maximum(cast.cloud_host, 0)
    allowed = np.where(cast.is_cloud[:, None], orders.host_compute.share[host], 0.0)
    drawn = exp(rules.rent_supply * log(np.maximum(world.rent_price, 0.01) / rules.rent_ceiling))
    return on_grid(world.usable * allowed * drawn * (1 - orders.control_cloud.strictness) * rules.renting)


def begun(
    world: World, rules: Rules, asked: Float[Array, "labs worlds"], supply: Float[Array, " worlds"]
) -> Float[Array, "labs worlds"]:
    """H100e that labs rent: clouds share out what they let; new contracts begin bit by bit, cuts bite at once."""
    agreed = asked * np.minimum(safe_ratio(supply, total(asked)), 1.0)
    more = np.maximum(agreed - world.rented, 0.0)
    return on_grid(np.minimum(agreed, world.rented + rules.rent_begun * more))


def rent(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Let labs rent what they can pay for, in proportion to their money; the price follows the shortage."""
    cast = world.cast
    labs = cast.size("labs")
    home = cast.seat_bloc("lab")[:, None]
    unit = world.rent_price * HOURS / 1000.0
    asked = np.where(home, world.purse[1][:labs] / np.maximum(unit, 1e-6), 0.0)
    offered = on_offer(world, orders, rules)
    supply, demand = total(offered), total(asked)
    rented = begun(world, rules, asked, supply)
    bill = whole(rented * unit)
    money = world.money.copy()
    tenants = cast.owner_account[:labs]
    bill = np.minimum(bill, np.maximum(money[tenants], 0))
    pay(money, tenants, cast.outside, bill)
    takings = split_all(bill.sum(axis=0), safe_ratio(offered, supply))
    pay(money, cast.owner_account, cast.outside, -takings)
    shortage = safe_ratio(demand, supply, 4.0).clip(0.5, 4.0)
    price = world.rent_price * exp(rules.rent_elasticity * log(shortage))
    return replace(
        world,
        money=money,
        rented=rented,
        rent_price=on_grid(price.clip(rules.rent_floor, rules.rent_ceiling)),
        income=world.income + on_grid(rules.cloud_reinvest * takings),
        unmet=reduced(world, rented),
    )


def reduced(world: World, rented: Float[Array, "labs worlds"]) -> Float[Array, "owners worlds"]:
    """What owners' plans still lack after renting."""
    unmet = world.unmet.copy()
    labs = rented.shape[0]
    unmet[:labs] = np.maximum(unmet[:labs] - rented * 0.1, 0.0)
    return unmet


ORDERS = (CONTROL_CLOUD, HOST_COMPUTE)
