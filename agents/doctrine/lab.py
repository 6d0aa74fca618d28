"""Doctrines of labs, who buy compute where they can and turn it into models."""

import numpy as np
from jaxtyping import Bool, Float

from agents.doctrine.dials import aim, nudge
from agents.doctrine.signals import best_model, has_released, keys_turned, seized
from world.cast import CHANNELS
from world.chance import Chance
from world.orders import Orders
from world.view import View

Array = np.ndarray

LICENSED, DOMESTIC, SMUGGLED, RENTED = range(len(CHANNELS))
ADMITTED, SHUT_OUT = 80_000.0, 15_000.0
"""Chips a quarter that both keys let in, from which a licence is worth waiting for, and under which
it is not."""
CHEAP, DEAR = 0.8, 2.5
"""Black-market premium up to which smuggled chips are worth more money, and from which they are
worth less."""
NO_QUEUE = 1.2
"""Price of the state's champion over list under which its chips can be had without a queue."""
ALL = 20
"""Steps of the shares of all channels at which a lab spends all its money for compute."""
SWEEP = 6_000
"""Chips seized in a quarter from which buyers keep away from smugglers."""
RENT_CHEAP, RENT_DEAR = 2.6, 5.0
"""The same for rent (USD per H100e hour)."""
CUT_OFF = 0.5
"""Strictness of the cloud rule from which renting is no longer to be counted on."""
YEAR = 0.3
"""Share of the training compute of the last year that comes in a quarter, at the usual growth."""
RUN_SLACK = 0.2
"""Change of a run's size (log10) worth a move."""
BEHIND, LEVEL = 4.0, 1.5
"""Points (ECI) behind the best model from which a lab catches up, and within which it counts as
leading."""
RICH, POOR = 2.5, 1.0
"""Cash over what a lab spends on compute in a quarter from which it hires, and under which it
saves."""
PORTABLE = 0.6
"""What users get of domestic chips from which work is ported for its own sake."""
TOO_SMALL = 2
"""What `run_short` says of a run below the useful minimum."""


def gap_of(view: View) -> Float[Array, "seats worlds"]:
    """Points (ECI) by which each lab trails the best model of all."""
    return np.maximum(best_model(view, "us"), best_model(view, "cn")) - view.own("score")


def rival_released(view: View) -> Bool[Array, "seats worlds"]:
    """Whether a lab of the other side brought out a model in the quarter."""
    return np.where(view.is_chinese, has_released(view, "us"), has_released(view, "cn"))


def purse(view: View) -> Float[Array, "seats worlds"]:
    """Quarters of spending on compute that each lab holds in cash."""
    return view.own("money").astype(np.float32) / view.own("income")


def buy(
    orders: Orders,
    view: View,
    dear: float,
    sweep: float = SWEEP,
    high: tuple[float, ...] = (0.9, 0.7, 0.4, 0.5),
) -> None:
    """Move Chinese labs' money to channels that are open and cheap; the rest buys at home.

    More of it does while there are chips at home without a queue, and foreign ones are short.

    One channel a quarter, since other things need moves too: licensed chips first, which are the best to be had
    once both keys are turned, and faster than the others; then renting.
    """
    mine, keys = view.is_chinese, keys_turned(view)
    premium, rent = view.public("premium"), view.public("rent_price")
    cut_off = view.rule("control_cloud", "strictness")[0] >= CUT_OFF
    swept = seized(view) > sweep
    wishes = {
        LICENSED: (keys > ADMITTED, keys < SHUT_OUT, 0.2),
        RENTED: (~cut_off & (rent < RENT_CHEAP), cut_off | (rent > RENT_DEAR), 0.1),
        SMUGGLED: (~swept & (premium > 0) & (premium < CHEAP), swept | (premium > dear), 0.1),
    }
    table = orders.levels["buy", "share"]
    spent, free = table.sum(axis=1, dtype=np.int16), mine
    for channel, (up, down, by) in wishes.items():
        before, limit = table[:, channel].copy(), high[channel]
        wish = {"up": up & free, "down": down & free}
        nudge(orders, "buy", "share", **wish, by=by, high=limit, pick=channel)
        free = free & (table[:, channel] == before)
    no_queue = (premium > 0) & (view.public("price_index")[view.cast.champion] < NO_QUEUE)
    up, down = ((spent < ALL - 2) & mine) | (no_queue & free), (spent > ALL + 4) & mine & ~no_queue
    nudge(orders, "buy", "share", up=up, down=down, by=0.1, high=high[DOMESTIC], pick=DOMESTIC)


