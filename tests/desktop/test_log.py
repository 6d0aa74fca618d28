"""The log tells every quarter in sentences that a person would write, and leaves nothing out."""

import re

import pygame
import pytest
from desktop_events import key
from tables import table

from desktop.app import App
from desktop.screens.log import LogScreen
from desktop.screens.log_lines import FILTERS, GROUPS
from desktop.screens.order_moves import moved, without_unit
from desktop.settings import Settings
from play.words import read
from world.turn import layout_of

SEATS = ("washington", "beijing", "huawei", "openai", "malaysia-route")


@pytest.fixture(scope="module", params=SEATS)
def found(request):
    one = table(request.param, 6)
    yield one
    one.close()


def test_no_line_is_written_in_the_words_of_the_code(found, pen):
    screen = LogScreen(found)
    screen.ready(pen)
    codes = {kind.name.replace("_", " ") for kind in layout_of(found.model.cast).kinds if "_" in kind.name}
    for turn in range(1, 7):
        for entry in screen.entries(turn, pen):
            assert "_" not in entry.text
            assert not [code for code in codes if code in entry.text], entry.text
            assert re.fullmatch(r"[A-Zx].*[.]", entry.text), entry.text


def test_every_rule_that_was_set_anew_is_told_once(found, pen):
    screen = LogScreen(found)
    for turn in range(1, 7):
        before, after = found.seen(turn - 1), found.seen(turn)
        changed = sum(
            one["amounts"][name]["set"] != earlier["amounts"][name]["set"]
            for kind in ("rules", "dials")
            for one, earlier in zip(after[kind], before[kind], strict=True)
            for name in one["amounts"]
        )
        told = [e.text for e in screen.entries(turn, pen) if re.search(" (raises|lowers|changes) ", e.text)]
        assert len(told) == len(set(told)) == changed


def test_lines_stand_by_what_they_are_about_the_weightiest_first_and_every_filter_shows_its_own(found, pen):
    screen = LogScreen(found)
    screen.ready(pen)
    entries = screen.entries(3, pen)
    places = [(GROUPS.index(entry.group), -entry.weight) for entry in entries]
    assert places == sorted(places)
    for at, groups in enumerate(FILTERS.values()):
        screen.form = screen.form.with_control(type(screen.filter)(name="filter", options=tuple(FILTERS), value=at))
        lines = [text.strip() for text, _ in screen.lines(3, pen) if text.startswith(" ")]
        assert lines == [entry.text for entry in entries if entry.group in groups]


def test_arrows_step_through_the_quarters_and_f_through_what_is_shown(display):
    found = table("beijing", 3)
    app = App(LogScreen(found), Settings())
    app.frame([], 0.016)
    app.frame([key(pygame.K_LEFT)], 0.016)
    assert app.screen.turn == 2
    app.frame([key(pygame.K_f)], 0.016)
    assert list(FILTERS)[app.screen.filter.value] == "race"
    app.frame([key(pygame.K_RIGHT)], 0.016)
    assert (app.screen.turn, app.screen.filter.value) == (3, 1)
    found.close()


def test_every_amount_of_every_order_has_words_for_a_sentence():
    words, cast = read(), table("washington", 0).model.cast
    for kind in layout_of(cast).kinds:
        picks = tuple(cast.names[pick.axis][0] for pick in kind.picks)
        for amount in kind.amounts:
            assert f"orders.what.{kind.name}.{amount.name}" in words
            text = moved(kind.name, amount, (amount.low, amount.high), picks, cast, words)
            assert text.startswith(("raises ", "changes ")), text
            assert "_" not in text


def test_a_unit_is_said_once():
    assert without_unit("25 %", "35 %") == "25"
    assert without_unit("$500M a quarter", "$1bn a quarter") == "$500M"
    assert without_unit("4,800 TPP", "any") == "4,800 TPP"
    assert without_unit("off", "2 generations") == "off"
