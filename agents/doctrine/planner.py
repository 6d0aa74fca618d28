"""Doctrines of the planner, who directs wafers and money and holds the second key for imports."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float

from agents.doctrine.dials import aim, nudge
from agents.doctrine.signals import CHINA, best_chip, ceiling_for, seized
from world.chance import Chance
from world.orders import Orders
from world.view import View

Array = np.ndarray

OUTPUT, GRIEVANCE = 0, 1
"""The pads of the notes: what output usually is, and how much a tightening rankles (0 to 1)."""
NOTED = 100_000.0
"""The unit in which output is noted (chips)."""
GROWING, SHRINKING = 1.12, 0.92
"""Chips made in a quarter over the smoothed number that show growth, or decline."""
FORGIVING = 0.6
"""Share of a grievance that is left after a calm quarter."""
TIGHTENING = 0.015
"""Change of strictness in a quarter that counts as one, either way."""
ANGRY, CALM = 0.9, 0.3
"""Grievance at which leverage is used, and below which it is given back."""
SCARCE, AMPLE = 0.8, 0.5
"""Black-market premium that shows a shortage of foreign chips, or none."""
WANTING, DESPERATE, AJAR = 2.0, 6.0, 0.25
"""Black-market premium from which the gate opens where output does not grow, and where it does; how far (share)."""
WORTH_HAVING = 1.0
"""Performance on offer over the best at home from which it is worth letting in."""
LOGIC, MEMORY = 1, 2
"""What may limit a maker's output, as the packaging phase records it."""
GAP = 7.0
"""Months of American lead beyond which independence has to wait."""
RESERVE = 3.0
"""Quarters of all programmes that the treasury must hold before one grows."""
PROGRAMMES = ("fund_fabs", "fund_tools", "fund_memory")


@dataclass(frozen=True)
class Home:
    """How industry at home stands."""

    output: Float[Array, " worlds"]
    """Chips made in the quarter."""
    usual: Float[Array, " worlds"]
    """The same, smoothed over past quarters."""
    is_short: Bool[Array, "bindings worlds"]
    """Whether the champion is held up by each of the inputs, as `binding` numbers them."""
    is_scarce: Bool[Array, " worlds"]
    """Whether foreign chips fetch much more than their price."""
    is_rich: Bool[Array, " worlds"]
    """Whether the treasury holds enough to let a programme grow."""

    @cached_property
    def is_growing(self) -> Bool[Array, " worlds"]:
        """Whether more is made than of late."""
        return self.output > GROWING * self.usual

    @property
    def is_shrinking(self) -> Bool[Array, " worlds"]:
        """Whether less is made than of late."""
        return self.output < SHRINKING * self.usual


def spending(view: View) -> Float[Array, " worlds"]:
    """Million dollars a quarter that the programmes take."""
    fabs, tools, memory = (view.dial(kind, "spend")[0] for kind in PROGRAMMES)
    return fabs + tools + memory


def home_of(view: View) -> Home:
    """What the planner's books say of makers at home."""
    output = view.at_home("packed").sum(axis=0).astype(float)
    champion = view.cast.is_champion[view.cast.seat_bloc("chipmaker")].argmax()
    binding = view.at_home("binding")[champion]
    return Home(
        output=output,
        usual=NOTED * view.own("notes")[0, OUTPUT].astype(float),
        is_short=binding == np.arange(5)[:, None],
        is_scarce=view.public("premium") > SCARCE,
        is_rich=view.own("money")[0] > RESERVE * 1000 * spending(view),
    )


def grievance_of(view: View) -> Float[Array, " worlds"]:
    """How much a tightening still rankles: less every calm quarter; a loosening heals it."""
    before, change = view.own("notes")[0, GRIEVANCE], view.public("tightened")[0]
    return np.where(change > TIGHTENING, 1.0, np.where(change < -TIGHTENING, 0.0, FORGIVING * before))


def remember(orders: Orders, view: View, home: Home, grievance: Array) -> None:
    """Note the smoothed output and the grievance for the next quarter."""
    smoothed = np.where(home.usual > 0, 0.5 * (home.usual + home.output), home.output)
    orders.notes = np.stack([smoothed / NOTED, grievance])[None].astype(np.float16)


def is_worth_having(view: View) -> Bool[Array, " worlds"]:
    """Whether Washington licenses chips well above the best that is made at home."""
    licensed = view.rule("license_sales", "volume")[0] > 0
    return licensed & (ceiling_for(view, CHINA) > WORTH_HAVING * best_chip(view, "cn"))


def fund(orders: Orders, view: View, home: Home, where: Array, ahead: float = np.inf) -> None:
    """Put money where output is stuck, and take it from where it is not when money is short.

    Memory counts as stuck, too, while at least so large a share of it (`ahead`) is denied.
    """
    rich = home.is_rich
    denied = view.rule("control_tools", "immersion")[0] >= 0.5
    no_memory = view.rule("control_memory", "denied")[0] >= ahead
    stuck = {
        "fund_fabs": home.is_short[LOGIC],
        "fund_tools": denied & (view.own("tool_programme")[0] < 0.6),
        "fund_memory": home.is_short[MEMORY] | no_memory,
    }
    for kind in PROGRAMMES:
        up, down = stuck[kind] & rich & where, ~stuck[kind] & ~rich & where
        nudge(orders, kind, "spend", up=up, down=down, by=500, low=500, high=4_000)


