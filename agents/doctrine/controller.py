"""Doctrines of the controller, who says what may be sold, and to whom."""

import numpy as np
from jaxtyping import Bool, Float

from agents.doctrine.dials import aim, asked_value, nudge
from agents.doctrine.signals import CHINA, dearest, gate, has_released, ports, seized, weight_of
from world.chance import Chance
from world.orders import Orders
from world.view import View

Array = np.ndarray

COMFORT, ALARM = 7.0, 4.0
"""Months of lead: with more than the first there is something to sell, with less than the second
something to stop."""
SELLERS, HAWKS = 0.8, 0.0
"""Stance (logit) from which sellers, or down to which hawks, have their way."""
WARY = -0.5
"""Stance (logit) down to which a leak is stopped though the lead is comfortable."""
REFUSED, REFUSAL = 0.2, 1.6
"""Gate (share) that counts as shut, and what that adds to the will to sell (logit) for each share
of the score that is revenue."""
OFFER_STEP, OFFER_LOW, OFFER_HIGH = 1_600.0, 3_600.0, 32_000.0
"""Usual step and bounds of the ceiling (TPP)."""
NUMBER_STEP = 100_000.0
"""Usual step of the licensed number (chips a quarter)."""
TRIM = 0.65
"""What a cautious cut takes, of a usual step: hawks pass, and customers do not come back at once."""
STRIDE = 2.0
"""Length of a step, of a usual one, when politics is a logit or more beyond the threshold from which it moves."""
DIE = 800.0
"""Area (mm2) over which a step of the ceiling is spread in the density rule."""
MANY_SEIZED, FEW_SEIZED = 5_000, 1_000
"""Chips seized in a quarter that call for more officers, or for fewer."""
MUCH_SMUGGLED, LITTLE_SMUGGLED = 10_000.0, 3_000.0
"""Chips thought to be smuggled in a quarter that call for more officers, or let some go."""
MUCH_RENTED = 200_000.0
"""Compute rented abroad (H100e) that counts as a leak."""
MUCH_MADE = 700_000.0
"""Chips a year from which Huawei counts as a rival."""
DEAR = 1.0
"""Black-market premium at which chips are made to tell where they are."""
UNSURE, SURE = 0.3, 0.15
"""Width of a belief (ln) that calls for more intelligence, or for less."""
SHORT, PLENTY = 1.35, 1.1
"""Price of American chips over list that shows a shortage, or none."""
FULL_SALES = 400_000.0
"""Licensed chips a quarter that nobody at home wants to exceed."""


def is_refused(view: View) -> Bool[Array, " worlds"]:
    """Whether licences are on offer that Beijing does not let in."""
    return (view.rule("license_sales", "volume")[0] > 0) & (gate(view) < REFUSED)


def will_to_sell(view: View) -> Float[Array, "seats worlds"]:
    """The stance, and what a refused offer adds to it where revenue counts."""
    return view.public("stance") + REFUSAL * weight_of(view, "economy") * is_refused(view)


def values_revenue(view: View) -> Bool[Array, "seats 1"]:
    """Whether sales count in the seat's score: without it nothing is gained by a better offer."""
    return weight_of(view, "economy") > 0


def stride(beyond: Array) -> Float[Array, "seats worlds"]:
    """How long a step politics takes, of a usual one: the longer, the further (logit) it is beyond its threshold."""
    return np.asarray(1 + (STRIDE - 1) * beyond.clip(0.0, 1.0))


def make_offer(
    orders: Orders, view: View, better: Array, worse: Array, rise: Array | float = 1.0, cut: Array | float = 1.0
) -> None:
    """Raise what China may buy, or lower it: the ceiling, and the number where that is at its end.

    By how much of a usual step, say `rise` and `cut`. Nobody who does not value revenue makes a better offer.
    """
    better = better & values_revenue(view)
    china = np.s_[:, CHINA]
    before = asked_value(orders, "cap_exports", "ceiling", china)
    number = asked_value(orders, "license_sales", "volume")
    more, fewer = better & (number < 0.25 * FULL_SALES), worse & (before <= OFFER_LOW)
    up, down = better & ~more & ~worse, worse & ~fewer & ~better
    wanted = before + OFFER_STEP * (up * rise - down * cut)
    within = wanted.clip(np.minimum(before, OFFER_LOW), np.maximum(before, OFFER_HIGH))
    aim(orders, "cap_exports", "ceiling", within, slack=0, at=china)
    ceiling = asked_value(orders, "cap_exports", "ceiling", china)
    moved = ceiling != before
    aim(orders, "cap_exports", "density", ceiling / DIE, slack=0.5, where=moved, at=china)
    number = number + NUMBER_STEP * (more * rise - fewer * cut)
    aim(orders, "license_sales", "volume", number, slack=0)


def police(orders: Orders, view: View, leaks: Array, calm: Array, high: float = 800) -> None:
    """More officers after large seizures, or while it `leaks`; fewer when little is caught and it is `calm`."""
    caught = seized(view)
    up, down = (caught > MANY_SEIZED) | leaks, (caught < FEW_SEIZED) & calm
    nudge(orders, "fund_enforcement", "officers", up=up, down=down, by=100, low=100, high=high)


