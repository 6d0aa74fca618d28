"""Statistics: what a pattern reads off the games of its arms, one number for each; the docstring is what tables say."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from play import measures
from play.evidence.arms import Arm, Arms
from play.record import Quarter
from world.flows import safe_ratio, total
from world.phases.clusters import availability
from world.phases.intelligence import QUESTIONS
from world.phases.packaging import pairs_ready
from world.turn import layout_of
from world.yields import packages_per_die

Array = np.ndarray
Statistic = Callable[[Arms], Float[Array, " worlds"]]

SIDES: dict[str, tuple[Callable[[Quarter], Array], str]] = {
    "us": (measures.best_us, "the US side's"),
    "cn": (measures.best_cn, "China's"),
}
BEYOND = 1.25
"""A plan over what the dies that are there promise."""
EVENT = 0.01
"""A rise of strictness in a quarter from which it counts as a tightening."""


def row_of(column: str, axis: str, name: str) -> Callable[[Quarter], Array]:
    """What reads one row of a column."""
    return lambda quarter: getattr(quarter, column)[quarter.cast.at(axis, name)].astype(float)


def made_by(quarter: Quarter, maker: str) -> Array:
    """Compute of the accelerators that one maker finished."""
    mine = np.array(quarter.cast.product_maker) == quarter.cast.at("chipmakers", maker)
    return total(np.where(mine[:, None], quarter.packed * quarter.h100e.astype(float), 0.0))


def world_stock(quarter: Quarter) -> Array:
    """Compute installed anywhere."""
    return measures.stock_us(quarter) + measures.stock_cn(quarter)


def smuggled_stock(quarter: Quarter) -> Array:
    """Compute of contraband that owners in China hold."""
    cast = quarter.cast
    mine = cast.is_slot_cn_owner & np.isin(cast.slot_product, cast.goods)
    return total(np.where(mine[:, None], quarter.chips * quarter.h100e[cast.slot_product].astype(float), 0.0))


def bought_by_china(arm: Arm, year: int) -> Array:
    """Compute of foreign chips that came to China in a year, licensed or smuggled."""
    return arm.summed(measures.licensed_h100e, year) + arm.summed(measures.smuggled_h100e, year)


# Supply


def huawei_chips_2025(arms: Arms) -> Array:
    """Ascend chips made in 2025"""
    return arms["past"].summed(measures.champion_chips, 2025)


def memory_binds_2026(arms: Arms) -> Array:
    """whether memory limits Huawei in a quarter of 2026 when CXMT makes none"""
    return np.any([measures.champion_bound_by_memory(q) > 0 for q in arms["dry"].of_year(2026)], axis=0).astype(float)


def output_lost_to_memory(arms: Arms) -> Array:
    """chips of 2026 lost where memory binds, of those made in the same world with memory"""
    dry = arms["dry"].summed(measures.champion_chips, 2026)
    flush = arms["flush"].summed(measures.champion_chips, 2026)
    return np.where(memory_binds_2026(arms) > 0, 1 - safe_ratio(dry, flush), np.nan)


def flow_ratio_2025(arms: Arms) -> Array:
    """new compute of US-aligned makers over that of all Chinese makers, 2025"""
    past = arms["past"]
    return safe_ratio(past.summed(measures.made_us, 2025), past.summed(measures.made_cn, 2025), np.nan)


def flow_ratio_2026(arms: Arms) -> Array:
    """the same in 2026 with the policies of November 2025 held and no exports"""
    held = arms["held"]
    return safe_ratio(held.summed(measures.made_us, 2026), held.summed(measures.made_cn, 2026), np.nan)


def acquired_ratio_sold(arms: Arms) -> Array:
    """compute acquired in 2026, US side to China, where the B30A's class is sold freely"""
    sold = arms["sold"]
    bought = bought_by_china(sold, 2026)
    return safe_ratio(
        sold.summed(measures.made_us, 2026) - bought, sold.summed(measures.made_cn, 2026) + bought, np.nan
    )


def nvidia_shipments(quarter: str) -> Statistic:
    """What reads Nvidia's shipments of a quarter."""

    def of(arms: Arms) -> Array:
        return made_by(arms["past"].at(quarter), "nvidia")

    of.__doc__ = f"compute that Nvidia made in {quarter}"
    return of


def packaging_binds_us(arms: Arms) -> Array:
    """whether packaging is what limits Nvidia in most quarters of 2024 and 2025"""
    past = arms["past"]
    quarters = [*past.of_year(2024), *past.of_year(2025)]
    bound = [row_of("binding", "chipmakers", "nvidia")(quarter) == 3 for quarter in quarters]
    return (np.mean(bound, axis=0) > 0.5).astype(float)