def size_run(orders: Orders, view: View, quarters: float) -> None:
    """Size the next run to what compute does in some quarters.

    Fewer when runs come late; more, up to four, when they are below the useful minimum.
    """
    late = view.own("run_late") >= 1
    too_small = (view.own("run_short") == TOO_SMALL) & ~late
    longest = min(1.4 * quarters, 4.0)
    length = np.where(late, 0.6 * quarters, np.where(too_small, longest, quarters))
    size = 24.0 + np.log10(np.maximum(YEAR * length * view.own("trained"), 1.0))
    aim(orders, "size_run", "size", size, slack=RUN_SLACK)


def split(
    orders: Orders,
    view: View,
    train: tuple[Array, Array],
    research: tuple[Array, Array],
    most: float,
) -> None:
    """Turn compute to training or research, or back to serving, where asked (up, down)."""
    for amount, (up, down) in (("train", train), ("research", research)):
        nudge(orders, "split_work", amount, up=up, down=down, by=0.05, low=0.2, high=most)


def hire(orders: Orders, cash: Array, where: Array | bool = True, by: float = 100.0) -> None:
    """Spend on people while there is cash; let some go when it runs out."""
    up, down = (cash > RICH) & where, cash < POOR
    nudge(orders, "research_efficiency", "spend", up=up, down=down, by=by, low=50)


def port(orders: Orders, view: View, up: Array, down: Array | bool = False, by: float = 0.1) -> None:
    """Move work of Chinese labs to the domestic stack, or back."""
    mine = view.is_chinese
    nudge(orders, "port_stack", "share", up=up & mine, down=down & mine, by=by, low=0.1, high=0.9)


def foreign_is_shut(view: View) -> Bool[Array, " worlds"]:
    """Whether neither licensed chips nor clouds abroad can be counted on."""
    return (keys_turned(view) < SHUT_OUT) | (view.rule("control_cloud", "strictness")[0] >= CUT_OFF)


def standard(view: View, chance: Chance) -> Orders:
    """Stay close to the best model, at a pace that compute and cash allow.

    Plan A: buy where compute is open and cheap, and start runs that take two to three quarters.
    Plan B: when behind, train more and (in China) publish the weights; when late or short of cash,
    smaller runs and more serving.
    """
    orders = view.blank_orders()
    gap, cash = gap_of(view), purse(view)
    behind, leading, rival = gap > BEHIND, gap < LEVEL, rival_released(view)
    buy(orders, view, dear=DEAR)
    shut = foreign_is_shut(view)
    port(orders, view, up=shut, down=keys_turned(view) > 2 * ADMITTED)
    poor = cash < POOR
    split(orders, view, train=(behind & ~poor, poor), research=(leading & ~poor, poor), most=0.45)
    size_run(orders, view, quarters=2.5)
    hire(orders, cash, where=behind)
    close = best_model(view, "us") - best_model(view, "cn") < LEVEL
    guarded = np.where(view.is_chinese, leading, close)
    nudge(orders, "release_models", "open", up=behind & view.is_chinese, down=guarded, by=1)
    faster, slower = behind & rival, leading & ~rival
    nudge(orders, "release_models", "cadence", up=slower, down=faster, by=1, high=2)
    return orders


