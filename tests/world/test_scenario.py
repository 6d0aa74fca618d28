"""Scenario files are read, checked and opened as docs/scenarios.md says."""

from contextlib import suppress
from dataclasses import fields
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from world import opening
from world.cast import Cast
from world.chance import Chance
from world.phases.intelligence import QUESTIONS
from world.rules import Rules, coefficients, take_rules
from world.scenario import Scenario, ScenarioError, names, opened, read, schema
from world.scenario_attributes import ATTRIBUTES
from world.scenario_lines import key_lines
from world.scenario_schema import HEAD, item_model
from world.scenario_start import filled_worlds
from world.scenario_tables import COMPUTED, TABLES, opening_columns
from world.scenario_text import ITEMS
from world.state import World, columns, take
from world.turn import layout_of

TINY = Path(__file__).with_name("tiny.toml")
TEXT = TINY.read_text("utf-8")
DOCS = Path(__file__).parents[2] / "docs" / "scenarios.md"


def seeds(count: int) -> np.ndarray:
    """Seeds from 0 up: 0 is a seed like any other."""
    return np.arange(count, dtype=np.uint64)


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    """The tiny scenario."""
    return read(TINY)


@pytest.fixture(scope="module")
def five(tiny) -> tuple[World, Rules]:
    """Five worlds of it."""
    return opened(tiny, seeds(5))