def huawei_planned(arm: Arm, year: int) -> Array:
    """Chips that Huawei plans for a year, quarter by quarter: what its lines and its customers allow.

    No plan goes more than a quarter beyond what its dies promise, in stock and due; memory it counts on getting.
    """
    at = arm.record.quarters[0].cast.at("chipmakers", "huawei")
    planned = []
    for turn in arm.turns_of(year):
        before, now = arm.record.quarters[turn - 1 : turn + 1]
        orders = layout_of(now.cast).named(layout_of(now.cast).values(layout_of(now.cast).in_force(now)))
        due = before.dies_coming[:, 0] * packages_per_die(before, orders, arm.rules, before.die_yield.astype(float))
        promised = now.cast.by_maker.summed(sum(pairs_ready(before, arm.rules)) + due)[at] * arm.rules.final_yield
        planned.append(np.minimum(now.wanted_packages[at], BEYOND * promised))
    return np.sum(planned, axis=0)


def planned_growth_2026(arms: Arms) -> Array:
    """Huawei's planned chips of 2026 over those made in 2025"""
    ahead = arms["ahead"]
    return safe_ratio(huawei_planned(ahead, 2026), ahead.record.quarters[0].year_output.astype(float), np.nan)


def short_of_plan(arms: Arms) -> Array:
    """chips of 2026 that Huawei made, of those planned, where memory binds"""
    ahead = arms["ahead"]
    planned = huawei_planned(ahead, 2026)
    bound = np.any([measures.champion_bound_by_memory(quarter) > 0 for quarter in ahead.of_year(2026)], axis=0)
    return np.where(bound, safe_ratio(ahead.summed(measures.champion_chips, 2026), planned), np.nan)


# Stocks and channels


def china_share_without_smuggled(arms: Arms) -> Array:
    """China's share of the world's compute at the end of 2025, smuggled chips left out"""
    end = arms["past"].at("Q4 2025")
    smuggled = smuggled_stock(end)
    return (measures.stock_cn(end) - smuggled) / (world_stock(end) - smuggled)


def china_share(arms: Arms) -> Array:
    """the same, smuggled chips counted"""
    end = arms["past"].at("Q4 2025")
    return measures.stock_cn(end) / world_stock(end)


def stock_growth(arm: str, before: str, after: str) -> Statistic:
    """What reads the growth of the world's compute between two quarters, a year."""

    def of(arms: Arms) -> Array:
        played = arms[arm]
        years = (played.turn(after) - played.turn(before)) / 4
        return (world_stock(played.at(after)) / world_stock(played.at(before))) ** (1 / years)

    of.__doc__ = f"growth of the world's compute from {before} to {after}, a year"
    return of


def smuggled_2024(arms: Arms) -> Array:
    """chips smuggled to China in 2024"""
    return arms["past"].summed(measures.smuggled_chips, 2024)


def premium_mid_2025(arms: Arms) -> Array:
    """black-market premium in the second quarter of 2025"""
    return measures.premium(arms["past"].at("Q2 2025"))


def share_seized(arms: Arms) -> Array:
    """chips seized, of those that were set afloat, over 2024 and 2025"""
    quarters = [*arms["past"].of_year(2024), *arms["past"].of_year(2025)]
    caught = np.sum([quarter.caught.astype(float).sum(axis=0) for quarter in quarters], axis=0)
    return safe_ratio(caught, np.sum([quarter.moved.astype(float).sum(axis=0) for quarter in quarters], axis=0), np.nan)


def rented_2025(arms: Arms) -> Array:
    """compute that Chinese labs rent abroad at the end of 2025"""
    return measures.rented(arms["past"].at("Q4 2025"))


def rented_when_cut(arms: Arms) -> Array:
    """compute rented six quarters after imports were cut, over that where they were sold freely"""
    cut, sold = arms["cut"].record.quarters[4], arms["sold"].record.quarters[4]
    return safe_ratio(measures.rented(cut), measures.rented(sold), np.nan)


def licensed_2024(arms: Arms) -> Array:
    """chips sold to China under the rules in 2024 (the H20)"""
    return arms["past"].summed(measures.licensed_chips, 2024)


