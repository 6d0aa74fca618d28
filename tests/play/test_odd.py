"""docs/ODD.md says what the code declares, all of it, and what phases do is what they are said to do."""

import re
import sys

import numpy as np
import pytest

from main import main
from play.odd import entities, numbers, page
from play.odd.reading import home_of, name_of, phases, readers, written_by
from world.cast import Cast
from world.chance import Chance
from world.orders import Layout
from world.rules import coefficients
from world.scenario import opened, read
from world.state import SIZES, axes_of, columns, stored
from world.turn import ORDERS, PHASES, commanded, layout_of


@pytest.fixture(scope="module")
def text():
    """The document as it would be made."""
    return page.page()


def test_the_document_is_as_it_would_be_made(text):
    assert page.PAGE.read_text("utf-8") == text, "write it anew with python main.py odd"


def test_the_prose_asks_for_everything_that_is_made():
    asked = set(page.FIELD.findall(page.TEMPLATE.read_text("utf-8")))
    assert asked == set(page.made())


def test_every_quantity_coefficient_and_order_stands_in_it_once(text):
    first = re.findall(r"^\| `([\w.]+)` \|", text, re.M)
    for name in columns():
        assert name in first, name
    for kind in ORDERS:
        assert first.count(kind.name) == 1, kind.name
    submodels = re.findall(r"^\| `(\w+)[\w.]*` \|", text.partition("## 7. Submodels")[2], re.M)
    alone = re.findall(
        r"^\| `(\w+)` \|", text.partition("## 5. Initialisation")[2].partition("`october-2022` extends")[0], re.M
    )
    assert sorted(set(submodels) | set(alone)) == sorted(coefficients())


def test_every_coefficient_is_read_by_some_phase_or_by_the_opening():
    known = {*map(name_of, phases()), "opening"}
    assert not [name for name in coefficients() if not readers(name)]
    assert {home_of(name) for name in coefficients()} <= known


def test_every_axis_is_called_something():
    assert {axes_of(name)[0] for name in columns()} <= entities.KINDS.keys()
    assert {axis for name in columns() for axis in axes_of(name)[1:]} <= entities.KINDS.keys() | SIZES.keys()


def anything(layout: Layout, cast: Cast, worlds: int):
    """Any setting of every dial."""
    luck = np.random.default_rng(3).random((layout.dials, worlds))
    return np.rint(luck * layout.top).astype(np.int16)


@pytest.mark.parametrize("scenario", ["november-2025", "october-2022"])
def test_phases_change_the_quantities_that_they_are_said_to_change(scenario):
    world, rules = opened(read(scenario), np.arange(3, dtype=np.uint64))
    layout = layout_of(world.cast)
    for _ in range(6):
        world, _ = commanded(world, anything(layout, world.cast, 3), None, layout)
        orders = layout.named(layout.settings(world))
        for phase in PHASES:
            before, world = world, phase(world, orders, rules, Chance(world.seed, world.turn, "world/"))
            changed = {name for name in columns() if getattr(before, name) is not getattr(world, name)}
            assert changed <= set(written_by(sys.modules[phase.__module__])), phase.__module__
        world = stored(world)


def test_what_the_prose_says_is_drawn_for_every_game_is_drawn(text):
    named = re.search(r"is drawn for every game\s+\(([^)]*) among others\)", text)
    drawn = read("november-2025").begins.drawn()
    for label in re.findall("`([^`]+)`", named[1]):
        assert any(one.partition(".")[2] == label for one in drawn), label


def test_numbers_rest_on_something():
    kinds = numbers.kinds_of(read("november-2025"))
    assert kinds.keys() == numbers.KINDS.keys()
    assert kinds["fact"] > 100


def test_a_document_that_says_something_else_is_told_with_its_line(tmp_path, capsys, text):
    path = tmp_path / "ODD.md"
    assert main(["odd", "--out", str(path)]) == 0
    assert main(["odd", "--out", str(path), "--check"]) == 0
    path.write_text(text.replace("\n## 5. Init", "\n## 5. init"), "utf-8")
    capsys.readouterr()
    assert main(["odd", "--out", str(path), "--check"]) == 1
    line = text.splitlines().index("## 5. Initialisation") + 1
    assert f"ODD.md line {line}: is not what the code declares" in capsys.readouterr().err
    assert main(["odd", "--out", str(tmp_path / "nowhere.md"), "--check"]) == 2


def test_a_template_that_asks_for_what_there_is_not_is_refused(tmp_path):
    path = tmp_path / "odd.md"
    path.write_text("{{ stat }}", "utf-8")
    with pytest.raises(page.OddError, match=r"odd\.md: there is nothing called 'stat'; write one of axes, "):
        page.page(path)
