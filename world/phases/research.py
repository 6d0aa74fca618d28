"""Research: algorithms grow and diffuse, training runs advance and slip, models come out and earn."""

import math

import numpy as np
from jaxtyping import Bool, Float

from world.chance import Chance
from world.flows import exp, log1p, log10, of_row, on_grid, pay, safe_ratio, whole
from world.orders import Amount, Dials, OrderKind
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

SPLIT_WORK = OrderKind(
    name="split_work",
    issuer="lab",
    summary="Divide compute among training, research and serving (what is left).",
    amounts=(
        Amount("train", 0.0, 1.0, step=0.05, unit="share", help="for training runs"),
        Amount("research", 0.0, 1.0, step=0.05, unit="share", help="for experiments"),
    ),
    claim="C21",
)
SIZE_RUN = OrderKind(
    name="size_run",
    issuer="lab",
    summary="Set the size of the next biggest training run.",
    amounts=(Amount("size", 24.0, 29.0, step=0.1, unit="log10 FLOP", help="compute of the run"),),
    claim="C04",
)
RESEARCH_EFFICIENCY = OrderKind(
    name="research_efficiency",
    issuer="lab",
    summary="Spend on people and methods that make compute go further.",
    amounts=(Amount("spend", 0.0, 2000.0, step=50.0, unit="million USD/quarter", help="budget"),),
    claim="C28",
)
RELEASE_MODELS = OrderKind(
    name="release_models",
    issuer="lab",
    summary="Publish weights or not, and how often to release.",
    amounts=(
        Amount("open", 0.0, 1.0, step=1.0, unit="", help="1 to publish the weights"),
        Amount("cadence", 1.0, 4.0, step=1.0, unit="quarters", help="at least between releases"),
    ),
    claim="C28",
)
WORK_FOR_MILITARY = OrderKind(
    name="work_for_military",
    issuer="lab",
    summary="Give a share of compute to military work, for pay.",
    amounts=(Amount("share", 0.0, 0.5, step=0.05, unit="share", help="of compute"),),
    claim="C23",
)


def compute_of(world: World, orders: Dials, rules: Rules) -> Float[Array, "labs worlds"]:
    """H100e a lab can use in the quarter: its part of its owner's and what it rents, less military work and porting."""
    labs = world.cast.size("labs")
    own = world.usable[:labs] * world.cast.lab_share[:, None] + world.rented
    moving = rules.port_cost * orders.port_stack.share * (1 - world.software)
    return on_grid(own * (1 - orders.work_for_military.share) * (1 - moving))


def better_algorithms(world: World, orders: Dials, rules: Rules, research: Array) -> Array:
    """Algorithms (log10) after a quarter: own progress with research compute, and copying from the frontier and open weights."""
    best = research.max(axis=0)
    staff = log1p(orders.research_efficiency.spend / rules.research_unit)
    own = rules.algorithm_growth * np.sqrt(safe_ratio(research, best, 1.0)) * (1 + rules.research_effect * staff)
    front = world.algorithms.max(axis=0)
    opened = np.where(world.is_open, world.algorithms, -10.0).max(axis=0)
    speed = 1 - exp(-math.log(2.0) / rules.diffusion_half_life)
    copied = speed * (front - world.algorithms) + rules.open_copying * np.maximum(opened - world.algorithms, 0)
    copied = rules.diffusion * np.minimum(copied, front - world.algorithms)
    return on_grid(world.algorithms + own + copied)


def trained(world: World, orders: Dials, rules: Rules, compute: Array) -> tuple[Array, Array]:
    """Training compute of the quarter (1e24 FLOP), and how much of it counts towards the running run.

    With `compute_binds` below one, the rest of the progress would come by the calendar.
    """
    share = np.minimum(orders.split_work.train, 1.0)
    flop = on_grid(compute * share * rules.flop_per_h100e)
    planned = world.run_target / np.maximum(world.run_due, 1.0)
    counted = rules.compute_binds * flop + (1 - rules.compute_binds) * planned
    return flop, on_grid(counted)


def minimum_run(world: World, rules: Rules) -> Float[Array, " worlds"]:
    """The smallest training run that is useful at the frontier (1e24 FLOP); it grows with the frontier."""
    return rules.least_run_flop * exp(rules.least_run_growth * world.turn)


def candidates(
    world: World, rules: Rules, chance: Chance, flop_year: Array, algorithms: Array
) -> Float[Array, "labs worlds"]:
    """ECI of the model each lab would release: training compute of the year, algorithms, talent and luck.

    A larger run than usual for that compute helps somewhat. A run below the useful minimum loses in proportion to what it lacks.
    """
    run = np.maximum(world.run_target, 1e-6)
    lack = np.minimum(log10(run / minimum_run(world, rules)), 0.0)
    luck = rules.release_luck * chance.normal("research.release", flop_year.shape[0])
    big = log10(run / np.maximum(rules.usual_run * flop_year, 1e-6))
    effective = log10(np.maximum(flop_year, 1e-6)) + algorithms + rules.run_matters * big + rules.minimum_matters * lack
    return on_grid(rules.eci_per_order * effective * rules.compute_returns + world.talent + luck)