def written(folder: Path, text: str | bytes, name: str = "tiny.toml") -> Path:
    """A file with that text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def with_instead(old: str, new: str) -> str:
    """The text of the tiny scenario with its first `old` replaced."""
    assert old in TEXT, f"tiny.toml holds no {old!r}: bring the test up to date"
    return TEXT.replace(old, new, 1)


def complaints(path: Path | str) -> list[str]:
    """What reading says is wrong, one sentence each."""
    with pytest.raises(ScenarioError) as raised:
        read(path)
    return str(raised.value).splitlines()


def cell(scenario: Scenario, world: World, column: str, *keys: str) -> np.ndarray:
    """A quantity of named things, in every world; of chips by product and owner."""
    if column == "chips":
        product, owner = (scenario.cast.at(a, k) for a, k in zip(("products", "owners"), keys, strict=True))
        slot = scenario.cast.slots.index((owner, product))
        return world.chips[slot]
    filling = scenario.begins.quantities[column]
    place = tuple(n.index(k) for n, k in zip(filling.names, keys, strict=True))
    return getattr(world, column)[place]


# What a file says is what a world holds.


@pytest.mark.parametrize("name", names())
def test_every_scenario_opens(name):
    world, rules = opened(read(name), seeds(3))
    for column in columns():
        assert getattr(world, column).shape[-1] == 3
        if getattr(world, column).dtype.kind == "f":
            assert np.isfinite(getattr(world, column)).all(), column
    for coefficient in coefficients():
        assert np.isfinite(getattr(rules, coefficient)).all(), coefficient


def test_the_head_is_read(tiny):
    assert (tiny.name, tiny.title, tiny.length) == ("tiny", "Tiny", 6)
    assert tiny.start == date(2025, 12, 31)
    assert tiny.titles["beijing"] == "Beijing"
    assert tiny.abouts == {"washington": "Decides what may be sold to China."}
    assert tiny.cast.recommended == ("washington", "beijing")
    assert set(tiny.facts) == {"RULE-001", "SMUG-018"}


def test_seats_stand_by_role_and_owners_are_labs_first(tiny):
    assert [seat.role for seat in tiny.cast.seats] == sorted(
        (seat.role for seat in tiny.cast.seats), key=[s.role for s in tiny.cast.seats].index
    )
    assert tiny.cast.owners == ("openai", "deepseek", "gulf-cloud", "state-centres")
    assert tiny.cast.owner_region == ("us", "cn", "third", "cn")
    assert [tiny.cast.products[good] for good in tiny.cast.goods] == ["b200", "rubin"]


def test_what_describes_an_item_for_a_game_is_in_the_cast(tiny):
    cast = tiny.cast
    makers, owners = cast.names["chipmakers"], cast.owners
    assert cast.is_main_foundry.tolist() == [True, False]
    assert cast.is_champion.tolist() == [False, True]
    assert cast.fab_delay.tolist() == [2, 2, 2, 3, 3]
    assert cast.taste[makers.index("huawei"), owners.index("deepseek")] == 0.4
    assert cast.taste[makers.index("huawei"), owners.index("openai")] == 0.2
    assert cast.cloud_host.tolist() == [-1, -1, 0, -1]
    assert cast.products[cast.proxy_product] == "910b"
    assert cast.sources[cast.briefing_source] == "analysts"
    assert cast.source_speaks.tolist() == [[True, False], [True, True]]
    weights = dict(zip((s.name for s in cast.seats), cast.weights.tolist(), strict=True))
    assert weights["deepseek"] == [0.5, 0, 0, 0.5]
    assert weights["openai"] == [0.25] * 4


def test_every_field_of_the_cast_is_read_from_somewhere():
    structure = (
        *("seats", "owners", "owner_region", "products", "product_maker", "maker_foundry"),
        *("goods", "sources", "questions", "recommended"),
    )
    assert {f.name for f in fields(Cast)} == {*structure, *(a.name for a in ATTRIBUTES)}


def test_numbers_are_turned_into_the_declared_unit(tiny, five):
    world, _ = five
    assert (cell(tiny, world, "capacity", "tsmc", "advanced") == 450_000).all()
    assert (cell(tiny, world, "memory_capacity", "hynix") == 10_000_000).all()
    assert (cell(tiny, world, "money", "washington") == 5_000_000).all()
    assert (cell(tiny, world, "rented", "deepseek") == 50_000).all()
    assert (cell(tiny, world, "cumulative_wafers", "tsmc", "leading") == 2_000_000).all()


def test_lists_fill_from_the_front_and_the_rest_is_the_default(tiny, five):
    world, _ = five
    coming = world.coming[tiny.cast.at("foundries", "smic"), tiny.cast.at("nodes", "advanced")]
    assert coming[:5, 0].tolist() == [3000, 3000, 0, 6000, 0]


def test_every_stands_for_the_names_that_are_not_given(tiny, five):
    world, _ = five
    assert np.allclose(cell(tiny, world, "belief_width", "huawei_output", "huawei"), 100)
    assert np.allclose(cell(tiny, world, "belief_width", "huawei_output", "beijing"), 900)
    assert np.allclose(cell(tiny, world, "defect_density", "smic", "mature"), 0.12)


def test_marks_and_names_are_numbers_inside(tiny, five):
    world, _ = five
    on_sale = dict(zip(tiny.cast.products, world.on_sale[:, 0].tolist(), strict=True))
    assert on_sale == {"h20": True, "b200": True, "rubin": False, "910b": True, "910c": True}
    node = dict(zip(tiny.cast.products, world.node[:, 0].tolist(), strict=True))
    assert (node["b200"], node["910c"]) == (2, 1)


def test_dials_stand_as_the_file_says_and_otherwise_at_rest(tiny, five):
    world, _ = five
    layout = layout_of(tiny.cast)
    dials = layout.named(layout.values(world.ordered))
    assert dials.cap_exports.ceiling[0, :, 0].tolist() == [4800, 120_000]
    assert np.allclose(dials.license_sales.cut, 0.15)
    assert dials.press_allies.pressure[0, :, 0].tolist() == [0.25]
    assert dials.lobby.side[:, 0].tolist() == [1, 0]
    assert (dials.size_consignments.chips[1] == 8).all()
    assert (world.in_force == world.ordered[layout.delayed]).all()
    assert (world.wait == 0).all()


def test_chips_are_counted_by_product_and_owner(tiny, five):
    world, _ = five
    assert (cell(tiny, world, "chips", "b200", "openai") == 300_000).all()
    assert (cell(tiny, world, "chips", "910c", "state-centres") == 20_000).all()


def test_what_follows_from_the_rest_cannot_be_given(tiny):
    world, rules = filled_worlds(tiny.begins, Chance(seeds(5), np.zeros(5, np.int16)))
    after = opening.settled(world, rules)
    changed = {n for n in columns() if not np.array_equal(getattr(world, n), getattr(after, n))}
    assert changed <= set(COMPUTED) <= set(columns())


# Draws.


def test_a_game_opens_alone_as_it_does_in_a_crowd(tiny):
    crowd, crowd_rules = opened(tiny, seeds(64))
    for chosen in ([0], [63], [5, 7]):
        world, rules = opened(tiny, seeds(64)[chosen])
        expected = take(crowd, np.array(chosen))
        for name in columns():
            assert getattr(world, name).tobytes() == getattr(expected, name).tobytes(), name
        expected_rules = take_rules(crowd_rules, np.array(chosen))
        for name in coefficients():
            assert getattr(rules, name).tobytes() == getattr(expected_rules, name).tobytes(), name


def test_what_is_disputed_is_drawn_within_its_range(tiny):
    world, rules = opened(tiny, seeds(2000))
    drawn = {
        "uniform": (cell(tiny, world, "defect_density", "smic", "advanced"), 0.15, 0.4, 0.275),
        "triangular": (cell(tiny, world, "capacity", "smic", "advanced"), 9e4, 15e4, 125e3),
        "log-uniform": (
            np.log(cell(tiny, world, "route_capacity", "malacca")),
            np.log(50_000),
            np.log(200_000),
            np.log(100_000),
        ),
        "coefficient": (rules.diffusion_half_life, 1, 6, 3),
    }
    for spread, (values, low, high, mean) in drawn.items():
        assert low * (1 - 1e-6) <= values.min() < values.max() <= high * (1 + 1e-6), spread
        assert abs(values.mean() - mean) < 0.05 * (high - low), spread
        assert np.unique(values).size > 1000, spread


def test_whole_numbers_are_rounded_after_the_draw(tiny):
    world, _ = opened(tiny, seeds(50))
    stacks = cell(tiny, world, "stacks", "huawei")
    assert stacks.dtype.kind == "i"
    assert np.unique(stacks).size > 40


def test_a_range_more_changes_nothing_else(tiny):
    before, rules_before = opened(tiny, seeds(5))
    after, rules_after = opened(tiny, seeds(5), {"rules.retirement": "0.01:0.1"})
    assert np.unique(rules_after.retirement).size == 5
    for name in coefficients():
        if name != "retirement":
            assert (getattr(rules_before, name) == getattr(rules_after, name)).all(), name
    for name in columns():
        assert np.array_equal(getattr(before, name), getattr(after, name)), name


def test_reading_leaves_no_trace_between_openings(tiny):
    opened(tiny, seeds(5), {"open.premium": 2, "length": 3})
    world, _ = opened(tiny, seeds(5))
    assert np.allclose(world.premium, 0.5)
    assert (world.length == 6).all()


# One scenario from another.


def test_a_scenario_extends_another_and_numbers_are_replaced_whole(tmp_path):
    written(tmp_path, TEXT)
    above = """
