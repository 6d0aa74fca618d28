"""The pages of evidence: commands write between their marks and leave the prose alone; the pages agree with each other."""

import re
import tomllib

import numpy as np
import pytest

from main import main
from play.commands import calibrate, hindcast, pages, validate
from play.commands.doors import Refused
from play.commands.pages import DOCS, FRONT, put, stands
from play.evidence.calibration import Task, observations, unknowns
from play.evidence.patterns import Verdict, patterns
from play.fitting import Generation
from play.odd.page import day
from world.scenario_text import SCENARIOS


@pytest.fixture
def document(tmp_path):
    """A page with room for a table."""
    path = tmp_path / "page.md"
    path.write_text("Before.\n\n<!-- table -->\n\nold\n\n<!-- end of table -->\n\nAfter.\n", "utf-8")
    return path


def test_lines_are_put_between_the_marks_and_nothing_else_changes(document):
    for lines in (["one", "two"], ["three"]):
        put(document, "table", lines)
        assert stands(document, "table") == "\n".join(lines)
    assert document.read_text("utf-8") == "Before.\n\n<!-- table -->\n\nthree\n\n<!-- end of table -->\n\nAfter.\n"


def test_a_page_without_marks_is_refused_in_a_sentence(document):
    with pytest.raises(Refused, match=r"page\.md: has no lines '<!-- figure -->' and '<!-- end of figure -->'"):
        put(document, "figure", [])
    with pytest.raises(Refused, match=r"gone\.md: is not there"):
        put(document.with_name("gone.md"), "table", [])


def made_up(holds: bool) -> list[Verdict]:
    """Verdicts on every pattern."""
    return [Verdict(one, condition, 1.0, 2.0, 3.0, 2.0, holds) for one in patterns() for condition in one.conditions]


@pytest.mark.parametrize("holds", [True, False])
def test_validate_writes_its_table_and_what_it_comes_to(monkeypatch, tmp_path, document, holds):
    front = tmp_path / "front.md"
    front.write_text("<!-- validation -->\n<!-- end of validation -->\n", "utf-8")
    monkeypatch.setattr(validate, "PAGE", document)
    monkeypatch.setattr(validate, "FRONT", front)
    validate.write(made_up(holds), 64, 1)
    assert "`python main.py validate --games 64 --seed 1 --write`" in stands(document, "table")
    assert stands(document, "table").count("\n| 24 ") == 1
    text = stands(front, "validation")
    count = len(patterns()) if holds else 0
    assert f"All: {count} of {len(patterns())} patterns hold" in text
    assert len(re.findall(r"^- .*: .*", text, re.M)) == 2 + (0 if holds else len(patterns()))


def test_the_acceptance_table_has_a_row_for_everything_told_and_everything_fitted():
    rng = np.random.default_rng(1)
    squares, logits = rng.random((len(observations()), 64)) * 5, rng.normal(size=(len(unknowns()), 64))
    table = calibrate.table(Generation(3, logits, squares, 1.0, 0.5))
    assert sum(line.startswith("| ") for line in table) == len(observations()) + len(unknowns()) + 2
    assert Task().kept > 0


def test_the_acceptance_page_and_the_priors_are_of_one_fit():
    made = re.search(r"`(python main.py calibrate [^`]*)`", stands(calibrate.PAGE, "table"))
    for name in {name for one in unknowns() for name in one.scenarios}:
        assert made[1] in (calibrate.PRIORS / f"{name}.toml").read_text("utf-8")


def fronts():
    """What stands on the page that is read first, by the commands that write it."""
    return [(FRONT, name) for name in ("validation", "hindcast", "coverage")]


def test_every_page_that_a_command_writes_into_has_its_marks():
    for path, name in ((validate.PAGE, "table"), (calibrate.PAGE, "table"), *fronts()):
        first, last = pages.marks(name)
        assert path.read_text("utf-8").count(first) == path.read_text("utf-8").count(last) == 1
        assert stands(path, name)


def test_the_first_page_counts_the_cells_as_the_page_of_the_past_does():
    assert stands(FRONT, "hindcast") in hindcast.PAGE.read_text("utf-8")


def test_the_first_page_counts_the_patterns_as_the_page_of_patterns_does():
    table = stands(validate.PAGE, "table")
    counted = re.findall(r"\d+ of \d+ patterns hold.*", stands(FRONT, "validation"))
    assert len(counted) == 2
    assert all(one in table for one in counted)


def test_the_first_page_says_when_the_scenarios_are_out_of_date():
    files = [tomllib.loads(path.read_text("utf-8")) for path in SCENARIOS.glob("*.toml")]
    days = {day(tree["out_of_date_after"]) for tree in files if "extends" not in tree or "out_of_date_after" in tree}
    assert len(days) == 1
    assert f"**Out of date after {days.pop()}.**" in FRONT.read_text("utf-8")


def test_every_page_that_documents_link_to_is_there():
    for path in (*DOCS.glob("*.md"), *DOCS.glob("*/*.md"), DOCS.parent / "README.md"):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert link.endswith(".png") or (path.parent / link).exists(), f"{path.name}: {link}"


def test_validate_needs_enough_games(capsys):
    assert main(["validate", "--games", "3", "--write"]) == 2
    assert "--games 3: write a whole number from 32" in capsys.readouterr().err
