"""Doctrines of chipmakers, who decide what is designed, for whom, and what officials hear."""

from functools import cache

import numpy as np
from jaxtyping import Float

from agents.doctrine.dials import aim, nudge
from agents.doctrine.signals import CHINA, ceiling_for, keys_turned, seized
from world.cast import REGIONS
from world.chance import Chance
from world.orders import Orders
from world.view import Desk, View

Array = np.ndarray

THIRD, CN = REGIONS.index("third"), REGIONS.index("cn")
LOGIC, MEMORY = 1, 2
"""What may limit a maker's output, as the packaging phase records it."""

SHORT, SLACK = 1.5, 0.9
"""Chips asked for over chips offered from which prices rise, and under which they fall."""
DESIGN, EXPORT = 500_000.0, 400_000.0
"""Cash (thousand USD) with which a maker starts a chip, or a version for export."""
RICH = 2_000_000.0
"""Cash (thousand USD) from which it spends more on software."""
STACKS_A_DIE = 4
"""Memory stacks added with another die."""
BETTER, MUCH_BETTER = 1.3, 2.0
"""Performance that rules allow over the best design they allow now, from which a new version
pays."""
ADMITTED, SHUT_OUT = 100_000.0, 40_000.0
"""Chips a quarter that both keys let in, from which China is a market, and under which it is
none."""
HABIT, STAKES, LOBBY_SLACK = 0.15, 12.0, 0.3
"""Lobbying (million USD a quarter) with nothing at stake, with all sales at stake, and the change
worth a move."""
LICENSED = 0.1
"""Share of its lobbying that a maker keeps up while its licensed designs may be sold."""
LARGE = 8e6
"""Sales (thousand USD a quarter) at which a maker lobbies half as much as the largest would."""
THREATENED, CREDIT, CLAIM_SLACK = 0.05, 0.5, 150_000.0
"""Sales denied (share) from which a maker argues with figures; credit it needs; change of figure
worth a move."""
WORKS, WORKS_WELL = 0.5, 0.85
"""Packages that work of those started, and what users get of domestic chips, under which more
effort pays."""
SOFTWARE = 0.33
"""Share of its sales up to which a maker raises what it spends on software."""
AHEAD = 10_000_000.0
"""Cash (thousand USD) with which an American maker buys memory ahead, as the largest do by contracts of several quarters."""
HOARD = 9.0
"""Quarters for which memory is bought in the weeks before it is denied."""
SCANDAL = 5_000
"""Chips seized in a quarter from which makers check their customers."""
STEADY = 20_000.0
"""Hours between failures of a chip from which larger systems stay up."""
SOURCED = 0.2
"""Share of a country's chip money from which Chinese makers see a market there."""
CHEAP_POWER, DEAR_POWER = 0.4, 0.1
"""Share of power bills paid by the state from which larger systems pay, and down to which they do
not."""


def price(orders: Orders, view: View, low: float = -0.2, high: float = 0.4) -> None:
    """Charge more while buyers queue, less while chips lie about."""
    backlog = view.own("backlog")
    up, down = backlog > SHORT, backlog < SLACK
    nudge(orders, "price_chips", "markup", up=up, down=down, by=0.2, low=low, high=high)


def favour(orders: Orders, region: int, up: Array, down: Array, low: float, high: float) -> None:
    """Set aside more or less for a region, where a maker sells there at all."""
    sells = orders.levels["split_regions", "weight"][:, region] > 0
    up, down = up & sells, down & sells
    limits = {"low": low, "high": high}
    nudge(orders, "split_regions", "weight", up=up, down=down, by=1, pick=region, **limits)