title = "Above"
extends = "tiny"
length = 4
recommended = ["nvidia"]
[[fab]]
name = "smic"
[fab.open]
capacity.advanced = { value = 10_000, unit = "wafers/month", source = "overridden" }
[[owner]]
name = "another"
region = "third"
channel.licensed = { value = 1, source = "added" }
[rules]
diffusion_half_life = { value = 3, unit = "quarters", source = "overridden" }
"""
    scenario = read(written(tmp_path, above, "above.toml"))
    assert (scenario.title, scenario.length, scenario.cast.recommended) == ("Above", 4, ("nvidia",))
    assert scenario.summary == read(TINY).summary
    assert scenario.cast.owners[-1] == "another"
    world, rules = opened(scenario, seeds(5))
    assert (cell(scenario, world, "capacity", "smic", "advanced") == 30_000).all()
    assert (cell(scenario, world, "capacity", "smic", "mature") == 900_000).all()
    assert (rules.diffusion_half_life == 3).all()


def test_a_mistake_is_found_in_the_file_that_makes_it(tmp_path):
    written(tmp_path, with_instead("capital = {", "captial = {"))
    above = 'extends = "tiny"\nlength = "four"\n'
    said = complaints(written(tmp_path, above, "above.toml"))
    assert said == [
        "above.toml line 2: length is 'four'; write a whole number",
        "tiny.toml line 20: government 'washington': open: unknown key 'captial'; did you mean capital?",
    ]


@pytest.mark.parametrize(
    ("base", "sentence"),
    [
        ('"nowhere"', "line 1: extends 'nowhere', but nowhere.toml: does not exist"),
        ('"tiny"', "line 1: extends 'tiny', which extends this file; take one out"),
        ('"../tiny"', "line 1: extends '../tiny'; write the name of a scenario beside this one"),
        ("3", "line 1: extends 3; write the name of a scenario beside this one"),
    ],
)
def test_what_cannot_be_extended_gets_a_sentence(tmp_path, base, sentence):
    said = complaints(written(tmp_path, f"extends = {base}\n{TEXT}"))
    assert len(said) == 1
    assert sentence in said[0]


# What is wrong gets a sentence with file, line, finding and remedy.

MISTAKES = {
    "a misspelt key": ("capital = {", "captial = {", "open: unknown key 'captial'; did you mean"),
    "a misspelt head": ("length = 6", "lenght = 6", "unknown key 'lenght'; did you mean length?"),
    "a misspelt table": ("[rules]", "[ruels]", "unknown key 'ruels'; did you mean rules?"),
    "a misspelt part of a number": (
        "value = 40, ",
        "valeu = 40, ",
        "open.capital: unknown key 'valeu'; did you mean value?",
    ),
    "a misspelt coefficient": (
        "stance_drift =",
        "stance_drfit =",
        "unknown key 'stance_drfit'; did you mean stance_drift?",
    ),
    "a coefficient left out": (
        "stance_drift =",
        "#",
        "rules lack stance_drift (how fast the stance follows the position held, share/quarter); "
        'add stance_drift = { value = …, unit = "share/quarter", source = "…" }',
    ),
    "a part of a coefficient left out": ("node_cost.leading", "#", "rules lack node_cost.leading"),
    "a misspelt dial": (
        "cap_exports.swing",
        "cap_export.swing",
        "dials: unknown key 'cap_export'; did you mean cap_exports?",
    ),
    "a misspelt amount": (
        "ceiling = { value = 4800",
        "cieling = { value = 4800",
        "unknown key 'cieling'; write one of ceiling, density",
    ),
    "a pick that is not there": (
        "direct_wafers.huawei",
        "direct_wafers.hauwei",
        "dials.direct_wafers knows no 'hauwei'; write one of nvidia, huawei, every",
    ),
    "a wrong reference": (
        'foundry = "smic"',
        'foundry = "smci"',
        "chipmaker 'huawei' is made by 'smci', which is not a foundry here; write one of tsmc, smic",
    ),
    "a wrong bloc": (
        'bloc = "cn"',
        'bloc = "shangai"',
        "government 'beijing': bloc is 'shangai'; write one of us, cn",
    ),
    "a wrong role": (
        'role = "host"',
        'role = "hots"',
        "role is 'hots'; write one of controller, planner, host",
    ),
    "a wrong host": (
        'host = "kuala-lumpur"',
        'host = "kuala"',
        "broker 'malacca' answers to 'kuala', which is not a host government here",
    ),
    "a seat that is not there": (
        '["washington", "beijing"]',
        '["washingtom"]',
        "recommended has 'washingtom', not a seat here; did you mean washington?",
    ),
    "a negative stock": (
        "unsold = { value = 5000",
        "unsold = { value = -5000",
        "product 'h20': open.unsold is -5000, but it cannot be below 0; write 0 or more",
    ),
    "a share above one": (
        "premium = { value = 0.5",
        "software = { value = 1.5",
        "open.software is 1.5; write 0 to 1",
    ),
    "a range out of bounds": (
        "premium = { value = 0.5",
        "software = { low = 0.5, high = 1.5",
        "open.software high is 1.5; write 0 to 1",
    ),
    "a string for a number": (
        "value = 40, ",
        'value = "many", ',
        "open.capital.value is 'many'; write a number",
    ),
    "a mark for a number": (
        "value = 40, ",
        "value = true, ",
        "capital.value is true; write a number",
    ),
    "no number": ("value = 40, ", "value = nan, ", "capital.value is nan; write a finite number"),
    "too large a number": ("value = 40, ", "value = 1e300, ", "cannot be above"),
    "far too large a number": ("value = 40, ", f"value = {'9' * 400}, ", "write a smaller number"),
    "a bare number": (
        'capital = { value = 40, source = "invented for the test" }',
        "capital = 40",
        'open.capital is 40; write { value = …, source = "…" }',
    ),
    "an unknown unit": (
        'unit = "billion USD"',
        'unit = "billion EUR"',
        "has the unit 'billion EUR', which is not thousand USD; write one of thousand USD, USD",
    ),
    "a unit of something else": (
        'unit = "million stacks/year"',
        'unit = "million stacks"',
        "has the unit 'million stacks', which is not stacks/quarter; write one of stacks/quarter",
    ),
    "a coefficient without unit": (
        ', unit = "share/quarter"',
        "",
        'rules.stance_drift has no unit; add unit = "share/quarter"',
    ),
    "a number without source": (
        'value = 40, source = "invented for the test"',
        "value = 40",
        'does not say where it comes from; add source = "…" or fact = "…"',
    ),
    "a fact that is not there": (
        "SMUG-018",
        "SMUG-18",
        "cites fact 'SMUG-18', which is not in facts.csv; did you mean SMUG-018",
    ),
    "half a range": (
        "low = 30_000, high = 50_000",
        "low = 30_000",
        "has only one of low and high; give both, or neither",
    ),
    "a range upside down": (
        "low = 30_000, high = 50_000",
        "low = 50_000, high = 30_000",
        "is drawn from 50000 to 30000; write the smaller number as low",
    ),
    "a value outside of its range": (
        "low = 30_000, high = 50_000",
        "low = 30_000, high = 40_000",
        "has the value 45000, outside of its range from 30000 to 40000",
    ),
    "a spread that is not there": (
        'spread = "triangular"',
        'spread = "triangle"',
        "spread is 'triangle'; write one of uniform, triangular, log-uniform",
    ),
    "a triangle without a mode": (
        "value = 45_000, low",
        "low",
        "is triangular but has no value; add value = …, its mode",
    ),
    "a dial out of bounds": (
        "value = 4800",
        "value = 480_000",
        "dials.cap_exports.cn.ceiling is 480000; write 0 to 120000 TPP",
    ),
    "a dial between steps": (
        "value = 4800",
        "value = 4850",
        "is 4850, between two steps of 100; write 4800 or 4900",
    ),
    "a dial of another seat": (
        "admit_chips =",
        'allow_lag = { generations = { value = 1, source = "test" } }\nadmit_chips =',
        "dials.allow_lag is a dial of a controller, but 'beijing' is a planner; take it out",
    ),
    "a quantity of another role": (
        "stance = {",
        "tool_programme = {",
        "open.tool_programme is for planners, but 'washington' is a controller; take it out",
    ),
    "a quantity of other things": (
        "stance = {",
        "skill = {",
        "government 'washington': open: unknown key 'skill'; write one of money, capital",
    ),
    "an attribute of another role": (
        'bloc = "cn"',
        'bloc = "cn"\ntool_weight = { value = 1, source = "test" }',
        "tool_weight is for hosts, but 'beijing' is a planner; take it out",
    ),
    "a quantity left out": (
        'score = { value = 145, source = "invented for the test" }\n',
        "",
        "lab 'deepseek' lacks open.score (capability of the lab's best released model, ECI); "
        'add open.score = { value = …, source = "…" }',
    ),
    "an attribute left out": (
        "die_size = { value = 665",
        "# ",
        "chipmaker 'huawei' lacks die_size (area of the compute die of its new designs, mm2); "
        'add die_size = { value = …, unit = "mm2", source = "…" }',
    ),
    "one number for several": (
        'defect_density.every = { value = 0.08, source = "estimate" }',
        'defect_density = { value = 0.08, source = "estimate" }',
        "open.defect_density is one number, but there is one for each name; write one of mature",
    ),
    "several numbers for one": (
        "stance = {",
        "stance.every = {",
        "open.stance: unknown key 'every'; write one of source, fact, value",
    ),
    "too long a list": (
        "values = [1_000, 1_000, 0, 2_000]",
        "values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]",
        "open.coming.advanced lists 10 numbers; there is room for 8",
    ),
    "a text in a list": (
        "values = [1_000, 1_000, 0, 2_000]",
        'values = [1_000, "some"]',
        "open.coming.advanced.values.1 is 'some'; write a number",
    ),
    "a node that is not there": (
        'value = "leading"',
        'value = "ledaing"',
        "open.node.value is 'ledaing'; write one of mature, advanced, leading",
    ),
    "weights that do not add up": (
        "weights.releases = { value = 0.5",
        "weights.releases = { value = 0.4",
        "lab 'deepseek': weights adds up to 0.9; make it add up to 1",
    ),
    "two where one belongs": (
        'title = "H20"',
        'title = "H20"\nproxy = true',
        "'h20' and '910b' says proxy = true; mark the one product",
    ),
    "nobody where somebody belongs": ("champion = true", "", "no chipmaker says champion = true"),
    "a question without an answer": (
        'name = "smuggled"',
        'name = "smugled"',
        "question 'smugled' has no answer here; did you mean smuggled?",
    ),
    "two of one name": (
        'name = "gulf-cloud"',
        'name = "state-centres"',
        "an owner named 'state-centres' stands twice; write it once, or rename one",
    ),
    "two things of one name": (
        'name = "gulf-cloud"',
        'name = "nvidia"',
        "owner 'nvidia' has the name of a chipmaker; give one of them another name",
    ),
    "no name": ('name = "gulf-cloud"\n', "", 'an owner has no name; add name = "…"'),
    "a name that is none": (
        'name = "gulf-cloud"',
        'name = "Gulf Cloud"',
        "is named 'Gulf Cloud'; write a name of lower-case letters, digits, _ and - in quotes",
    ),
    "a name of the format": ('name = "gulf-cloud"', 'name = "every"', "a word of the format"),
    "a name in numbers": ('name = "910b"', "name = 910", "is named 910; write a text in quotes"),
    "other rules": (
        "rules_version = 1",
        "rules_version = 99",
        "rules_version is 99, but these are the rules of version",
    ),
    "a date in quotes": (
        "start = 2025-12-31",
        'start = "2025-12-31"',
        "start is '2025-12-31'; write a date such as 2025-12-31",
    ),
    "another turn": ('turn = "quarter"', 'turn = "month"', "turn is 'month'; write quarter"),
    "no turns": ("length = 6", "length = 0", "length is 0; write a number greater than"),
    "half turns": ("length = 6", "length = 6.5", "length is 6.5; write a whole number"),
    "a table for a list": (
        "recommended = [",
        'recommended = "washington" #',
        "recommended is 'washington'; write a list in brackets",
    ),
    "a key said twice": (
        "capital = {",
        "money = 1\ncapital = {",
        "says a key or a table a second time",
    ),
    "a table said wrong": ("[[broker]]", "[[brocker]]", "unknown table [[brocker]]; did you mean"),
    "a date that is none": ("2025-12-31", "2025-13-31", "is not TOML"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gets_a_sentence(tmp_path, mistake):
    old, new, sentence = MISTAKES[mistake]
    said = complaints(written(tmp_path, with_instead(old, new)))
    mine = [line for line in said if sentence in line]
    assert len(mine) == 1, said
    assert mine[0].startswith("tiny.toml")
    assert len(said) <= 3, said


def test_the_line_of_a_mistake_is_named(tmp_path):
    number = TEXT.split("\n").index('title = "SMIC"') + 1
    said = complaints(written(tmp_path, with_instead('title = "SMIC"', 'titel = "SMIC"')))
    assert f"tiny.toml line {number}: fab 'smic': unknown key 'titel'; did you mean title?" in said


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path):
    text = with_instead("capital = {", "captial = {")
    text = text.replace("unsold = { value = 5000", "unsold = { value = -1")
    text = text.replace('foundry = "smic"', 'foundry = "smci"').replace("SMUG-018", "SMUG-18")
    said = complaints(written(tmp_path, text))
    lines = [int(line.split(" line ")[1].split(":")[0]) for line in said]
    assert len(said) == 4
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", 'is empty; begin with title = "…"'),
        (" \n\n", "is empty"),
        ("# a remark\n", "title is missing (shown in lists); add title = … before the first table"),
        (bytes(range(256)), "is not text (byte 128 is no UTF-8); write it as TOML in UTF-8"),
        (b"\x00\x01[[[\x7f", "line 1, column 1: is not TOML"),
        ("a = " + "[" * 5000, "is nested too deeply"),
        ("a = " + "9" * 5000, "is not TOML"),
        (TEXT[: TEXT.index("density = {")] + "density = ", "ends in the middle of something"),
        (TEXT[: TEXT.index("[rules]")], "there is no [rules]; add it"),
        (
            f"{TEXT[: TEXT.index('[[question]]')]}[question]\n{TEXT[TEXT.index('[open]') :]}",
            "question is one table; write [[question]], once for each",
        ),
    ],
)
def test_what_is_no_scenario_gets_a_sentence(tmp_path, text, sentence):
    assert any(sentence in line for line in complaints(written(tmp_path, text)))


def test_a_file_cut_short_anywhere_is_refused(tmp_path):
    for end in range(0, TEXT.index("military_worry"), len(TEXT) // 60):
        assert complaints(written(tmp_path, TEXT[:end]))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("novmber-2025", "'novmber-2025' is not the name of a scenario; write one of "),
        ("tinny.toml", "tinny.toml: does not exist; did you mean tiny.toml?"),
        ("elsewhere.toml", "elsewhere.toml: does not exist; check the path"),
        (".", "is a folder; name a .toml file in it"),
        ("x" * 5000 + ".toml", "cannot be read"),
        ("a\0b.toml", "does not exist"),
    ],
)
def test_a_file_that_is_not_there_gets_a_sentence(tmp_path, monkeypatch, name, sentence):
    written(tmp_path, TEXT)
    monkeypatch.chdir(tmp_path)
    said = complaints(Path(name) if name == "." else name)
    assert len(said) == 1
    assert sentence in said[0]


FRAGMENTS = ('"x"', "[]", "{}", "[[a]]", "-1", "true", '"""', "[1, 2", ".", "every", "\0", "nan")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, TEXT.count("\n")), st.integers(0, 4), st.sampled_from(FRAGMENTS)),
        min_size=1,
        max_size=4,
    )
)
def test_no_damage_to_a_file_ends_in_a_traceback(tmp_path_factory, damages):
    lines = TEXT.split("\n")
    for at, kind, fragment in damages:
        at = min(at, len(lines) - 1)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[len(lines) // 2])
        elif kind == 2:
            lines[at] += fragment
        elif kind == 3:
            lines[at] = f"{lines[at].split('=')[0]}= {fragment}"
        else:
            lines[at], lines[-1] = lines[-1], lines[at]
    path = written(tmp_path_factory.mktemp("damaged"), "\n".join(lines))
    with suppress(ScenarioError):
        read(path)


# Settings.


@pytest.mark.parametrize(
    ("key", "value", "found", "expected"),
    [
        ("rules.diffusion", 0, lambda s, w, r: r.diffusion, 0),
        ("rules.diffusion", "50 x", lambda s, w, r: r.diffusion, 50),
        ("rules.node_cost.leading", "3", lambda s, w, r: r.node_cost[2], 3),
        ("rules.node_cost", 3, lambda s, w, r: r.node_cost, 3),
        ("open.premium", "30 percent", lambda s, w, r: w.premium, np.float32(0.3)),
        ("open.money.outside", 5, lambda s, w, r: w.money[-1], 5),
        ("nvidia.open.skill", 25, lambda s, w, r: w.skill[0], 25),
        ("smic.open.capacity", 7, lambda s, w, r: w.capacity[1], 7),
        (
            "smic.open.capacity.advanced",
            "50000 wafers/month",
            lambda s, w, r: w.capacity[1, 1],
            150_000,
        ),
        ("smic.open.coming.advanced", "1,2", lambda s, w, r: w.coming[1, 1, 1:3, 0], [2, 0]),
        ("b200.open.on_sale", "false", lambda s, w, r: w.on_sale[1], False),
        ("h20.open.node", "mature", lambda s, w, r: w.node[0], 0),
        ("length", "8", lambda s, w, r: w.length, 8),
    ],
)
def test_a_setting_changes_what_it_names(tiny, key, value, found, expected):
    assert (found(tiny, *opened(tiny, seeds(5), {key: value})) == expected).all()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("washington.cap_exports.cn.ceiling", [6000, 120_000]),
        ("washington.dials.cap_exports.swing.ceiling", [4800, 6000]),
        ("washington.cap_exports.every.ceiling", [6000, 6000]),
        ("washington.cap_exports.ceiling", [6000, 6000]),
    ],
)
def test_a_setting_moves_a_dial(tiny, key, expected):
    world, _ = opened(tiny, seeds(5), {key: 6000})
    layout = layout_of(tiny.cast)
    ceiling = layout.named(layout.values(world.ordered)).cap_exports.ceiling
    assert ceiling[0, :, 0].tolist() == expected


