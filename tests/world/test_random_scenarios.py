"""Whatever the scenario and whatever is ordered: no traceback, nothing lost, every figure possible."""

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests_support import everybody

from agents.rollout import turned
from world.audit import audit
from world.rules import coefficients
from world.scenario import opened, read
from world.turn import ORDERS

FACTORS = (0.0, 0.2, 0.5, 0.8, 1.0, 1.5, 3.0)


def random_settings(rng: np.random.Generator) -> dict[str, float | str]:
    """Some coefficients at anything from nothing to three times their value, and some openings elsewhere."""
    november = read("november-2025")
    chosen = {}
    for name in rng.choice(sorted(coefficients()), 20, replace=False):
        filling = november.begins.coefficients[name]
        if filling.names:
            continue
        value = filling.cells[()].value
        factor = rng.choice(FACTORS[1:] if coefficients()[name].metadata["above_zero"] else FACTORS)
        unit = coefficients()[name].metadata["unit"]
        scaled = value * factor
        chosen[f"rules.{name}"] = float(min(scaled, 1.0) if unit.startswith("share") and value <= 1 else scaled)
    chosen["open.premium"] = float(rng.uniform(0, 3))
    chosen["open.software"] = float(rng.uniform(0, 1))
    chosen["smic.open.capacity.advanced"] = float(rng.uniform(0, 300_000))
    chosen["huawei.open.stacks"] = float(rng.integers(0, 8_000_000))
    chosen["nvidia.open.money"] = float(rng.integers(0, 10**8))
    chosen["length"] = str(rng.integers(1, 7))
    return chosen


def random_dials(rng: np.random.Generator) -> dict[str, float | str]:
    """Some dials of governments and firms anywhere within their bounds."""
    issuers = {"controller": "washington", "planner": "beijing", "broker": "malaysia-route", "lab": "deepseek"}
    chosen = {}
    for kind in rng.choice(np.array(ORDERS, dtype=object), 12, replace=False):
        if kind.issuer in issuers and not kind.picks:
            amount = kind.amounts[0]
            level = int(rng.integers(0, amount.steps + 1))
            chosen[f"{issuers[kind.issuer]}.{kind.name}.{amount.name}"] = amount.value(level)
    return chosen


@given(st.integers(0, 2**32))
@settings(
    max_examples=40, deadline=None, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck)
)
def test_random_scenarios_with_random_orders_break_nothing(seed):
    rng = np.random.default_rng(seed)
    chosen = random_settings(rng) | random_dials(rng)
    seeds = rng.integers(0, 2**63, 25).astype(np.uint64)
    world, rules = opened(read("november-2025"), seeds, chosen)
    players = everybody(world.cast, 25, str(rng.choice(["random", "standard"])))
    while not world.is_over.all():
        before, world = world, turned(world, rules, players)
        assert audit(before, world) == [], chosen
