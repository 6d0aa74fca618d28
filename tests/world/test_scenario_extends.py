"""A scenario may extend another, and a mistake is found in the file that makes it."""

import pytest

from tests.world.tiny import TEXT, TINY, cell, complaints, seeds, with_instead, written
from world.scenario import opened, read


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


def test_tables_given_anew_take_nothing_from_the_other_scenario(tmp_path):
    written(tmp_path, TEXT)
    source = "\n".join(TEXT[TEXT.index("[[product]]") :].split("\n[[source]]")[:1])
    anew = source.replace('"h20"', '"older"')
    scenario = read(written(tmp_path, f'extends = "tiny"\nanew = ["product"]\n{anew}\n', "above.toml"))
    assert scenario.cast.products == ("older", *read(TINY).cast.products[1:])
    assert scenario.cast.owners == read(TINY).cast.owners


def test_only_tables_that_there_are_can_be_given_anew(tmp_path):
    written(tmp_path, TEXT)
    said = complaints(written(tmp_path, 'extends = "tiny"\nanew = ["products"]\n', "above.toml"))
    assert said == ["above.toml line 2: anew.0 is 'products'; did you mean product?"]


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