def press(orders: Orders, view: View, where: Array) -> None:
    """Press the partner that matters most and follows least; ease off those that follow."""
    alignment = view.rule("align_tools", "alignment")
    inspects = view.rule("enforce_transit", "effort")
    tools = view.cast.tool_weight[:, None] * (1 - alignment)
    need = np.maximum(tools, 0.2 * ports(view.cast) * (0.5 - inspects))
    up = (need == need.max(axis=0)) & (need > 0.05) & where[:, None]
    nudge(orders, "press_allies", "pressure", up=up, down=need <= 0, by=0.25, low=0.5)


def look_closer(orders: Orders, view: View) -> None:
    """Buy intelligence while Huawei's output is a guess."""
    width = view.belief("huawei_output").width
    up, down = width > UNSURE, width < SURE
    nudge(orders, "gather_intelligence", "spend", up=up, down=down, by=50, low=50, high=300)


def standard(view: View, chance: Chance) -> Orders:
    """Keep a comfortable lead, and within it sell what the country's politics will bear.

    Plan A: follow the stance, up while sellers have their way and down by less while hawks do, the further the more they
    have it; let what is a generation behind go while sales are wanted, and have chips tell where they are.
    Plan B: with the lead at risk, offer less and stop the leak that shows, ports or clouds, with partners pressed to help.
    """
    orders = view.blank_orders()
    lead, will = view.public("lead"), will_to_sell(view)
    sell, at_risk = will > SELLERS, (lead < COMFORT) & has_released(view, "cn")
    worse = (view.public("stance") < HAWKS) | (lead < ALARM) | at_risk
    rise, cut = stride(will - SELLERS), TRIM * stride(HAWKS - view.public("stance"))
    make_offer(orders, view, better=sell & (lead > COMFORT), worse=worse, rise=rise, cut=cut)
    wary = (lead < COMFORT) | (view.public("stance") < WARY)
    leaks = (view.belief("rented").middle > MUCH_RENTED) & wary
    calm = sell & (lead > COMFORT + 3)
    nudge(orders, "control_cloud", "strictness", up=leaks, down=calm, by=0.5, high=1.0)
    through = view.belief("smuggled").middle
    nudge(orders, "allow_lag", "generations", up=sell & (lead > COMFORT), down=worse, by=1, high=1)
    nudge(orders, "check_location", "coverage", up=through > MUCH_SMUGGLED, by=0.5)
    police(orders, view, leaks=through > MUCH_SMUGGLED, calm=through < LITTLE_SMUGGLED, high=1_000)
    prices = dearest(view, "us")
    short, ample = prices > SHORT, prices < PLENTY
    nudge(orders, "subsidise_fabs", "spend", up=short, down=ample, by=500, high=2_000)
    press(orders, view, where=wary)
    look_closer(orders, view)
    return orders


def hawk(view: View, chance: Chance) -> Orders:
    """Make the lead as long as it can be, whatever it costs in sales and friends.

    Plan A: lower the ceiling, then the number, step by step, and press partners until nothing is
    left to deny.
    Plan B: answer news at once: a seizure with officers and caps for the countries on the routes, a
    Chinese release with the cloud rule, signs of large output with the tool and memory rules.
    """
    orders = view.blank_orders()
    caught = seized(view) > MANY_SEIZED
    close = has_released(view, "cn") & (view.public("lead") < COMFORT)
    rising = view.belief("huawei_output").middle > MUCH_MADE
    make_offer(orders, view, better=np.zeros_like(rising), worse=np.ones_like(rising))
    nudge(orders, "cap_countries", "chips", down=caught, by=400_000, low=400_000)
    for amount in ("servicing", "immersion", "euv"):
        nudge(orders, "control_tools", amount, up=rising, by=0.25)
    nudge(orders, "control_memory", "denied", up=rising, by=0.25)
    nudge(orders, "fund_enforcement", "officers", up=caught, by=150)
    dear = view.public("premium") > DEAR
    nudge(orders, "check_location", "coverage", up=caught & dear, by=0.5)
    nudge(orders, "control_cloud", "strictness", up=close, by=0.5)
    press(orders, view, where=~(rising | caught | close))
    look_closer(orders, view)
    return orders


def dealmaker(view: View, chance: Chance) -> Orders:
    """Turn the lead into revenue and calm: sell what is a generation behind, and take a cut.

    Plan A: while the lead holds, raise the offer until Beijing takes it, and let old chips go
    freely.
    Plan B: when a Chinese release brings the rival close, take a step back and watch the clouds;
    when rare earths are withheld, trade service for tools against them.
    """
    orders = view.blank_orders()
    lead, will = view.public("lead"), will_to_sell(view)
    squeezed = view.rule("license_rare_earths", "withheld")[0] > 0
    released = has_released(view, "cn")
    close = released & (lead < ALARM)
    wanted = is_refused(view) | squeezed | (will > SELLERS)
    make_offer(orders, view, better=(will > -SELLERS) & wanted & (lead > ALARM), worse=close)
    ahead = lead > COMFORT
    old_ones = ahead & (will > SELLERS)
    nudge(orders, "allow_lag", "generations", up=old_ones, down=close, by=2, high=2)
    taken = (gate(view) >= REFUSED) & ahead
    nudge(orders, "license_sales", "cut", up=taken, by=0.05, high=0.3)
    nudge(orders, "control_tools", "servicing", down=squeezed & ~close, by=0.25)
    cheap = view.public("premium") < 0.5
    police(orders, view, leaks=np.zeros_like(cheap), calm=cheap)
    watch = released & ~ahead
    nudge(orders, "control_cloud", "strictness", up=watch, down=ahead, by=0.25, high=0.5)
    return orders