def day_of_release(world: World, chance: Chance, counted: Array) -> Float[Array, "labs worlds"]:
    """When in the quarter a finished run comes out (share): as it is done, or any day if it only waited for its turn."""
    needed = safe_ratio(world.run_target - world.run_done, counted, 1.0)
    any_day = chance.uniform("research.day", needed.shape[0])
    return np.where(needed > 0, needed.clip(0.05, 1.0), any_day)


def research(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Advance algorithms and runs; release what is done; pay people; earn from serving."""
    compute = compute_of(world, orders, rules)
    algorithms = better_algorithms(world, orders, rules, compute * orders.split_work.research)
    flop, counted = trained(world, orders, rules, compute)
    year = on_grid(0.75 * world.trained + flop)
    done = world.run_done + counted
    age = world.run_age + 1
    ready = (done >= world.run_target) & (age >= orders.release_models.cadence)
    part = day_of_release(world, chance, counted)
    score = candidates(world, rules, chance, year, algorithms)
    better = ready & (score > world.score)
    late = np.maximum(age - world.run_due, 0.0)
    below = world.run_target < minimum_run(world, rules)
    fell_short = counted < 0.95 * world.run_target / np.maximum(world.run_due, 1.0)
    world = replace(
        world,
        compute=compute.astype(np.float32),
        algorithms=algorithms,
        trained=year,
        run_late=late,
        run_short=np.where(below, 2, np.where(fell_short, 1, 0)).astype(np.int8),
        released=ready,
        is_open=np.where(better, orders.release_models.open > 0, world.is_open),
        score=np.where(better, score, world.score),
    )
    world = recorded(world, better, part)
    return started(paid(world, orders, rules, compute), orders, rules, ready, done, age, counted)


def recorded(world: World, better: Bool[Array, "labs worlds"], part: Array) -> World:
    """Remember each bloc's best score of the quarter and the month in which it was reached."""
    scores = np.empty_like(world.record_score)
    months = np.empty_like(world.record_month)
    scores[:, 1:], months[:, 1:] = world.record_score[:, :-1], world.record_month[:, :-1]
    for bloc in range(2):
        labs = world.cast.lab_bloc == bloc
        new = np.where(better[labs], world.score[labs], 0.0)
        best, when = new.max(axis=0), of_row(part[labs], new.argmax(axis=0))
        beats = best > world.record_score[bloc, 0]
        scores[bloc, 0] = np.where(beats, best, world.record_score[bloc, 0])
        months[bloc, 0] = np.where(beats, 3 * (world.turn + when), world.record_month[bloc, 0])
    return replace(world, record_score=scores, record_month=months)


def started(world: World, orders: Dials, rules: Rules, ready: Array, done: Array, age: Array, counted: Array) -> World:
    """Begin the next run where one ended: its size as ordered, its plan from the compute of the quarter."""
    size = exp((orders.size_run.size - 24.0) * math.log(10.0))
    due = (size / np.maximum(counted, 1e-6)).clip(1.0, 12.0)
    return replace(
        world,
        run_target=on_grid(np.where(ready, size, world.run_target)),
        run_done=np.where(ready, 0.0, done),
        run_age=np.where(ready, 0.0, age),
        run_due=on_grid(np.where(ready, due, world.run_due)),
    )


def paid(world: World, orders: Dials, rules: Rules, compute: Float[Array, "labs worlds"]) -> World:
    """Pay researchers; earn from compute that serves, more with a better model; owners' incomes grow."""
    cast = world.cast
    labs = cast.size("labs")
    serve = np.maximum(1 - orders.split_work.train - orders.split_work.research, 0.0)
    served = on_grid(compute * serve)
    edge = (1 + rules.edge_value * (world.score - world.score.max(axis=0)) / 10).clip(0.2, 1.0)
    earned = whole(served * rules.serve_price * edge)
    money = world.money.copy()
    accounts = cast.owner_account
    military = whole(compute * orders.work_for_military.share * rules.serve_price * rules.military_pay)
    staff = np.minimum(
        np.rint(orders.research_efficiency.spend * 1000).astype(np.int64), np.maximum(money[accounts[:labs]], 0)
    )
    pay(money, accounts[:labs], cast.outside, staff - earned - military)
    grown = world.income * exp(rules.budget_growth)
    home = cast.in_region("cn")
    grown[home] = world.income[home] * exp(rules.budget_growth * rules.budget_growth_cn)
    income = on_grid(grown)
    pay(money, accounts, cast.outside, -whole(income))
    return replace(
        world,
        money=money,
        income=income,
        served=served.astype(np.float32),
        plan=on_grid(world.plan * exp(rules.plan_growth)),
    )


ORDERS = (SPLIT_WORK, SIZE_RUN, RESEARCH_EFFICIENCY, RELEASE_MODELS, WORK_FOR_MILITARY)
