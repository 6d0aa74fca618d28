"""Doctrines of the controller, who says what may be sold, to whom, and with which tools it is made."""

import numpy as np
from jaxtyping import Bool, Float

from agents.doctrine.dials import nudge
from agents.doctrine.signals import (
    CHINA,
    dearest,
    gate,
    has_released,
    ports,
    seized,
    weight_of,
)
from world.chance import Chance
from world.orders import Orders
from world.view import View

Array = np.ndarray

COMFORT, ALARM = 7.0, 4.0
"""Months of lead: with more than the first there is something to sell, with less than the second something to stop."""
SELLERS, HAWKS = 0.5, -0.25
"""Stance (logit) from which sellers, or down to which hawks, have their way."""
REFUSAL = 2.0
"""What a shut gate adds to the will to sell (logit), for each share of the score that is revenue."""
OFFER_STEP, OFFER_LOW, OFFER_HIGH = 1_600.0, 1_600.0, 32_000.0
"""Steps and bounds of the ceiling (TPP)."""
DIE = 800.0
"""Area (mm2) over which a step of the ceiling is spread in the density rule."""
MANY_SEIZED, FEW_SEIZED = 500, 100
"""Chips seized in a quarter that call for more officers, or for fewer."""
MUCH_RENTED = 250_000.0
"""Compute rented abroad (H100e) that counts as a leak."""
MUCH_MADE = 700_000.0
"""Chips a year from which Huawei counts as a rival."""
UNSURE, SURE = 0.3, 0.15
"""Width of a belief (ln) that calls for more intelligence, or for less."""
SHORT, PLENTY = 1.35, 1.1
"""Price of American chips over list that shows a shortage, or none."""
FULL_SALES = 400_000.0
"""Licensed chips a quarter that nobody at home wants to exceed."""


def is_refused(view: View) -> Bool[Array, " worlds"]:
    """Whether licences are on offer that Beijing does not let in."""
    return (view.rule("license_sales", "volume")[0] > 0) & (gate(view) < 0.2)


def will_to_sell(view: View) -> Float[Array, "seats worlds"]:
    """The stance, and what a refused offer adds to it for a government that counts on the revenue."""
    return view.public("stance") + REFUSAL * weight_of(view, "economy") * is_refused(view)


def make_offer(orders: Orders, view: View, better: Array, worse: Array) -> None:
    """Raise or lower what China may buy: the ceiling first, and the number where the ceiling is at its end."""
    ceiling = view.dial("cap_exports", "ceiling")[:, CHINA]
    volume = view.dial("license_sales", "volume")
    first_sales = better & (volume < 0.25 * FULL_SALES)
    last_sales = worse & (ceiling <= OFFER_LOW)
    for amount, by, low, high in (
        ("ceiling", OFFER_STEP, OFFER_LOW, OFFER_HIGH),
        ("density", OFFER_STEP / DIE, OFFER_LOW / DIE, OFFER_HIGH / DIE),
    ):
        up, down = better & ~first_sales, worse & ~last_sales
        nudge(orders, "cap_exports", amount, up=up, down=down, by=by, low=low, high=high, pick=CHINA)
    nudge(orders, "license_sales", "volume", up=first_sales, down=last_sales, by=100_000)


def police(orders: Orders, view: View) -> None:
    """More officers after large seizures or while smuggling pays well; fewer when it is quiet."""
    caught, premium = seized(view), view.public("premium")
    nudge(
        orders,
        "fund_enforcement",
        "officers",
        up=caught > MANY_SEIZED,
        down=(caught < FEW_SEIZED) & (premium < 0.5),
        by=100,
        low=100,
        high=800,
    )


def press(orders: Orders, view: View, where: Array) -> None:
    """Press the partner that matters most and follows least; ease off those that follow."""
    alignment = view.rule("align_tools", "alignment")
    inspects = view.rule("enforce_transit", "effort")
    tools = view.cast.tool_weight[:, None] * (1 - alignment)
    need = np.maximum(tools, 0.2 * ports(view) * (0.5 - inspects))
    worst = (need == need.max(axis=0)) & (need > 0.05)
    nudge(
        orders, "press_allies", "pressure", up=worst & where[:, None], down=need <= 0, by=0.25, low=0.25
    )


