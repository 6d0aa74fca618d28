"""Measures: single numbers read off a quarter, one for each game; the docstring is what tables say."""

import numpy as np
from jaxtyping import Float

from play.record import Quarter
from world.flows import total
from world.phases import packaging
from world.turn import layout_of

Array = np.ndarray


def _made(quarter: Quarter, chinese: bool) -> Array:
    side = quarter.cast.is_cn_product == chinese
    return total(quarter.packed[side] * quarter.h100e[side].astype(float))


def _held(quarter: Quarter, column: str, chinese: bool) -> Array:
    inside = np.array([region == "cn" for region in quarter.cast.owner_region])
    return total(getattr(quarter, column)[inside == chinese].astype(float))


def _licensed(quarter: Quarter) -> Float[Array, "slots worlds"]:
    return np.where(quarter.cast.is_slot_licensed[:, None], quarter.sold, 0.0)


def _champion_packed(quarter: Quarter) -> Float[Array, "products worlds"]:
    mine = np.array(quarter.cast.product_maker) == quarter.cast.champion
    return np.where(mine[:, None], quarter.packed, 0.0)


def _goods_h100e(quarter: Quarter) -> Array:
    return quarter.h100e[list(quarter.cast.goods)].astype(float)


def _dial(quarter: Quarter, kind: str, amount: str, *names: str) -> Array:
    """A dial in force of the first seat that may give the order, in the amount's unit."""
    layout = layout_of(quarter.cast)
    place = layout.places[kind]
    picks = [quarter.cast.at(p.axis, n) for p, n in zip(place.kind.picks, names, strict=True)]
    row = place.dials[amount].start + int(np.ravel_multi_index([0, *picks], place.shape))
    return layout.in_force(quarter)[row] * layout.step[row, 0] + layout.low[row, 0]


def lead(quarter: Quarter) -> Array:
    """months since the leading bloc first had the other's best score (negative: China leads)"""
    return quarter.lead.astype(float)


def best_us(quarter: Quarter) -> Array:
    """best released model of a US-aligned lab"""
    return quarter.record_score[0, 0].astype(float)


def best_cn(quarter: Quarter) -> Array:
    """best released model of a Chinese lab"""
    return quarter.record_score[1, 0].astype(float)


def made_us(quarter: Quarter) -> Array:
    """compute of the accelerators that US-aligned makers finished"""
    return _made(quarter, False)


def made_cn(quarter: Quarter) -> Array:
    """compute of the accelerators that Chinese makers finished"""
    return _made(quarter, True)


def stock_us(quarter: Quarter) -> Array:
    """compute installed outside China, at peak"""
    return _held(quarter, "installed", False)


def stock_cn(quarter: Quarter) -> Array:
    """compute installed in China, at peak"""
    return _held(quarter, "installed", True)


def usable_us(quarter: Quarter) -> Array:
    """compute outside China that does useful work"""
    return _held(quarter, "usable", False)


def usable_cn(quarter: Quarter) -> Array:
    """compute in China that does useful work"""
    return _held(quarter, "usable", True)


def unmet_cn(quarter: Quarter) -> Array:
    """compute that owners in China planned for a quarter and did not get"""
    return _held(quarter, "unmet", True)


def megawatts_cn(quarter: Quarter) -> Array:
    """power that compute in China draws"""
    return _held(quarter, "megawatts", True)


def software(quarter: Quarter) -> Array:
    """what the domestic software stack gets out of its chips"""
    return quarter.software.astype(float)


def cuda_share(quarter: Quarter) -> Array:
    """Chinese developers who work on the foreign stack"""
    return quarter.cuda_share.astype(float)


def champion_chips(quarter: Quarter) -> Array:
    """accelerators that {champion} finished"""
    return total(_champion_packed(quarter))


def champion_h100e(quarter: Quarter) -> Array:
    """compute of the accelerators that {champion} finished"""
    return total(_champion_packed(quarter) * quarter.h100e)


