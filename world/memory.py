"""Memory: how the stacks of memory makers divide among chipmakers who need them and may have them."""

import numpy as np
from jaxtyping import Float

from world.flows import on_grid, pay, safe_ratio, split_all, total, whole
from world.orders import Dials
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray


def memory_sold(world: World, orders: Dials, rules: Rules, closed: Array, rush: Array, money: Array) -> World:
    """Hand each memory maker's stock to chipmakers in proportion to what they need and may have.

    What is sold to China in a rush is what allied customers leave, and what China does not take is theirs. It is paid
    for in `money`, the accounts of this phase.
    """
    cast = world.cast
    chinese_maker = cast.seat_bloc("chipmaker")[:, None]
    chinese_memory = cast.seat_bloc("memory_maker")[:, None]
    a_package = cast.by_maker.summed(world.mix * world.memory.astype(float))
    dear = total(world.memory_capacity * orders.price_memory.markup) / total(world.memory_capacity)
    packages = (
        world.wanted_packages * (1 - rules.memory_elasticity * dear) + orders.stockpile.quarters * world.pack_room
    )
    need = np.maximum(a_package * packages - world.stacks, 0.0)
    home = np.where(chinese_maker, need, 0.0)
    away = need - home
    to_cn_share = orders.ship_memory.share * (1 - closed) * rush
    stock = world.memory_stock.astype(float)
    away_asked = total(away)
    spare = np.maximum(total(np.where(chinese_memory, 0.0, stock)) - away_asked, 0.0)
    offered = stock * np.minimum(to_cn_share, 1.0)
    offered = np.minimum(offered, np.maximum(spare, offered / rush))
    for_cn = np.where(chinese_memory, stock, offered)
    all_cn = total(for_cn)
    home_share = share_of_home_memory(world, home, all_cn, rules)
    got_home = np.minimum(home_share * all_cn, home)
    leaving_cn = whole(for_cn * np.minimum(safe_ratio(total(got_home), all_cn), 1.0))
    for_us = np.where(chinese_memory, 0.0, stock - leaving_cn)
    all_us, away_share = total(for_us), safe_ratio(away, away_asked)
    got_away = np.minimum(away_share * all_us, away)
    leaving_us = whole(for_us * np.minimum(safe_ratio(total(got_away), all_us), 1.0))
    leaving_us = np.minimum(leaving_us, world.memory_stock - leaving_cn)
    leaving = leaving_cn + leaving_us
    received = split_all(leaving_cn.sum(axis=0), home_share)
    received += split_all(leaving_us.sum(axis=0), away_share)
    price = rules.stack_price * (1 + orders.price_memory.markup)
    mean_price = safe_ratio(total(leaving * price), total(leaving.astype(float)))
    bill = whole(received * mean_price)
    pay(money, cast.seat_rows("chipmaker"), cast.outside, bill)
    take_in = whole(leaving * mean_price)
    pay(money, cast.seat_rows("memory_maker"), cast.outside, -take_in)
    return replace(
        world,
        memory_stock=world.memory_stock - leaving,
        stacks=world.stacks + received,
        stacks_in=received,
    )


def share_of_home_memory(
    world: World, need: Float[Array, "chipmakers worlds"], supply: Float[Array, " worlds"], rules: Rules
) -> Float[Array, "chipmakers worlds"]:
    """How what China can have divides: the state's champion keeps its part, the others theirs, each by need.

    What one side does not need goes to the other.
    """
    champion = world.cast.is_champion[:, None]
    first, others = total(np.where(champion, need, 0.0)), total(np.where(champion, 0.0, need))
    part = np.minimum(rules.memory_to_others * supply, others)
    part = np.maximum(part, np.minimum(supply - first, others))
    share = np.where(champion, safe_ratio(need, first) * (supply - part), safe_ratio(need, others) * part)
    return on_grid(np.minimum(safe_ratio(share, supply), 1.0))
