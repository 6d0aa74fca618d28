"""Arms: the batches of games that patterns are read from, each played once for all that ask for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from jaxtyping import Float, Shaped

from agents.rollout import handed_in, seated
from play.record import KEPT, Quarter, Record
from play.script import Script, read_script, script_file
from play.story import Story, story_of
from world.chance import game_seed
from world.prior import BY_ITSELF, Places
from world.rules import Rules
from world.scenario import Scenario, opened, read
from world.turn import advance

Array = np.ndarray
Measure = Callable[[Quarter], Float[Array, " worlds"]]

NEEDED = (
    *KEPT,
    *("algorithms", "trained", "run_target", "run_late", "is_open", "defect_density", "lobbied", "tightened"),
    *("phone_wafers", "tool_health", "coming", "pack_capacity", "memory_capacity", "wanted_packages", "plan"),
    *("chips", "year_output", "report", "belief", "started", "mtbf"),
    *("dies", "dies_raw", "dies_tested", "dies_coming", "record_month"),
)
"""The columns that patterns are read from."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How an arm is played."""

    scenario: str
    turns: int
    players: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    script: str = ""
    jolts: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    """By turn, coefficients that are multiplied from that turn on."""


@dataclass(frozen=True, eq=False)
class Arm:
    """The games of one plan, from the opening on."""

    record: Record
    story: Story
    rules: Rules

    def at(self, quarter: str) -> Quarter:
        """A quarter by its name, such as `Q4 2025`; the opening by its own."""
        return self.record.quarters[self.turn(quarter)]

    @property
    def opening(self) -> Quarter:
        """The opening day."""
        return self.record.quarters[0]

    def turn(self, quarter: str) -> int:
        """The turn of a quarter; raises LookupError where it was not played."""
        for turn in range(self.record.turns + 1):
            if self.story.quarter(turn) == quarter:
                return turn
        raise LookupError(f"{self.story.name}: {quarter} is not among the quarters that were played")

    def of_year(self, year: int) -> Sequence[Quarter]:
        """The quarters of a calendar year."""
        return [self.record.quarters[turn] for turn in self.turns_of(year)]

    def turns_of(self, year: int) -> list[int]:
        """The turns of a calendar year that were played."""
        return [turn for turn in range(1, self.record.turns + 1) if self.story.year(turn) == year]

    def summed(self, measure: Measure, year: int) -> Float[Array, " worlds"]:
        """A measure added up over a calendar year."""
        return np.sum([measure(quarter) for quarter in self.of_year(year)], axis=0)

    def history(self, measure: Callable[[Quarter], Array]) -> Shaped[Array, "turns *rest"]:
        """A measure in every quarter from the opening on."""
        return np.stack([measure(quarter) for quarter in self.record.quarters])


FREE = {
    "washington.cap_exports.cn.ceiling": "120000",
    "washington.cap_exports.cn.density": "60",
    "washington.license_sales.volume": "1000000",
    "washington.control_tools.euv": "0",
    "washington.control_tools.immersion": "0",
    "washington.control_tools.servicing": "0",
    "washington.control_memory.denied": "0",
    "a800.open.on_sale": "false",
    **{f"{chip}.open.launch": "99" for chip in ("a800", "h800", "h20", "mi308")},
}
"""No control on China, and none of the chips that were cut down for one."""

UNANSWERED = {"washington": "still", "beijing": "standard~admit_chips~require_domestic"}
"""Washington controls nothing, and Beijing does not shut the door on what it is sold."""

B30A = {
    "nvidia-export.open.on_sale": "true",
    "nvidia-export.open.launch": "-4",
    "nvidia-export.open.h100e": "1.26",
    "nvidia-export.open.tpp": "20000",
    "nvidia-export.open.dies": "1",
    "nvidia-export.open.dies_tested": "600000",
    "nvidia-export.open.memory": "4",
    "nvidia-export.open.kw": "1",
    "nvidia-export.open.list_price": "20",
}
"""Half a B300 as an export design that is ready on the opening day."""

EAGER = {
    f"{lab}.buy.{channel}.share": share
    for lab in ("deepseek", "alibaba", "bytedance", "tencent", "moonshot")
    for channel, share in (("licensed", "0.7"), ("domestic", "0.2"), ("smuggled", "0.05"), ("rented", "0.05"))
}
"""Chinese labs that look to licensed chips first."""

SELLABLE = {
    "washington.cap_exports.cn.ceiling": "20000",
    "washington.cap_exports.cn.density": "60",
    "beijing.admit_chips.share": "1",
    **B30A,
}
"""Half a B300 may be sold to China and may come in, as far as there are licences."""
HELD = {"washington": "still", "beijing": "still"}
"""Both governments stay with the policies of the opening."""