def start_design(orders: Orders, view: View, more_dies: Array, to_mature: Array | bool = False) -> None:
    """Start the next chip where none runs, with more dies where asked and memory to feed them."""
    idle = (view.own("design_left") == 0) & (view.own("free_slots") > 0)
    start = idle & (view.own("money") > DESIGN)
    if not start.any():
        return
    more = start & (more_dies | to_mature)
    nudge(orders, "design_chip", "node", up=start & ~view.is_chinese, down=start & to_mature, by=1)
    nudge(orders, "design_chip", "dies", up=more, by=1)
    nudge(orders, "design_chip", "stacks", up=more, by=STACKS_A_DIE)
    short = view.own("binding") == MEMORY
    nudge(orders, "design_chip", "stacks", up=start & ~short, down=start & short, by=2, low=2)
    nudge(orders, "design_chip", "project", up=start, by=1)


def permitted(view: View, row: int) -> Float[Array, " worlds"]:
    """The most capable chip (TPP) that a maker could build for China under the rules."""
    ceiling, density = ceiling_for(view, CHINA), view.rule("cap_exports", "density")[0, CHINA]
    area, skill = float(view.cast.die_size[view.rows[row]]), view.own("skill")[row]
    return np.where(density < skill, np.minimum(ceiling, density * area), ceiling)


@cache
def export_designs(desk: Desk) -> dict[int, list[int]]:
    """The designs for export, on sale or still to come, of every row that has any."""
    makers = desk.cast.product_maker
    designs: dict[int, list[int]] = {}
    for product in np.flatnonzero(desk.cast.is_export):
        for row in np.flatnonzero(desk.rows == makers[product]):
            designs.setdefault(int(row), []).append(int(product))
    return designs


def start_export(orders: Orders, view: View, times: float, where: Array | bool = True) -> None:
    """Cut the flagship down to what rules allow, where that is `times` one's best legal design."""
    on_sale, tpp, cash = view.public("on_sale"), view.public("tpp"), view.own("money")
    free = (view.own("export_left") == 0) & (view.rule("license_sales", "volume")[0] > 0) & where
    for row, designs in export_designs(view.desk).items():
        may = free[row] & ~on_sale[designs].all(axis=0) & (cash[row] > EXPORT)
        if not may.any():
            continue
        limit = permitted(view, row)
        legal = np.where(tpp[designs] <= limit, tpp[designs], np.float32(0))
        pays = may & (limit >= times * legal.max(axis=0))
        aim(orders, "design_for_export", "tpp", limit, slack=100, where=pays, at=row)


def lobby(orders: Orders, view: View, stakes: float) -> None:
    """Spend on looser rules in proportion to the sales that they deny.

    It is little as long as there is a design that may be sold, and all of it once the market is shut.
    """
    threat, sales = view.own("threat"), view.own("revenue").astype(np.float32)
    threat = threat * np.where(keys_turned(view) < SHUT_OUT, 1.0, LICENSED)
    spend, mine = HABIT + stakes * threat * (sales / (sales + LARGE)), ~view.is_chinese
    aim(orders, "lobby", "spend", spend, slack=LOBBY_SLACK, where=mine & (threat > 0))
    nudge(orders, "lobby", "side", up=mine, by=1)


def argue(orders: Orders, view: View, times: float) -> None:
    """Tell officials that Huawei makes `times` what one believes, while sales are denied."""
    credit = view.public("credibility")[view.cast.briefing_source]
    argues = (view.own("threat") > THREATENED) & (credit > CREDIT)
    claim = np.where(argues, times * view.belief("huawei_output").middle, 0.0)
    aim(orders, "publish_estimate", "chips", claim, slack=CLAIM_SLACK, where=~view.is_chinese)


def check(orders: Orders, view: View, up: Array, down: Array) -> None:
    """Look closer at customers, or less close."""
    mine = ~view.is_chinese
    nudge(orders, "check_customers", "effort", up=up & mine, down=down & mine, by=0.25)