def domestic_share(year: int) -> Statistic:
    """What reads the Chinese makers' share of legal sales in China by value."""

    def of(arms: Arms) -> Array:
        quarters = arms["past"].of_year(year)
        sales = np.sum([quarter.revenue_cn.astype(float) for quarter in quarters], axis=0)
        home = quarters[0].cast.seat_bloc("chipmaker")
        return safe_ratio(sales[home].sum(axis=0), sales.sum(axis=0), np.nan)

    of.__doc__ = f"share of Chinese makers in legal sales in China by value, {year}"
    return of


# Capability


def lead_at(quarter: str) -> Statistic:
    """What reads the lead at the end of a quarter."""

    def of(arms: Arms) -> Array:
        return measures.lead(arms["past"].at(quarter))

    of.__doc__ = f"lead of the US side at the end of {quarter}"
    return of


def open_lag(arms: Arms) -> Array:
    """months by which the best open weights follow the best model, mean of 2025"""
    past = arms["past"]
    best = past.history(lambda quarter: quarter.score.astype(float).max(axis=0))
    opened = past.history(lambda quarter: np.where(quarter.is_open, quarter.score, -np.inf).max(axis=0))
    return np.mean([months_since(best, opened[turn], turn) for turn in past.turns_of(2025)], axis=0)


def months_since(
    best: Float[Array, "turns worlds"], level: Float[Array, " worlds"], turn: int
) -> Float[Array, " worlds"]:
    """Months since a rising record first stood at a level, taken as a straight line within a quarter."""
    record = np.maximum.accumulate(best[: turn + 1], axis=0)
    reached = record >= level
    first = reached.argmax(axis=0)
    worlds = np.arange(level.size)
    low, high = record[np.maximum(first - 1, 0), worlds], record[first, worlds]
    within = np.where(first > 0, 1 - safe_ratio(level - low, high - low, 1.0), 0.0)
    return np.where(reached[-1], 3.0 * (turn - first + within), 0.0)


def frontier_a_year(which: Callable[[Quarter], Array], side: str) -> Statistic:
    """What reads the growth of a side's frontier over 2024 and 2025."""

    def of(arms: Arms) -> Array:
        past = arms["past"]
        return (which(past.at("Q4 2025")) - which(past.at("Q4 2023"))) / 2

    of.__doc__ = f"growth of {side} frontier over 2024 and 2025, a year"
    return of


def algorithms_a_year(arms: Arms) -> Array:
    """growth of the leader's algorithms over 2023 to 2025, a year"""
    past = arms["past"]
    best = past.history(lambda quarter: quarter.algorithms.astype(float).max(axis=0))
    turns = past.turn("Q4 2025") - past.turn("Q4 2022")
    return 10 ** ((best[past.turn("Q4 2025")] - best[past.turn("Q4 2022")]) * 4 / turns)


def largest_run_a_year(arms: Arms) -> Array:
    """growth of the largest training run over 2023 to 2025, a year"""
    past = arms["past"]
    runs = np.maximum.accumulate(past.history(lambda quarter: quarter.run_target.astype(float).max(axis=0)))
    return (runs[past.turn("Q4 2025")] / runs[past.turn("Q4 2022")]) ** (1 / 3)


def slips_when_starved(arms: Arms) -> Array:
    """quarters by which Anthropic's next release slips when half of the planned compute is delivered

    Its run starts with the game. OpenAI's does too, but a lab that leads may keep a finished model back, which is no slip.
    """
    starved, fed = (arms[name].history(row_of("run_late", "labs", "anthropic")) for name in ("starved", "fed"))
    return (starved - fed)[2:].max(axis=0)


# Yield


def ascend_yield(quarter: str) -> Statistic:
    """What reads the die yield of the 910 class."""

    def of(arms: Arms) -> Array:
        return row_of("die_yield", "products", "ascend-910c")(arms["past"].at(quarter))

    of.__doc__ = f"good dies of 100 of the 910 class at SMIC in {quarter}"
    return of


def yield_gained(arms: Arms) -> Array:
    """rise of that yield over 2025"""
    return ascend_yield("Q4 2025")(arms) - ascend_yield("Q4 2024")(arms)


def tsmc_defects(arms: Arms) -> Array:
    """TSMC's defects per square centimetre on its leading node three quarters after the opening of 2022"""
    quarter = arms["past"].record.quarters[3]
    return quarter.defect_density[quarter.cast.at("foundries", "tsmc"), 2].astype(float)


def blind_pairs(arms: Arms) -> Array:
    """good packages of 100 assembled from untested dies of the 910 class, 2025"""
    yields = np.mean([row_of("die_yield", "products", "ascend-910c")(q) for q in arms["past"].of_year(2025)], axis=0)
    return yields**2 * arms["past"].rules.pair_yield * arms["past"].rules.final_yield