def champion_pack_yield(quarter: Quarter) -> Array:
    """good packages of 100 that {champion} started"""
    return quarter.pack_yield[quarter.cast.champion].astype(float)


def champion_stacks(quarter: Quarter) -> Array:
    """memory stacks that {champion} holds"""
    return quarter.stacks[quarter.cast.champion].astype(float)


def champion_wafers(quarter: Quarter) -> Array:
    """advanced wafers that the foundry of {champion} can start"""
    return quarter.capacity[quarter.cast.maker_foundry[quarter.cast.champion], 1].astype(float)


def champion_bound_by_logic(quarter: Quarter) -> Array:
    """quarters in which dies limited the output of {champion}"""
    return _bound_by(quarter, packaging.LOGIC)


def champion_bound_by_memory(quarter: Quarter) -> Array:
    """quarters in which memory limited the output of {champion}"""
    return _bound_by(quarter, packaging.MEMORY)


def champion_bound_by_packaging(quarter: Quarter) -> Array:
    """quarters in which packaging lines limited the output of {champion}"""
    return _bound_by(quarter, packaging.PACKAGING)


def champion_bound_by_demand(quarter: Quarter) -> Array:
    """quarters in which demand limited the output of {champion}"""
    return _bound_by(quarter, packaging.DEMAND)


def _bound_by(quarter: Quarter, what: int) -> Array:
    return (quarter.binding[quarter.cast.champion] == what).astype(float)


def licensed_chips(quarter: Quarter) -> Array:
    """foreign chips sold to China under licence"""
    return total(_licensed(quarter))


def licensed_h100e(quarter: Quarter) -> Array:
    """compute of foreign chips sold to China under licence"""
    return total(_licensed(quarter) * quarter.h100e[quarter.cast.slot_product])


def smuggled_chips(quarter: Quarter) -> Array:
    """smuggled chips that reached China"""
    return total(quarter.landed.sum(axis=1).astype(float))


def smuggled_h100e(quarter: Quarter) -> Array:
    """compute of smuggled chips that reached China"""
    return total(quarter.landed.sum(axis=1) * _goods_h100e(quarter))


def seized_chips(quarter: Quarter) -> Array:
    """smuggled chips seized on the way"""
    return total(quarter.caught.astype(float))


def proxy_dies(quarter: Quarter) -> Array:
    """dies that front companies got from a foreign foundry"""
    return quarter.proxy_dies.astype(float)


def rented(quarter: Quarter) -> Array:
    """compute that labs rent abroad"""
    return total(quarter.rented.astype(float))


def rent_price(quarter: Quarter) -> Array:
    """price of rented compute abroad"""
    return quarter.rent_price.astype(float)


def premium(quarter: Quarter) -> Array:
    """black-market price over the legal price, less one"""
    return quarter.premium.astype(float)


def sales_to_cn(quarter: Quarter) -> Array:
    """sales of US-aligned makers to China"""
    american = ~quarter.cast.seat_bloc("chipmaker")
    return total(quarter.revenue_cn[american].astype(float))


def stance(quarter: Quarter) -> Array:
    """willingness of the controlling government's politics to sell (above zero: sellers lead)"""
    return quarter.stance[0].astype(float)


def strictness(quarter: Quarter) -> Array:
    """how much of what could be controlled is controlled"""
    return quarter.strictness[0].astype(float)


def ceiling(quarter: Quarter) -> Array:
    """most capable chip that may be sold to China"""
    return _dial(quarter, "cap_exports", "ceiling", "cn")


def gate(quarter: Quarter) -> Array:
    """licensed foreign chips that the planning government lets in"""
    return _dial(quarter, "admit_chips", "share")


def approval_us(quarter: Quarter) -> Array:
    """approval of the controlling government"""
    return quarter.approval[0].astype(float)


def approval_cn(quarter: Quarter) -> Array:
    """approval of the planning government"""
    return quarter.approval[1].astype(float)


def military(quarter: Quarter) -> Array:
    """compute that China's military holds in reserve"""
    return quarter.military.astype(float)
