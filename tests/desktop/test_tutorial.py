"""The tutorial is completed by doing exactly what its card says, and its card never covers what it points at."""

import re

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.app import App
from desktop.screens.game import TABS, opened
from desktop.settings import Settings
from desktop.table import Table
from desktop.tutorial import STEPS, Guided, TutorialError, TutorialGuide, led, steps
from desktop.tutorial_card import placed
from play import words
from play.glossary import Linked, glossary
from play.model import Chokepoint
from play.record import EVERYTHING
from tests.support.desktop_events import click, down, key, moved, up
from world.scenario import read

KINDS = ("next", "screen", "moved", "previewed", "opened", "ended", "over")


def game(scenario="tutorial"):
    found = read(scenario)
    seat = (found.cast.recommended or found.cast.names["seats"])[0]
    model = Chokepoint(found, seeds=1, players={seat: "human"}, keep=EVERYTHING)
    return Table(model, (seat,), found)


@pytest.fixture
def table(monkeypatch, tmp_path):
    monkeypatch.setattr("desktop.saves.folder", lambda: tmp_path)
    table = game()
    yield table
    table.close()


def shown(app):
    """The screen under the card, and the guide."""
    return app.screen.screen, app.screen.guide


def step_by_step(app):
    """One frame without an event."""
    app.frame([], 0.2)


def do(app, guide):
    """Does what the card of the step says, by keys, or by the pointer where it says so."""
    step = guide.step
    what, _, more = step.done.partition(":")
    screen, _ = shown(app)
    if not guide.is_here(screen):
        app.frame([key(pygame.K_1 + TABS.index(step.screen))], 0.1)
        screen, _ = shown(app)
    if what == "screen":
        app.frame([key(pygame.K_1 + TABS.index(more))], 0.1)
    elif what == "moved":
        move(app, f"dial:{guide.row(more)}")
    elif what == "previewed":
        asked_for_preview(app)
    elif what == "opened":
        app.frame([key(pygame.K_w)], 0.1)
        app.frame([key(pygame.K_ESCAPE)], 0.1)
    elif what in ("ended", "over"):
        end(app, guide)
    if guide.step is step and not guide.is_finished:
        app.frame([key(pygame.K_n)], 0.1)


def reached(app, name):
    """Whether Tab brings the keyboard to a control."""
    screen, _ = shown(app)
    for _ in range(60):
        if screen.form.focus == name:
            return True
        app.frame([key(pygame.K_TAB)], 0.05)
    return False