PLANS: Mapping[str, Plan] = {
    "past": Plan(scenario="october-2022", turns=13, script="history"),
    "ahead": Plan(scenario="november-2025", turns=8),
    "long": Plan(scenario="november-2025", turns=12),
    "held": Plan(
        scenario="november-2025",
        turns=4,
        players=HELD,
        settings={"washington.license_sales.volume": "0"},
    ),
    "sold": Plan(
        scenario="november-2025",
        turns=4,
        players=HELD,
        settings={
            "washington.cap_exports.cn.ceiling": "120000",
            "washington.cap_exports.cn.density": "60",
            "washington.license_sales.volume": "1000000",
            "beijing.admit_chips.share": "1",
            "beijing.require_domestic.share": "0",
            "nvidia.split_regions.cn.weight": "3",
            **B30A,
            **EAGER,
        },
    ),
    "warned": Plan(scenario="november-2025", turns=3, settings={"washington.open.warned": "2"}),
    "calm": Plan(scenario="november-2025", turns=3, settings={"washington.open.warned": "0"}),
    "cut": Plan(
        scenario="november-2025",
        turns=4,
        players=HELD,
        settings={"washington.license_sales.volume": "0"},
    ),
    "dry": Plan(
        scenario="november-2025", turns=4, settings={"cxmt.open.memory_capacity": "0", "rules.memory_tool_weight": "1"}
    ),
    "flush": Plan(scenario="november-2025", turns=4, settings={"huawei.open.stacks": "60000000"}),
    "alone": Plan(scenario="november-2025", turns=12, settings={"rules.diffusion": "0"}),
    "free": Plan(scenario="october-2022", turns=13, players=UNANSWERED, settings=FREE),
    "deal": Plan(scenario="november-2025", turns=8, players={"washington": "dealmaker"}),
    "hawk": Plan(scenario="november-2025", turns=8, players={"washington": "hawk"}),
    "starved": Plan(scenario="november-2025", turns=5, jolts={2: {"flop_per_h100e": 0.5}}),
    "fed": Plan(scenario="november-2025", turns=5),
    "withheld": Plan(
        scenario="november-2025",
        turns=12,
        players=HELD,
        settings={**SELLABLE, "washington.license_sales.volume": "0"},
    ),
    "licensed": Plan(
        scenario="november-2025",
        turns=12,
        players=HELD,
        settings={**SELLABLE, "washington.license_sales.volume": "1000000"},
    ),
}
"""Every arm by name."""


Over = tuple[tuple[str, str], ...]
"""Settings put over those of every plan: a world that is otherwise."""


@lru_cache(maxsize=64)
def prepared(name: str, over: Over = ()) -> tuple[Plan, Scenario, Script | None]:
    """A plan with its scenario and its script, read once."""
    plan = PLANS[name]
    scenario = read(plan.scenario).changed({**plan.settings, **dict(over)})
    script = None
    if plan.script:
        script = read_script(
            script_file(plan.script, plan.scenario), scenario.cast, story_of(scenario), scenario.length
        )
    return plan, scenario, script


def played(
    name: str, seeds: Sequence[int], places: Places = BY_ITSELF, keep: Sequence[str] = NEEDED, over: Over = ()
) -> Arm:
    """The games of an arm, one for each seed, with what nobody knows at the given places of its range."""
    plan, scenario, script = prepared(name, over)
    world, rules = opened(scenario, np.array(seeds, dtype=np.uint64), places=places)
    record = Record(tuple(keep))
    record.open(world)
    players = seated(scenario.cast, world.seed.size, dict(plan.players))
    for turn in range(1, plan.turns + 1):
        wanted, notes = handed_in(world, players)
        if script is not None:
            script.overrule(wanted, world)
        rules = jolted(rules, plan.jolts.get(turn, {}))
        world = advance(world, wanted, rules, notes=notes)
        record.add(wanted, notes, dict(plan.players), world)
    return Arm(record, story_of(scenario), rules)


def jolted(rules: Rules, factors: Mapping[str, float]) -> Rules:
    """The rules with some coefficients multiplied."""
    return replace(rules, **{name: getattr(rules, name) * factor for name, factor in factors.items()})


@dataclass(eq=False)
class Arms:
    """Arms by name, played when they are first asked for, all with the same seeds and places."""

    seeds: Sequence[int]
    places: Mapping[str, Places] = field(default_factory=dict)
    """By scenario, where in its range lies what nobody knows."""
    over: Over = ()
    done: dict[str, Arm] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Arm:
        if name not in self.done:
            places = self.places.get(PLANS[name].scenario, BY_ITSELF)
            self.done[name] = played(name, self.seeds, places, over=self.over)
        return self.done[name]


def arms_of(games: int, seed: int = 1, over: Mapping[str, str] | None = None) -> Arms:
    """Arms of so many games, with settings put over those of every arm."""
    return Arms([game_seed(seed, game) for game in range(games)], over=tuple((over or {}).items()))
