"""The hindcast: what was is data with sources, cells are judged as the data say, and the command prints every one."""

import json

import numpy as np
import pytest

from main import main
from play.commands import hindcast as command
from play.hindcast import CHAIN, Cell, Chain, Link, factor_off, found, judged, modelled, over_a_year, read_chain, tally
from world.facts import facts

QUARTERS = ("Q4 2023", "Q4 2024", "Q4 2025")


@pytest.fixture(scope="module")
def chain() -> Chain:
    """The chain as it stands in the assets."""
    return read_chain()


@pytest.fixture(scope="module")
def told(chain):
    """What a few games come to."""
    return modelled(chain, 4, 1)


@pytest.fixture
def played(monkeypatch, told):
    """The command lays these few games beside what was, and plays no others."""
    monkeypatch.setattr(command, "modelled", lambda *_: told)


def one(chain: Chain, low: float, value: float, high: float, tolerance: float = 0.0, is_interval: bool = False):
    """A judge of medians beside a cell that is made up."""
    cell = Cell("made_cn", "Q4 2023", low, value, high, "", "made up")
    link = Link("made_cn", "", "H100e", tolerance, is_interval, (cell,))
    return lambda median: judged(chain, link, cell, np.full(3, float(median)))


def test_every_cell_has_a_range_a_source_and_a_quarter_that_is_over(chain):
    for link in chain.links:
        assert link.tolerance > 0
        for cell in link.cells:
            assert cell.low <= cell.value <= cell.high
            assert cell.fact or cell.source
            assert cell.quarter in QUARTERS
            if cell.fact:
                assert "2026" not in facts()[cell.fact].period
            if cell.fact and facts()[cell.fact].is_prior:
                assert cell.source.startswith("prior")


def test_cells_of_2025_are_held_out(chain):
    assert chain.held_out == ("Q4 2025",)


def test_a_median_in_the_range_is_inside_whatever_the_factor(chain):
    judge = one(chain, 10, 100, 1000)
    assert [judge(x).verdict for x in (10, 100, 1000)] == ["inside"] * 3


def test_what_is_off_is_close_by_factor_or_by_tolerance(chain):
    judge = one(chain, 90, 100, 110, tolerance=30)
    assert [judge(x).verdict for x in (67, 70, 140, 150)] == ["close"] * 4
    assert judge(59).verdict == "outside"


def test_far_off_is_beyond_the_factor_and_beyond_four_tolerances(chain):
    judge = one(chain, 90, 100, 110, tolerance=10)
    assert [judge(x).verdict for x in (399, 401, 24)] == ["outside", "far", "far"]
    near_zero = one(chain, 0, 0, 2, tolerance=5)
    assert [near_zero(x).verdict for x in (7, 8, 22, 23)] == ["close", "outside", "outside", "far"]


def test_scores_are_judged_by_points_alone(chain):
    judge = one(chain, 125, 126, 127, tolerance=3, is_interval=True)
    assert [judge(x).verdict for x in (122, 121, 115, 112)] == ["close", "outside", "outside", "far"]
    assert np.isnan(judge(100).factor)


@pytest.mark.parametrize(("model", "value", "factor"), [(2, 1, 2), (1, 2, 2), (0, 0, 1), (0, 1, np.inf), (3, 3, 1)])
def test_a_factor_is_the_same_either_way(model, value, factor):
    assert factor_off(model, value) == factor


def test_a_year_is_the_sum_of_four_quarters():
    history = {f"Q{at}": np.array([float(at)]) for at in range(1, 7)}
    assert [float(x[0]) for x in over_a_year(history).values()] == [1, 3, 6, 10, 14, 18]


def test_a_quantity_that_cannot_be_measured_or_a_fact_that_there_is_not_is_refused(tmp_path):
    text = CHAIN.read_text("utf-8")
    for old, new, said in (('"rented"', '"rentals"', "cannot be measured"), ('"PROD-008"', '"PROD-8"', "not in facts")):
        (tmp_path / "chain.toml").write_text(text.replace(old, new), "utf-8")
        with pytest.raises(ValueError, match=said):
            read_chain(tmp_path / "chain.toml")


def test_every_cell_is_laid_beside_the_model(chain, told):
    findings = found(chain, told)
    assert len(findings) == sum(len(link.cells) for link in chain.links) == tally(findings).cells
    assert all(one.p5 <= one.median <= one.p95 for one in findings)
    assert {one.verdict for one in findings} <= {"inside", "close", "outside", "far"}


def test_a_world_that_is_otherwise_is_told_apart(chain, told):
    without = modelled(chain, 4, 1, {"rules.smuggling": "0"})
    quarter = QUARTERS[-1]
    assert np.median(told["smuggled_h100e"][quarter]) > 0
    assert (without["smuggled_h100e"][quarter] == 0).all()


def test_the_command_prints_every_cell_and_keeps_the_page(chain, played, tmp_path, capsys):
    out = tmp_path / "pages" / "hindcast.md"
    assert main(["hindcast", "--games", "2", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    cells = sum(len(link.cells) for link in chain.links)
    assert printed.count("\n| Q4 20") == cells
    page = out.read_text("utf-8")
    assert page.endswith(printed)
    assert page.count("Q4 2025 *") == sum(cell.quarter == "Q4 2025" for link in chain.links for cell in link.cells)


def test_the_count_is_put_into_the_first_page_with_the_page_of_the_repository(played, monkeypatch, tmp_path):
    front, page = tmp_path / "evidence.md", tmp_path / "hindcast.md"
    front.write_text("<!-- hindcast -->\n<!-- end of hindcast -->\n", "utf-8")
    monkeypatch.setattr(command, "FRONT", front)
    assert main(["hindcast", "--games", "2", "--out", str(page)]) == 0
    assert "held out" not in front.read_text("utf-8")
    monkeypatch.setattr(command, "PAGE", page.resolve())
    assert main(["hindcast", "--games", "2", "--out", str(page)]) == 0
    assert "| held out * |" in front.read_text("utf-8")


def test_machines_get_the_same_table(played, capsys):
    assert main(["hindcast", "--games", "2", "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert tree["counts"]["all"]["cells"] == len(tree["cells"])
    assert {cell["quarter"] for cell in tree["cells"] if cell["held_out"]} == {"Q4 2025"}


def test_a_page_that_cannot_be_written_is_refused(played, tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["hindcast", "--games", "2", "--out", str(tmp_path / "file" / "page.md")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_kept_page_is_of_the_chain_as_it_stands(chain):
    page = (CHAIN.parents[2] / "docs" / "evidence" / "hindcast.md").read_text("utf-8")
    for link in chain.links:
        assert f"**{link.title}**" in page
    assert page.count("\n| Q4 20") == sum(len(link.cells) for link in chain.links)