def direct(orders: Orders, view: View, home: Home, most: float, where: Array) -> None:
    """Give the champion wafers while logic holds it up, and take them back when memory does."""
    champion = int(view.cast.is_champion.argmax())
    up, down = home.is_short[LOGIC] & where, home.is_short[MEMORY] & where
    nudge(orders, "direct_wafers", "share", up=up, down=down, by=0.1, high=most, pick=champion)


def retaliate(orders: Orders, grievance: Array, rare_earths: float, mature: float) -> None:
    """Withhold what foreign industry needs while angry; give it back once calm."""
    angry, calm = grievance >= ANGRY, grievance < CALM
    for kind, most in (("license_rare_earths", rare_earths), ("ship_mature_chips", mature)):
        nudge(orders, kind, "withheld", up=angry, down=calm, by=0.25, high=most)


def standard(view: View, chance: Chance) -> Orders:
    """Close the gap with what is made at home, and answer pressure with pressure.

    Plan A: keep the gate low while home output grows, and put money and wafers where output is
    stuck.
    Plan B: when foreign chips are dear and output does not grow, open the gate a little to what is better than one's own;
    after a tightening withhold rare earths until it is forgotten.
    """
    orders = view.blank_orders()
    home, grievance = home_of(view), grievance_of(view)
    calm = grievance < ANGRY
    premium = view.public("premium")
    wanting = (premium > WANTING) & ~home.is_growing | (premium > DESPERATE)
    up, down = wanting & is_worth_having(view) & calm, home.is_growing & ~wanting | ~calm
    nudge(orders, "admit_chips", "share", up=up, down=down, by=0.2, low=0.05, high=AJAR)
    direct(orders, view, home, most=0.5, where=calm)
    up, down = home.is_growing & calm, home.is_shrinking & calm
    nudge(orders, "require_domestic", "share", up=up, down=down, by=0.25, low=0.25)
    up, down = home.is_scarce & home.is_rich & calm, ~home.is_rich & calm
    nudge(orders, "subsidise_power", "share", up=up, down=down, by=0.1)
    fund(orders, view, home, where=calm, ahead=0.5)
    up, down = home.is_scarce & (seized(view) > 0), premium < AMPLE
    nudge(orders, "tolerate_smuggling", "tolerance", up=up & calm, down=down & calm, by=0.2)
    retaliate(orders, grievance, rare_earths=0.5, mature=0.0)
    nudge(orders, "keep_secrets", "secrecy", up=~calm, by=0.25, high=0.75)
    remember(orders, view, home, grievance)
    return orders


def self_reliance(view: View, chance: Chance) -> Orders:
    """Need nobody: make chips, memory and tools at home, whatever the gap.

    Plan A: shut the gate, clear foreign chips out, and feed the champion and the programmes.
    Plan B: after a tightening hit back hard and hide more; with output falling, slow the removal.
    """
    orders = view.blank_orders()
    home, grievance = home_of(view), grievance_of(view)
    angry = grievance >= ANGRY
    aim(orders, "admit_chips", "share", 0.0, slack=0.05)
    direct(orders, view, home, most=0.8, where=~angry)
    bolder, softer = ~home.is_shrinking & ~angry, home.is_shrinking
    nudge(orders, "require_domestic", "share", up=bolder, by=0.25)
    nudge(orders, "require_domestic", "removal", by=0.05, up=bolder, down=softer, high=0.2)
    fund(orders, view, home, where=~angry)
    nudge(orders, "subsidise_power", "share", up=home.is_growing & home.is_rich, by=0.1)
    retaliate(orders, grievance, rare_earths=1.0, mature=0.75)
    nudge(orders, "tolerate_smuggling", "tolerance", down=home.is_growing, by=0.2)
    nudge(orders, "keep_secrets", "secrecy", up=angry, by=0.5)
    remember(orders, view, home, grievance)
    return orders


def pragmatist(view: View, chance: Chance) -> Orders:
    """Close the gap by whatever brings compute soonest, at home or from abroad.

    Plan A: open the gate to any licensed chip while foreign chips are scarce, and let the market
    share wafers.
    Plan B: when the offer is withdrawn, look away at the border and pay for what is stuck at home.
    """
    orders = view.blank_orders()
    home, grievance = home_of(view), grievance_of(view)
    angry = grievance >= ANGRY
    offered = view.rule("license_sales", "volume")[0] > 0
    behind = view.public("lead") > GAP
    glut = view.public("premium") < AMPLE
    up, down = offered & home.is_scarce & ~angry, glut | angry
    nudge(orders, "admit_chips", "share", up=up, down=down, by=0.25, low=0.05)
    direct(orders, view, home, most=0.25, where=~angry)
    bolder = home.is_growing & ~behind
    nudge(orders, "require_domestic", "share", up=bolder, down=home.is_scarce, by=0.25)
    nudge(orders, "require_domestic", "removal", down=home.is_scarce, by=0.05)
    nudge(orders, "subsidise_power", "share", up=home.is_growing & home.is_rich, by=0.1)
    fund(orders, view, home, where=~angry)
    denied = home.is_scarce & (angry | ~offered)
    nudge(orders, "tolerate_smuggling", "tolerance", up=denied, down=glut, by=0.2)
    retaliate(orders, grievance, rare_earths=0.25, mature=0.0)
    remember(orders, view, home, grievance)
    return orders
