"""docs/players.md names tests that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`((?:desktop|desktop/orders|play)/test_\w+\.py)(?:::(test_\w+))?`")


SCREENS = ("map", "orders", "intelligence", "supply")


def test_every_complaint_has_a_test_that_there_is():
    if not all((ROOT / f"desktop/screens/{name}.py").is_file() for name in SCREENS):
        pytest.skip("not all screens are there yet")
    rows = [line for line in (ROOT / "docs/players.md").read_text("utf-8").splitlines() if line.startswith("| ")][2:]
    assert len(rows) >= 17
    for row in rows:
        named = NAMED.findall(row)
        assert named, row
        for file, test in named:
            path = ROOT / "tests" / file
            assert path.is_file(), f"there is no {file}"
            assert not test or f"def {test}(" in path.read_text("utf-8"), f"{file} has no {test}"