def look_closer(orders: Orders, view: View) -> None:
    """Buy intelligence while Huawei's output is a guess."""
    width = view.belief("huawei_output").width
    nudge(
        orders, "gather_intelligence", "spend", up=width > UNSURE, down=width < SURE, by=50, low=50, high=300
    )


def standard(view: View, chance: Chance) -> Orders:
    """Keep a comfortable lead, and within it sell what the country's politics will bear.

    Plan A: follow the stance, a step up while sellers have their way and a step down while hawks do.
    Plan B: with the lead at risk, offer less and stop the leak that shows, ports or clouds.
    """
    orders = view.blank_orders()
    lead, will = view.public("lead"), will_to_sell(view)
    at_risk = (lead < COMFORT) & has_released(view, "cn")
    leaks = view.belief("rented").middle > MUCH_RENTED
    make_offer(
        orders,
        view,
        better=(will > SELLERS) & (lead > COMFORT),
        worse=(view.public("stance") < HAWKS) | (lead < ALARM) | at_risk,
    )
    nudge(
        orders,
        "control_cloud",
        "strictness",
        up=leaks & (lead < COMFORT),
        down=(lead > COMFORT + 3) & (will > SELLERS),
        by=0.25,
        high=0.75,
    )
    police(orders, view)
    prices = dearest(view, "us")
    nudge(orders, "subsidise_fabs", "spend", up=prices > SHORT, down=prices < PLENTY, by=500, high=2_000)
    press(orders, view, where=will < SELLERS)
    look_closer(orders, view)
    return orders


def hawk(view: View, chance: Chance) -> Orders:
    """Make the lead as long as it can be, whatever it costs in sales and friends.

    Plan A: lower the ceiling step by step and press partners until nothing is left to deny.
    Plan B: answer news at once: a seizure with officers and caps for the countries on the routes, a Chinese
    release with the cloud rule, signs of large output with the tool and memory rules.
    """
    orders = view.blank_orders()
    caught = seized(view) > MANY_SEIZED
    rival, close = has_released(view, "cn"), view.public("lead") < COMFORT
    rising = view.belief("huawei_output").middle > MUCH_MADE
    seen = np.broadcast_to(caught, (view.size, view.worlds))
    busy = seen | (rival & close) | rising
    make_offer(orders, view, better=np.zeros_like(seen), worse=~busy | close)
    nudge(orders, "license_sales", "volume", down=rival & close, by=100_000)
    nudge(orders, "cap_countries", "chips", up=False, down=caught, by=400_000, low=400_000)
    for amount in ("servicing", "immersion", "euv"):
        nudge(orders, "control_tools", amount, up=rising, by=0.25)
    nudge(orders, "control_memory", "denied", up=rising, by=0.25)
    nudge(orders, "fund_enforcement", "officers", up=caught, by=150)
    nudge(orders, "check_location", "coverage", up=caught & (view.public("premium") > 1.0), by=0.5)
    nudge(orders, "control_cloud", "strictness", up=rival & close, by=0.5)
    press(orders, view, where=~seen)
    look_closer(orders, view)
    return orders


def dealmaker(view: View, chance: Chance) -> Orders:
    """Turn the lead into revenue and calm: sell what is a generation behind, and take a cut.

    Plan A: while the lead is comfortable, raise the offer until Beijing takes it, and let old chips go freely.
    Plan B: when a Chinese release brings the rival close, take a step back; when rare earths are withheld,
    trade service for tools against them.
    """
    orders = view.blank_orders()
    lead, will = view.public("lead"), will_to_sell(view)
    taken = gate(view) >= 0.2
    squeezed = view.rule("license_rare_earths", "withheld")[0] > 0
    close = (lead < ALARM) | ((lead < COMFORT) & has_released(view, "cn"))
    make_offer(orders, view, better=(will > HAWKS) & ~close & (is_refused(view) | squeezed), worse=close)
    old_ones = (lead > COMFORT) & (will > SELLERS)
    nudge(orders, "allow_lag", "generations", up=old_ones, down=close, by=2, high=2)
    nudge(orders, "license_sales", "cut", up=taken & (lead > COMFORT), by=0.05, high=0.3)
    nudge(orders, "control_tools", "servicing", down=squeezed & ~close, by=0.25)
    police(orders, view)
    nudge(orders, "control_cloud", "strictness", up=close, down=lead > COMFORT, by=0.25, high=0.5)
    return orders
