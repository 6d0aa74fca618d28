"""Statistics of the report, claim by claim."""

import numpy as np

from play import measures
from play.evidence.arms import Arm, Arms
from play.evidence.statistics.reading import Array, row_of
from play.evidence.statistics.supply import huawei_planned
from play.record import Quarter
from world.flows import safe_ratio
from world.phases.intelligence import QUESTIONS


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