def test_a_setting_can_be_a_range(tiny):
    _, rules = opened(tiny, seeds(500), {"rules.diffusion": "0.2:0.4"})
    assert 0.2 <= rules.diffusion.min() < 0.22
    assert 0.38 < rules.diffusion.max() <= 0.4


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("rules.difusion", 0, "there is no coefficient 'difusion'; did you mean diffusion?"),
        ("rules", 0, "says too little of 'rules'; write something like"),
        ("rules.node_cost.led", 0, "knows no 'led'; write one of mature, advanced, leading, every"),
        ("rules.stance_drift.x", 0, "has 'x' too much; take it out"),
        ("open.premiun", 1, "opens with no 'premiun'; did you mean premium?"),
        ("open.premium", "much", "'much' is not a number; write one, or a range such as 0.2:0.4"),
        ("open.premium", "0.4:0.2", "write the smaller number as low"),
        ("open.premium", "1 furlong", "which is not share; write one of share, fraction, percent"),
        ("open.premium", "", "says nothing; write a number"),
        ("open.software", 2, "is 2; write 0 to 1"),
        ("open.money", 2, "belongs to somebody"),
        ("nvidia.open.skil", 1, "'nvidia' opens with no 'skil'; did you mean skill?"),
        ("nvdia.open.skill", 1, "there is no 'nvdia'; did you mean nvidia?"),
        ("h20.open.unsold", -1, "is -1, but it cannot be below 0; write 0 or more"),
        ("h20.open.node", "9", "is no node; write one of mature, advanced, leading"),
        (
            "washington.cap_exports.cn.celing",
            1,
            "no amount 'celing'; write one of ceiling, density",
        ),
        (
            "washington.cap_exports.uk.ceiling",
            1,
            "cap_exports knows no 'uk'; write one of cn, swing",
        ),
        (
            "washington.cap_exports.cn.ceiling",
            6050,
            "is 6050, between two steps of 100; write 6000",
        ),
        ("washington.cap_exports.cn.ceiling", "1:2", "is a range, but dials are not drawn"),
        ("beijing.cap_exports.cn.ceiling", 1, "'beijing' has no dial 'cap_exports'; write one of"),
        ("length", 0, "a game has from 1 to 100 turns"),
        ("length", 2.5, "a game has from 1 to 100 turns"),
        ("", 1, "there is no ''"),
        ("washington.open", 1, "says too little of 'washington'"),
    ],
)
def test_a_setting_that_means_nothing_gets_a_sentence(tiny, key, value, sentence):
    with pytest.raises(ScenarioError) as raised:
        opened(tiny, seeds(2), {key: value})
    assert str(raised.value).startswith(f"setting {key}={value}: ")
    assert sentence in str(raised.value)


