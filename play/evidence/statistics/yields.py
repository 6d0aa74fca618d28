"""Statistics of yield and of use: good dies, packages, and what chips give of their peak."""

import numpy as np

from play.evidence.arms import Arm, Arms
from play.evidence.statistics.reading import Array, Statistic, row_of
from world.flows import total
from world.phases.clusters import availability


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
