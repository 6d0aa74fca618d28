"""Scenario files are read and opened as docs/scenarios.md says; what they say is what worlds hold."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.world.tiny import cell, seeds
from world import opening
from world.cast import Cast
from world.chance import Chance
from world.phases.intelligence import QUESTIONS
from world.rules import coefficients
from world.scenario import names, opened, read, schema
from world.scenario_attributes import ATTRIBUTES
from world.scenario_lines import key_lines
from world.scenario_schema import HEAD, item_model
from world.scenario_start import filled_worlds
from world.scenario_tables import COMPUTED, TABLES, opening_columns
from world.scenario_text import ITEMS
from world.state import columns
from world.turn import layout_of

DOCS = Path(__file__).parents[2] / "docs" / "scenarios.md"


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


# The schema and the manual keep step with the declarations.


def test_the_schema_knows_every_key():
    shape = schema()
    assert shape["$schema"].startswith("https://json-schema.org/")
    assert set(shape["properties"]) == {*HEAD, *ITEMS, "extends", "anew", "prior", "rules", "open", "texts"}
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
    keys = [*HEAD, *ITEMS, *QUESTIONS, "extends", "anew", "rules", "open", "dials", "texts", "every"]
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