def stockpile(orders: Orders, view: View, high: float) -> None:
    """Hold memory where it limits output, and more when rules tighten; let the pile shrink otherwise.

    In the weeks before China is cut off, its makers buy for years ahead, or what they can afford. Once memory is
    contested, rich makers elsewhere contract ahead, too.
    """
    cash = view.own("money")
    last_call = (view.public("memory_grace")[0] > 0) & view.is_chinese & (cash > DESIGN)
    aim(orders, "stockpile", "quarters", np.where(cash > RICH, HOARD, HOARD / 3), slack=1, where=last_call)
    alarm = (view.public("memory_grace")[0] > 0) | (view.public("tightened")[0] > 0.02)
    short, contested = view.own("binding") == MEMORY, view.rule("control_memory", "denied")[0] >= 0.5
    flush = (cash > AHEAD) & ~view.is_chinese & contested
    up, down = short | (alarm & view.is_chinese), ~short & ~flush & ~alarm
    nudge(orders, "stockpile", "quarters", up=up, down=down, by=1, low=0.5, high=high)
    nudge(orders, "stockpile", "quarters", up=flush & ~short, by=0.5, high=0.75 * high)


def improve(orders: Orders, view: View, where: Array | bool = True, high: float = 1_000.0) -> None:
    """Spend on the domestic software stack while it wastes chips and both cash and sales allow."""
    cash, spend = view.own("money").astype(np.float32), view.dial("write_software", "spend")
    spare = spend * 1000 < SOFTWARE * view.own("revenue")
    wanting = (view.public("software") < WORKS_WELL) & where & view.is_chinese
    up, down = wanting & spare & (cash > RICH), cash < DESIGN
    nudge(orders, "write_software", "spend", up=up, down=down, by=100, high=high)


def bundle(orders: Orders, view: View, by: float, low: float, high: float, fit: Array) -> None:
    """Build Chinese makers' systems larger where they fit and power is cheap, smaller where not."""
    subsidy = view.rule("subsidise_power", "share")[0]
    up, down = (subsidy >= CHEAP_POWER) & fit, (subsidy <= DEAR_POWER) | ~fit
    up, down = up & view.is_chinese, down & view.is_chinese
    nudge(orders, "size_systems", "chips", up=up, down=down, by=by, low=low, high=high)


def test_first(orders: Orders, view: View, by: float) -> None:
    """Test more dies before pairing them while too many packages fail, or while dies limit output."""
    fails = (view.own("pack_yield") < WORKS) | (view.own("binding") == LOGIC)
    nudge(orders, "test_dies", "share", up=fails, by=by)


def standard(view: View, chance: Chance) -> Orders:
    """Sell all that can be made, at what it fetches, wherever rules allow.

    Plan A: price by the queue, start the next chip as soon as one can, and repair what fails: dies,
    memory, software.
    Plan B: when rules move, cut a design to what they allow and lobby by what they deny.
    """
    orders = view.blank_orders()
    logic, works = view.own("binding") == LOGIC, view.own("pack_yield") > WORKS
    keys, stance = keys_turned(view), view.public("stance")[0]
    price(orders, view, high=0.6)
    american = ~view.is_chinese
    up, down = american & (keys > ADMITTED), american & (keys < SHUT_OUT)
    favour(orders, CN, up=up, down=down, low=1, high=3)
    abroad = view.rule("source_chips", "share").max(axis=0) > SOURCED
    backlog = view.own("backlog")
    up, down = abroad | (backlog < SHORT), ~abroad & (backlog > 2 * SHORT)
    favour(orders, THIRD, up=up & view.is_chinese, down=down & view.is_chinese, low=1, high=4)
    others = view.is_chinese & ~view.cast.is_champion[view.rows, None]
    start_design(orders, view, more_dies=works, to_mature=others & logic)
    start_export(orders, view, MUCH_BETTER)
    bundle(orders, view, by=128, low=64, high=768, fit=np.ones_like(keys, dtype=bool))
    improve(orders, view)
    test_first(orders, view, by=0.2)
    stockpile(orders, view, high=6)
    caught = seized(view) > SCANDAL
    check(orders, view, up=caught & (stance < 0), down=~caught & (stance > 0.5))
    lobby(orders, view, STAKES)
    argue(orders, view, 1.6)
    return orders


