"""Statistics of supply: what makers finish, what they planned, and what limits them."""

import numpy as np

from play import measures
from play.evidence.arms import Arm, Arms
from play.evidence.statistics.reading import Array, Statistic, bought_by_china, made_by, row_of
from world.flows import safe_ratio
from world.phases.packaging import pairs_ready
from world.turn import layout_of
from world.yields import packages_per_die

BEYOND = 1.25
"""A plan over what the dies that are there promise."""


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
        orders = layout_of(now.cast).named(layout_of(now.cast).settings(now))
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
