"""Statistics of stocks and channels: compute held, sold, smuggled and rented."""

import numpy as np

from play import measures
from play.evidence.arms import Arms
from play.evidence.statistics.reading import Array, Statistic, smuggled_stock, world_stock
from world.flows import safe_ratio


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
    """compute rented four quarters after imports were cut, over that where they were sold freely"""
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
