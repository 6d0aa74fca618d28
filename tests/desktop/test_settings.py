import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import settings as store
from desktop.scale import SMALLEST_WINDOW
from desktop.settings import Settings


@given(
    st.builds(
        Settings,
        width=st.integers(1024, 4000),
        height=st.integers(640, 3000),
        fullscreen=st.booleans(),
        interface=st.floats(1, 2),
        reduced_motion=st.booleans(),
        volume=st.integers(0, 100),
        language=st.sampled_from(["en", "nl"]),
    )
)
def test_settings_come_back_as_they_were(tmp_path_factory, settings):
    path = tmp_path_factory.mktemp("settings") / "deep" / "desktop.json"
    assert store.write(settings, path) == ""
    assert store.read(path) == (settings, "")


def test_without_a_file_the_usual_settings_stand(tmp_path):
    assert store.read(tmp_path / "none.json") == (Settings(), "")


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"version": 9}', '"x"', "\x00"])
def test_a_broken_file_gives_the_usual_settings_and_a_sentence(tmp_path, text):
    path = tmp_path / "desktop.json"
    path.write_text(text, "utf-8")
    settings, said = store.read(path)
    assert settings == Settings()
    assert str(path) in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("name", "value"), [("interface", 9), ("width", 3), ("fullscreen", 1), ("language", 4), ("volume", 900)]
)
def test_a_value_that_cannot_be_is_named_and_replaced(tmp_path, name, value):
    path = tmp_path / "desktop.json"
    path.write_text(json.dumps({"version": 1, name: value, "asks_before_end": False}), "utf-8")
    settings, said = store.read(path)
    assert getattr(settings, name) == getattr(Settings(), name)
    assert not settings.asks_before_end
    assert name in said


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way", "utf-8")
    said = store.write(Settings(), tmp_path / "file" / "desktop.json")
    assert said.startswith("Your settings cannot be kept in")


def test_the_smallest_window_is_a_window_that_may_be_kept():
    assert store.sound_value("width", SMALLEST_WINDOW[0])
    assert store.sound_value("height", SMALLEST_WINDOW[1])


def test_settings_live_in_the_folder_of_the_platform():
    assert store.place().parent == store.folder()
    assert "chokepoint" in str(store.folder()).lower()


def test_a_path_is_written_from_home_on(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", classmethod(lambda _: tmp_path))
    assert store.from_home(tmp_path / "games" / "a.json") == str(Path("~") / "games" / "a.json")
    assert store.from_home(Path("/elsewhere/a.json")) == str(Path("/elsewhere/a.json"))