def scale(view: View, chance: Chance) -> Orders:
    """Win by the largest run.

    Plan A: runs of three quarters on nearly half of all compute, released when they are done.
    Plan B: when a rival's model comes close, still more of it; when compute is late or cash short,
    serve first.
    """
    orders = view.blank_orders()
    gap, cash, rival = gap_of(view), purse(view), rival_released(view)
    late = view.own("run_late") >= 1
    poor = cash < POOR
    pressed = (gap > LEVEL) | rival
    more, less = (pressed & ~poor, poor), (late & ~poor, pressed | poor)
    split(orders, view, train=more, research=less, most=0.6)
    size_run(orders, view, quarters=3.0)
    hire(orders, cash, where=gap > BEHIND)
    nudge(orders, "release_models", "open", down=np.ones_like(late), by=1)
    faster = pressed & late
    nudge(orders, "release_models", "cadence", up=~pressed, down=faster, by=1, low=2, high=4)
    return orders


def lean(view: View, chance: Chance) -> Orders:
    """Win by doing more with less: better methods, and a model every quarter.

    Plan A: research and people first, runs that fit a quarter or two.
    Plan B: when behind after a rival's release, train more for a while; when cash is short, let
    people go last.
    """
    orders = view.blank_orders()
    gap, rival = gap_of(view), rival_released(view)
    behind = gap > BEHIND
    catching_up = behind & rival
    split(orders, view, train=(catching_up, ~behind), research=(~behind, catching_up), most=0.5)
    size_run(orders, view, quarters=1.4)
    hire(orders, purse(view), by=200)
    late = view.own("run_late") >= 1
    nudge(orders, "release_models", "cadence", down=~late, up=late & ~rival, by=1, high=2)
    return orders


def grey(view: View, chance: Chance) -> Orders:
    """Train on the best chips there are, however they come.

    Plan A: smuggle while the premium is bearable and rent whatever clouds abroad offer, for runs of
    three quarters.
    Plan B: when customs sweep or clouds are cut off, shift to the other; keep a foot in the
    domestic stack.
    """
    orders = view.blank_orders()
    gap, cash = gap_of(view), purse(view)
    buy(orders, view, dear=2 * DEAR, sweep=3 * SWEEP, high=(0.4, 0.4, 0.7, 0.7))
    port(orders, view, up=foreign_is_shut(view) & (seized(view) > 3 * SWEEP))
    poor = cash < POOR
    behind = gap > LEVEL
    split(orders, view, train=(behind & ~poor, poor), research=(~behind, poor), most=0.55)
    size_run(orders, view, quarters=3.0)
    hire(orders, cash, where=gap > 2 * BEHIND)
    far = gap > BEHIND
    nudge(orders, "release_models", "open", up=far & rival_released(view), down=~far, by=1)
    return orders


def native(view: View, chance: Chance) -> Orders:
    """Build on domestic chips and better methods, with open weights to gather users.

    Plan A: domestic chips first, all work ported, people hired, frequent runs, weights published.
    Plan B: when domestic chips are short, rent for the next run; when leading, keep the weights.
    """
    orders = view.blank_orders()
    gap, rival = gap_of(view), rival_released(view)
    buy(orders, view, dear=CHEAP, sweep=0, high=(0.2, 1.0, 0.1, 0.3))
    shut = foreign_is_shut(view)
    port(orders, view, up=shut | (view.public("software") > PORTABLE), by=0.2)
    behind = gap > BEHIND
    short = view.own("unmet") > 0.8 * view.own("plan")
    better = (short | ~behind, behind & rival)
    split(orders, view, train=(behind & ~short, short), research=better, most=0.45)
    size_run(orders, view, quarters=1.8)
    hire(orders, purse(view), by=150)
    nudge(orders, "release_models", "open", up=gap > LEVEL, down=gap <= 0, by=1)
    nudge(orders, "release_models", "cadence", down=rival & behind, up=~behind, by=1, high=2)
    return orders