def move(app, name):
    """Moves a dial: Tab until the keyboard is on it (on the other page, where it is there), then an arrow, or the pointer."""
    screen, guide = shown(app)
    if name not in screen.form.rects and reached(app, "page"):
        app.frame([key(pygame.K_RIGHT)], 0.1)
    if reached(app, name):
        app.frame([key(pygame.K_RIGHT)], 0.1)
    if not guide.is_done(screen) and name in screen.form.rects:
        rect = screen.form.rects[name]
        at, to = (rect.left + rect.width // 2, rect.centery), (rect.left + rect.width * 2 // 3, rect.centery)
        app.frame([moved(at), down(at)], 0.1)
        app.frame([moved(to), up(to)], 0.1)


def asked_for_preview(app):
    """Waits until the preview of the draft is there."""
    screen, guide = shown(app)
    for _ in range(10):
        step_by_step(app)
        if "preview" in guide.table.answers:
            assert guide.table.answers["preview"].value is not None
    assert guide.is_done(screen)


def end(app, guide):
    """Ends the quarter, and lets it be carried out."""
    turn = guide.table.turn
    app.frame([key(pygame.K_SPACE)], 0.1)
    if getattr(app.screen, "modal", None):
        app.frame([key(pygame.K_RETURN)], 0.1)
    assert guide.table.answers["resolve"].value == turn + 1
    for _ in range(60):
        step_by_step(app)
        if getattr(app.screen, "name", "") in TABS:
            break
        app.frame([key(pygame.K_F15)], 0.1)


@pytest.mark.parametrize("size", [(1600, 900), (1024, 640)])
def test_the_tutorial_is_completed_by_doing_what_it_says(display, monkeypatch, no_ending, table, size):
    for name in ("orders", "map", "intelligence", "supply"):
        if "plain" in type(opened(name, table)).__module__:
            pytest.skip(f"the screen {name} is not there yet")
    app = App(led(opened("map", table), table), Settings(width=size[0], height=size[1]))
    guide, seen = app.screen.guide, []
    for _ in range(2 * len(guide.steps)):
        step_by_step(app)
        if guide.is_finished:
            break
        seen.append(guide.step.name)
        do(app, guide)
    assert seen == [step.name for step in guide.steps]
    assert guide.is_finished
    assert table.is_over
    assert app.screen.name == "debrief"
    pygame.display.set_mode((1600, 900))


def test_steps_name_what_there_is(table):
    guide = TutorialGuide(table)
    for step in guide.steps:
        what, _, more = step.done.partition(":")
        assert what in KINDS, step.name
        assert step.screen in ("", *TABS), step.name
        for named in (step.done, *step.look):
            kind, _, of = named.partition(":")
            if kind in ("moved", "dial"):
                assert all(guide.row(dial) >= 0 for dial in of.split("+"))
            if kind == "screen":
                assert of in TABS
        assert 0 <= step.turn <= 4
        assert what != "ended" or int(more) == step.turn + 1
    assert [step.turn for step in guide.steps] == sorted(step.turn for step in guide.steps)
    assert len({step.name for step in guide.steps}) == len(guide.steps)


def test_every_step_has_its_words_and_no_words_lack_a_step():
    said = words.read()
    names = {name.split(".")[0] for name in said.under("tutorial") if "." in name}
    assert names == {step.name for step in steps()}
    for step in steps():
        for part in ("title", "text", "do"):
            assert said(f"tutorial.{step.name}.{part}")


def test_every_term_is_explained_where_it_is_first_met():
    said, known = words.read(), {term.key: term for term in glossary()}
    linked, met = Linked(), set()
    for step in steps():
        met |= set(step.terms)
        assert all(key in known for key in step.terms), step.name
        text = " ".join(said(f"tutorial.{step.name}.{part}") for part in ("title", "text"))
        used = {linked.keys[match[0]] for match in linked.pattern.finditer(text)}
        assert used <= met, (step.name, used - met)
    assert len(met) >= 10


def test_no_step_says_more_than_can_be_read_at_once():
    said = words.read()
    for step in steps():
        text = said(f"tutorial.{step.name}.text")
        assert len(text.split()) <= 65, step.name
        assert not re.search(r"[a-z]_[a-z]", text + said(f"tutorial.{step.name}.do")), step.name


@settings(max_examples=200, deadline=None)
@given(
    window=st.sampled_from([(1600, 900), (1280, 720), (1024, 640), (3840, 2160)]),
    card=st.tuples(st.integers(250, 400), st.integers(140, 330)),
    shares=st.tuples(*[st.integers(0, 1000)] * 4),
)
def test_the_card_never_covers_what_it_points_at(window, card, shares):
    area, gap = pygame.Rect(0, 48, window[0], window[1] - 48), 24
    wide = 20 + shares[0] * (window[0] // 3 - 20) // 1000
    tall = 20 + shares[1] * (area.height - 30) // 1000
    left = shares[2] * (window[0] - wide) // 1000
    top = area.top + shares[3] * (area.height - tall) // 1000
    target = pygame.Rect(left, top, wide, tall)
    box = placed(card, target, area, gap)
    assert area.contains(box)
    fits_beside = max(target.left, window[0] - target.right) >= card[0] + 2 * gap
    assert not fits_beside or not box.colliderect(target)


def on_map(table, size=(1600, 900)):
    return App(Guided(opened("map", table), TutorialGuide(table)), Settings(width=size[0], height=size[1]))


def test_the_card_is_put_away_and_taken_up_again_by_key_and_by_pointer(display, table):
    app = on_map(table)
    step_by_step(app)
    guide = app.screen.guide
    app.frame([key(pygame.K_n)], 0.1)
    at = guide.at
    app.frame([key(pygame.K_t)], 0.1)
    assert not guide.is_open
    app.frame([key(pygame.K_n)], 0.1)
    assert guide.at == at
    for event in click(app.screen.places(app.pen)["reopen"].center):
        app.frame([event], 0.1)
    assert (guide.is_open, guide.at) == (True, at)
    for event in click(app.screen.places(app.pen)["close"].center):
        app.frame([event], 0.1)
    assert not guide.is_open
    app.frame([key(pygame.K_t)], 0.1)
    assert (guide.is_open, guide.at) == (True, at)


def test_next_and_back_work_by_pointer_and_a_click_on_the_card_reaches_nothing_under_it(display, table):
    app = on_map(table)
    step_by_step(app)
    guide = app.screen.guide
    for event in click(app.screen.places(app.pen)["next"].center):
        app.frame([event], 0.1)
    assert guide.at == 1
    for event in click(app.screen.places(app.pen)["back"].center):
        app.frame([event], 0.1)
    assert guide.at == 0
    heard = []
    app.screen.screen.handle = lambda event, pen: heard.append(event) or ()
    place = app.screen.places(app.pen)["card"]
    app.frame([down((place.left + 4, place.top + 4)), up((place.left + 4, place.top + 4))], 0.1)
    assert not [event for event in heard if event.type == pygame.MOUSEBUTTONDOWN]


def test_a_step_does_not_pass_before_it_is_done(display, table):
    app = on_map(table)
    guide = app.screen.guide
    guide.go_to(next(n for n, step in enumerate(guide.steps) if step.name == "to_orders"))
    for _ in range(3):
        app.frame([key(pygame.K_n)], 0.1)
    assert guide.step.name == "to_orders"
    app.frame([key(pygame.K_2)], 0.1)
    assert guide.step.name == "ceiling"
    assert isinstance(app.screen, Guided)
    app.frame([key(pygame.K_n)], 0.1)
    assert guide.step.name == "ceiling"
    table.set({guide.row("cap_exports.cn.ceiling"): 60})
    step_by_step(app)
    assert guide.was_done
    app.frame([key(pygame.K_n)], 0.1)
    assert guide.step.name == "density"


@pytest.mark.parametrize("size", [(1600, 900), (1024, 640)])
def test_the_lever_of_a_step_comes_into_sight_with_the_ring_and_the_keyboard_on_it(display, table, size):
    app = App(Guided(opened("orders", table), TutorialGuide(table)), Settings(width=size[0], height=size[1]))
    screen, guide = shown(app)
    for name in ("ceiling", "density", "officers", "cloud"):
        guide.go_to(next(n for n, step in enumerate(guide.steps) if step.name == name))
        step_by_step(app)
        dial = f"dial:{guide.row(guide.step.done.partition(':')[2])}"
        assert screen.form.focus == dial
        assert guide.target(screen, app.pen).contains(screen.form.rects[dial])
        app.frame([key(pygame.K_RIGHT)], 0.1)
        assert guide.is_done(screen), name
    pygame.display.set_mode((1600, 900))


def test_somebody_who_goes_ahead_is_met_in_the_quarter_where_they_are(table):
    guide = TutorialGuide(table)
    table.hand_in()
    assert table.resolve().value == 1
    guide.catch_up()
    assert guide.step.name == "happened"
    assert TutorialGuide(table).step.name == "happened"


def test_on_another_screen_the_card_points_at_the_way_back(display, table):
    app = App(Guided(opened("supply", table), TutorialGuide(table)), Settings())
    guide = app.screen.guide
    guide.go_to(1)
    step_by_step(app)
    tabs = app.screen.form["tabs"]
    assert guide.target(app.screen.screen, app.pen) == tabs.cells(app.screen.form.rects["tabs"])[0]
    assert "Press 1" in guide.card(app.screen.screen, app.pen).do


def test_only_the_tutorial_is_led(table):
    other = game("lesson-45")
    screen = opened("map", other)
    assert led(screen, other) is screen
    assert isinstance(led(opened("map", table), table), Guided)
    other.close()


def test_no_text_of_any_card_is_small_or_outside_its_window(table, pen_for):
    for size in ((1600, 900, 1.0), (1280, 720, 1.0), (1024, 640, 1.0), (1600, 900, 1.5)):
        pen = pen_for(*size)
        screen = Guided(opened("map", table), TutorialGuide(table))
        surface, window = pygame.Surface(size[:2]), pygame.Rect(0, 0, *size[:2])
        screen.draw(surface, pen)
        for at in range(len(screen.guide.steps)):
            screen.guide.go_to(at)
            texts = []
            pen.pictures.clear()
            pen.type.witness = lambda text, points, box, most, texts=texts: texts.append((text, points, box, most))
            screen.paint(surface, pen)
            pen.type.witness = None
            assert window.contains(screen.places(pen)["card"]), (size, at)
            for text, points, box, most in texts:
                assert points >= 12, text
                assert most is None or box.width <= most + 1, text


def test_a_broken_file_of_steps_is_a_sentence(tmp_path):
    path = tmp_path / STEPS.name
    for text in ("[[step]]\nname = 1", "step = [", "[[step]]\nname = 'a'"):
        path.write_text(text, "utf-8")
        with pytest.raises(TutorialError, match="cannot be read"):
            steps(path)
    with pytest.raises(TutorialError, match="take it anew"):
        steps(tmp_path / "none.toml")
