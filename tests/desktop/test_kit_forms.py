"""Forms, questions, tips and toasts: who has the keyboard, and what is said for how long."""

import pygame
import pytest
from controls import every
from desktop_events import click, key, moved, typed
from hypothesis import given
from hypothesis import strategies as st

from desktop.kit import (
    Action,
    Button,
    Form,
    Modal,
    Tip,
    Toasts,
)
from desktop.kit.base import TONES


def form_of(count):
    form = Form.of(Button(name=str(i), label=str(i)) for i in range(count))
    rects = {str(i): pygame.Rect(20 + 120 * (i % 3), 20 + 60 * (i // 3), 100, 40) for i in range(count)}
    return form.placed(rects)


@given(st.integers(1, 9))
def test_tab_reaches_every_control_once_round_and_back(count):
    form, seen = form_of(count), []
    for _ in range(count):
        form, _ = form.handle(key(pygame.K_TAB))
        seen.append(form.focus)
    assert seen == [str(i) for i in range(count)]
    form, _ = form.handle(key(pygame.K_TAB))
    assert form.focus == "0"
    form, _ = form.handle(key(pygame.K_TAB, pygame.KMOD_SHIFT))
    assert form.focus == str(count - 1)


def test_tab_walks_rows_from_the_top_and_each_from_the_west():
    form = Form.of(Button(name=name) for name in ("east", "west", "low")).placed(
        {"east": pygame.Rect(200, 22, 90, 36), "west": pygame.Rect(20, 20, 90, 40), "low": pygame.Rect(20, 90, 90, 40)}
    )
    assert form.order == ("west", "east", "low")


def test_every_control_can_be_worked_from_the_keyboard_alone():
    form = Form.of(every()).placed(
        {control.name: pygame.Rect(20, 20 + 60 * i, 240, 40) for i, control in enumerate(every())}
    )
    worked = set()
    for _ in every():
        form, _ = form.handle(key(pygame.K_TAB))
        for event in (typed("a"), key(pygame.K_RIGHT), key(pygame.K_DOWN), key(pygame.K_RETURN)):
            form, done = form.handle(event)
            worked |= {action.name for action in done}
    assert worked == {control.name for control in every()}


def test_the_ring_is_seen_after_a_key_and_not_after_a_click(pen):
    form, _ = form_of(2).handle(key(pygame.K_TAB))
    plain = drawn(form_of(2), pen)
    assert drawn(form, pen) != plain
    clicked = form
    for event in click(form.rects["0"].center):
        clicked, _ = clicked.handle(event)
    assert clicked.focus == "0"
    assert not clicked.by_keys


def drawn(form, pen):
    surface = pygame.Surface((500, 200))
    form.draw(surface, pen)
    return pygame.image.tobytes(surface, "RGB")


def test_two_controls_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two controls are named 'a'"):
        Form.of([Button(name="a"), Button(name="a")])


def test_a_control_without_a_box_is_not_reached():
    form = form_of(3)
    form = form.placed({"0": form.rects["0"]})
    for _ in range(3):
        form, _ = form.handle(key(pygame.K_TAB))
        assert form.focus == "0"


# Modal, tip, toasts


def question():
    answers = (("enact", "Enact"), ("look", "Look again"), ("keep", "Keep drafting"))
    return Modal.ask("end", "Three decisions are open", "End the quarter all the same?", answers)


def test_a_question_keeps_the_keyboard(pen):
    modal, seen = question().placed(pen), set()
    for _ in range(6):
        modal, _ = modal.handle(key(pygame.K_TAB))
        seen.add(modal.form.focus)
    assert seen == {"enact", "look", "keep"}


def test_escape_gives_the_safe_answer_and_enter_the_one_in_focus(pen):
    modal = question().placed(pen)
    assert modal.handle(key(pygame.K_ESCAPE))[1] == (Action("end", "answer", "keep"),)
    assert modal.handle(key(pygame.K_RETURN))[1] == (Action("end", "answer", "enact"),)


def test_a_click_beside_a_question_is_no_answer_and_takes_no_focus(pen):
    modal = question().placed(pen)
    for event in click((3, 3)):
        modal, done = modal.handle(event)
        assert done == ()
    assert modal.form.focus == "enact"


@pytest.mark.parametrize("size", [(1600, 900, 1.0), (1024, 640, 2.0), (1280, 720, 1.5)])
def test_a_question_fits_into_the_window(pen_for, size):
    pen = pen_for(*size)
    modal = question().placed(pen)
    window = pygame.Rect(0, 0, size[0], size[1])
    assert window.contains(modal.box(pen))
    assert all(modal.box(pen).contains(rect) for rect in modal.form.rects.values())


def test_a_tooltip_comes_after_three_hundred_milliseconds():
    tip = Tip().after("a", 0.0)
    assert tip.after("a", 0.29).strength == 0
    assert 0 < tip.after("a", 0.35).strength < 1
    assert tip.after("a", 0.41).strength == 1
    assert tip.after("a", 0.41).after("b", 0.1).strength == 0
    assert tip.after(None, 9).strength == 0


def test_toasts_pass_and_say_nothing_twice():
    toasts = Toasts().with_text("a", 1.0).with_text("b", 2.0).with_text("a", 3.0).with_text("")
    assert [text for text, _ in toasts.held] == ["b", "a"]
    assert [text for text, _ in toasts.after(2.5).held] == ["a"]


# Under the pointer


def under_pointer():
    form = Form.of((Button(name="a", label="One"), Button(name="b", label="Two", reason="It is shut.")))
    form = form.placed({"a": pygame.Rect(0, 0, 100, 40), "b": pygame.Rect(0, 60, 100, 40)})
    return form.handle(moved((50, 20)))[0]


def test_what_is_under_the_pointer_warms_within_a_tenth_of_a_second_fast_at_first():
    form, glows = under_pointer(), []
    for _ in range(8):
        form = form.after(1 / 60)
        glows.append(form.shown("a").glow)
    assert glows == sorted(glows)
    assert 0 < glows[0] < 1
    assert glows[2] > 0.5, "most of the way after half of the time"
    assert glows[6:] == [1.0, 1.0]
    cooled = form.handle(moved((50, 200)))[0].after(0.02)
    assert 0 < cooled.shown("a").glow < 1
    assert cooled.after(0.2).shown("a").glow == 0


def test_reduced_motion_shows_it_at_once():
    assert under_pointer().after(0.001, still=True).shown("a").glow == 1


def test_what_cannot_be_used_does_not_warm():
    form = under_pointer().handle(moved((50, 80)))[0].after(1.0)
    assert form.shown("b").glow == 0


def test_a_control_that_is_made_anew_stays_under_the_pointer():
    form = under_pointer().after(1.0).with_control(Button(name="a", label="Another"))
    assert form.after(0.016).shown("a").glow == 1


def test_few_pictures_are_kept_while_colours_go_over(pen):
    form, surface = under_pointer(), pygame.Surface((200, 200))
    form.draw(surface, pen)
    before = len(pen.pictures)
    for _ in range(40):
        form = form.after(0.003)
        form.draw(surface, pen)
    assert len(pen.pictures) - before <= 2 * TONES
