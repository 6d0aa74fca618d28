"""What is no scenario, or is not there, gets a sentence; no damage to a file ends in a traceback."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.tiny import TEXT, complaints, written
from world.scenario import ScenarioError, read


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