def usable_share(arms: Arms) -> Array:
    """share of its peak that domestic compute gives, of the share that CUDA gives, at the end of 2025"""
    return usable_against_cuda(arms["past"], "Q4 2025")


def usable_gained(arms: Arms) -> Array:
    """rise of that share over 2026"""
    ahead = arms["ahead"]
    return usable_against_cuda(ahead, "Q4 2026") - usable_against_cuda(ahead, "Q1 2026")


def usable_against_cuda(arm: Arm, quarter: str) -> Array:
    """What domestic chips give of their peak over what foreign ones would give in the same cluster: software, and failures.

    The cluster is that of the state's data centres, and of its chips the domestic ones.
    """
    end = arm.at(quarter)
    cast, rules = end.cast, arm.rules
    mine = (cast.slot_owner == cast.at("owners", "cn-state")) & cast.is_cn_product[cast.slot_product]
    largest = (total(np.where(mine[:, None], end.chips, 0.0)) * rules.cluster_share)[None, None]
    hours = (end.mtbf.astype(float), rules.mtbf_cuda)
    home, away = (availability(largest, mtbf[None, None], rules)[0, 0] for mtbf in hours)
    return end.software.astype(float) * home / away


# Politics


def lobbying_rises(arms: Arms) -> Array:
    """Nvidia's highest lobbying of a quarter in 2025 over its mean of 2024"""
    past = arms["past"]
    spent = row_of("lobbied", "chipmakers", "nvidia")
    before = np.mean([spent(quarter) for quarter in past.of_year(2024)], axis=0)
    return safe_ratio(np.max([spent(quarter) for quarter in past.of_year(2025)], axis=0), before, np.nan)


def retaliation(arms: Arms) -> Array:
    """share of a hawk's tightenings that Beijing answers within a quarter"""
    arm = arms["hawk"]
    answers = pressure_of(arm)
    asked = arm.history(lambda quarter: quarter.tightened[0] > EVENT)
    found = np.zeros((2, asked.shape[1]))
    for turn in range(1, arm.record.turns):
        answered = answers[turn + 1] > answers[turn - 1] + 1e-6
        found += np.array([asked[turn], asked[turn] & answered])
    return np.where(found[0] > 0, found[1] / np.maximum(found[0], 1), np.nan)


def pressure_of(arm: Arm) -> Float[Array, "turns worlds"]:
    """What Beijing withholds: rare earths, mature chips, and the gate to licensed chips."""

    def of(quarter: Quarter) -> Array:
        withheld = measures._dial(quarter, "license_rare_earths", "withheld")
        mature = measures._dial(quarter, "ship_mature_chips", "withheld")
        return withheld + mature - measures._dial(quarter, "admit_chips", "share")

    return arm.history(of)


def softened(arms: Arms) -> Array:
    """share of tightenings of which half or more is undone within a year"""
    arm = arms["long"]
    level = arm.history(lambda quarter: quarter.strictness[0].astype(float))
    asked = arm.history(lambda quarter: quarter.tightened[0] > EVENT)
    found = np.zeros((2, asked.shape[1]))
    for turn in range(1, arm.record.turns - 3):
        rise = level[turn] - level[turn - 1]
        undone = level[turn] - level[turn + 1 : turn + 5].min(axis=0) >= rise / 2
        found += np.array([asked[turn], asked[turn] & undone])
    return np.where(found[0] > 0, found[1] / np.maximum(found[0], 1), np.nan)


# The report, claim by claim


def ceiling_moved(arms: Arms) -> Array:
    """whether the ceiling for China stands higher (1), lower (-1) or where it was (0) after eight quarters"""
    arm = arms["ahead"]
    before, after = measures.ceiling(arm.record.quarters[0]), measures.ceiling(arm.record.quarters[8])
    return np.sign(after - before)


def hawk_below_dealmaker(arms: Arms) -> Array:
    """by how much of its height a dealmaker's ceiling lies above a hawk's after eight quarters"""
    high, low = (measures.ceiling(arms[name].record.quarters[8]) for name in ("deal", "hawk"))
    return 1 - safe_ratio(low, high)


def offered_when_warned(arms: Arms) -> Array:
    """ceiling times licences in the third quarter after advisers warned, over those where they did not"""
    warned, calm = (offer_of(arms[name].record.quarters[3]) for name in ("warned", "calm"))
    return safe_ratio(warned, calm, np.nan)


def offer_of(quarter: Quarter) -> Array:
    """What Washington would let China buy: the ceiling times the number."""
    return measures.ceiling(quarter) * measures._dial(quarter, "license_sales", "volume")