def globalist(view: View, chance: Chance) -> Orders:
    """Sell everywhere, and see to it that one may.

    Plan A: keep a design at the ceiling, set chips aside for China as soon as a key turns, charge
    what it fetches.
    Plan B: when sales are denied, lobby hard and argue that Huawei makes up for it; after a scandal
    check more, only until it is forgotten.
    """
    orders = view.blank_orders()
    keys, caught = keys_turned(view), seized(view) > SCANDAL
    price(orders, view, high=0.6)
    favour(orders, CN, up=keys > SHUT_OUT, down=keys <= 0, low=1, high=8)
    start_design(orders, view, more_dies=view.own("backlog") < SHORT)
    start_export(orders, view, BETTER)
    stockpile(orders, view, high=1.5)
    check(orders, view, up=caught & (view.public("stance")[0] < -0.5), down=~caught)
    lobby(orders, view, 2 * STAKES)
    argue(orders, view, 2.5)
    return orders


def homebody(view: View, chance: Chance) -> Orders:
    """Serve customers at home first, and give officials no trouble.

    Plan A: set nothing aside for China, hold prices down at home, start the next chip early.
    Plan B: when memory binds, hold more of it; after seizures check customers; sell abroad only
    what piles up.
    """
    orders = view.blank_orders()
    backlog, keys = view.own("backlog"), keys_turned(view)
    piled = (backlog < SLACK) & (keys > ADMITTED)
    price(orders, view, high=0.2)
    favour(orders, CN, up=piled, down=~piled, low=1, high=3)
    start_design(orders, view, more_dies=backlog > SHORT)
    start_export(orders, view, MUCH_BETTER, where=piled)
    stockpile(orders, view, high=3)
    caught, quiet = seized(view) > SCANDAL, seized(view) == 0
    check(orders, view, up=caught, down=quiet & (view.public("premium") < 0.5))
    lobby(orders, view, 0.1 * STAKES)
    argue(orders, view, 0.0)
    return orders


def volume(view: View, chance: Chance) -> Orders:
    """Put as many chips into the country as wafers allow, good enough and in large systems.

    Plan A: pair dies as they come, add dies to every design, bundle ever more chips, keep prices
    down.
    Plan B: when memory runs short or a rule threatens it, hoard; when logic does, go to the older
    node.
    """
    orders = view.blank_orders()
    logic, memory = view.own("binding") == LOGIC, view.own("binding") == MEMORY
    price(orders, view, low=-0.2, high=0.0)
    queue = view.own("backlog") > 2 * SHORT
    favour(orders, THIRD, up=~queue, down=queue, low=1, high=6)
    others = ~view.cast.is_champion[view.rows, None]
    start_design(orders, view, more_dies=~memory, to_mature=others & logic)
    bundle(orders, view, by=128, low=256, high=1024, fit=~memory)
    improve(orders, view, where=view.public("software") < 0.6, high=300)
    hopeless = logic & (view.own("pack_yield") < 0.1)
    nudge(orders, "test_dies", "share", up=hopeless, down=~logic, by=0.1)
    stockpile(orders, view, high=4)
    return orders


def quality(view: View, chance: Chance) -> Orders:
    """Make chips that people would choose: tested dies, software that works, systems that stay up.

    Plan A: test every die, spend on software, feed each die well, and charge for it.
    Plan B: when packages fail or memory is short, build less and better; when power is dear,
    smaller systems.
    """
    orders = view.blank_orders()
    works = view.own("pack_yield")
    price(orders, view, low=0.0, high=0.6)
    backlog = view.own("backlog")
    favour(orders, THIRD, up=backlog < 2 * SHORT, down=backlog > 4 * SHORT, low=1, high=3)
    start_design(orders, view, more_dies=works > WORKS_WELL)
    bundle(orders, view, by=64, low=64, high=384, fit=view.public("mtbf") > STEADY)
    improve(orders, view)
    test_first(orders, view, by=0.25)
    stockpile(orders, view, high=1.5)
    return orders