def test_all_settings_that_mean_nothing_are_told_at_once(tiny):
    with pytest.raises(ScenarioError) as raised:
        opened(tiny, seeds(2), {"rules.x": 1, "length": 7, "open.x": 1})
    assert len(str(raised.value).splitlines()) == 2


# The schema and the manual keep step with the declarations.


def test_the_schema_knows_every_key():
    shape = schema()
    assert shape["$schema"].startswith("https://json-schema.org/")
    assert set(shape["properties"]) == {*HEAD, *ITEMS, "extends", "rules", "open", "texts"}
    assert set(shape["$defs"]["Coefficients"]["properties"]) == set(coefficients())
    for table in TABLES:
        known = set(shape["$defs"][f"{table.capitalize()}Open"]["properties"])
        assert known == set(opening_columns(table))
    assert shape["additionalProperties"] is False
    assert '"null"' not in str(shape).replace("'", '"')


def test_every_quantity_can_be_given_or_is_computed():
    given = {name for table in ("", *TABLES) for name in opening_columns(table)}
    rest = set(columns()) - given - set(COMPUTED)
    assert rest == {"ordered", "in_force", "wait", "refused", "purse"} & set(columns())


def test_the_manual_names_every_key():
    manual = DOCS.read_text("utf-8")
    keys = [*HEAD, *ITEMS, *QUESTIONS, "extends", "rules", "open", "dials", "texts", "every"]
    for table in ITEMS:
        keys += item_model(table).model_fields
    assert not [key for key in keys if f"`{key}`" not in manual and f"[{key}]" not in manual]


# Lines.


def test_keys_are_found_again_by_line():
    text = '''# remark
title = "a [b] = c"
long = """
x = 1
[not.a.table]
"""
list = [
  "y = 2", # z = 3
]
[[fab]]
name = 'one'
[fab.open]
capacity.advanced = { value = 1 }
"quoted.key" = 4
[[fab]]
name = "two"
[ rules . deep ]
w = """a""" # b
v = 5
'''
    assert list(key_lines(text)) == [
        (("title",), 2),
        (("long",), 3),
        (("list",), 7),
        (("fab", 0), 10),
        (("fab", 0, "name"), 11),
        (("fab", 0, "open"), 12),
        (("fab", 0, "open", "capacity"), 13),
        (("fab", 0, "open", "capacity", "advanced"), 13),
        (("fab", 0, "open", "quoted.key"), 14),
        (("fab", 1), 15),
        (("fab", 1, "name"), 16),
        (("rules", "deep"), 17),
        (("rules", "deep", "w"), 18),
        (("rules", "deep", "v"), 19),
    ]