def gap_by_source(arms: Arms) -> Array:
    """the widest published gap between the models over the narrowest, by source, mean of eight quarters

    In months, of which the narrowest counts as one at least: who says "level" or "behind us" says less than a month.
    """
    return np.mean([spread_of_gaps(quarter) for quarter in arms["ahead"].record.quarters[1:]], axis=0)


def spread_of_gaps(quarter: Quarter) -> Array:
    """The widest of the published gaps over the narrowest."""
    at = quarter.cast.at("questions", "lead")
    said = np.exp(quarter.report[quarter.cast.source_speaks[:, at], at].astype(float)) - QUESTIONS["lead"].shift
    return np.maximum(said.max(axis=0), 1.0) / np.maximum(said.min(axis=0), 1.0)


def demand_over_output(arms: Arms) -> Array:
    """compute that Chinese labs and clouds plan for in 2026 over five times what China makes in it"""
    ahead = arms["ahead"]
    inside = np.array([region == "cn" for region in ahead.record.cast.owner_region])
    planned = ahead.summed(lambda quarter: quarter.plan[inside].astype(float).sum(axis=0), 2026)
    return safe_ratio(planned, 5 * ahead.summed(measures.made_cn, 2026))


def smuggling_as_told(arms: Arms) -> Array:
    """chips smuggled in the last quarter of 2026 as the chipmakers' spokesman tells them, over those that were"""
    return report_over_truth(arms["ahead"], "chipmaker-brief", "smuggled")


def embassy_over_truth(arms: Arms) -> Array:
    """Huawei's output as the embassy tells it, over the truth, at the end of 2026"""
    return report_over_truth(arms["ahead"], "embassy", "huawei_output")


def report_over_truth(arm: Arm, source: str, question: str) -> Array:
    """A source's last report of 2026 over what was so: chips made in the year, or smuggled in the quarter."""
    end = arm.at("Q4 2026")
    cast = end.cast
    said = np.exp(end.report[cast.at("sources", source), cast.at("questions", question)].astype(float))
    if question == "huawei_output":
        return safe_ratio(said, arm.summed(measures.champion_chips, 2026))
    return safe_ratio(said, measures.smuggled_chips(end), np.nan)


def lead_in_wide_flows(arms: Arms) -> Array:
    """lead after eight quarters in worlds with a flow ratio over 20"""
    ahead = arms["ahead"]
    ratio = safe_ratio(ahead.summed(measures.made_us, 2027), ahead.summed(measures.made_cn, 2027), np.nan)
    return np.where(ratio > 20, measures.lead(ahead.record.quarters[8]), np.nan)


def lead_without_diffusion(arms: Arms) -> Array:
    """months by which the lead is longer after twelve quarters without diffusion"""
    with_it, without = (measures.lead(arms[name].record.quarters[12]) for name in ("long", "alone"))
    return without - with_it


def reached_of_unrestricted(arms: Arms) -> Array:
    """what China's best lab gained since 2022, of what it would have gained in the same world without controls"""
    held, free = (arms[name].at("Q4 2025") for name in ("past", "free"))
    start = measures.best_cn(arms["past"].record.quarters[0])
    return safe_ratio(measures.best_cn(held) - start, measures.best_cn(free) - start, np.nan)


def lobbying_unthreatened(arms: Arms) -> Array:
    """the same without any control since 2022"""
    free = arms["free"]
    spent = row_of("lobbied", "chipmakers", "nvidia")
    before = np.mean([spent(quarter) for quarter in free.of_year(2024)], axis=0)
    return safe_ratio(np.max([spent(quarter) for quarter in free.of_year(2025)], axis=0), before, np.nan)


def within_plan(arms: Arms) -> Array:
    """chips of 2026 that Huawei made, of those planned, where memory does not bind"""
    ahead = arms["ahead"]
    planned = huawei_planned(ahead, 2026)
    bound = np.any([measures.champion_bound_by_memory(quarter) > 0 for quarter in ahead.of_year(2026)], axis=0)
    return np.where(bound, np.nan, safe_ratio(ahead.summed(measures.champion_chips, 2026), planned))


MADE: dict[str, Callable[..., Statistic]] = {
    "ascend_yield": ascend_yield,
    "domestic_share": lambda year: domestic_share(int(year)),
    "frontier_a_year": lambda side: frontier_a_year(*SIDES[side]),
    "lead_at": lead_at,
    "nvidia_shipments": nvidia_shipments,
    "stock_growth": stock_growth,
}
"""Statistics that are made for a quarter, a year or a side."""
