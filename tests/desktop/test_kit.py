from dataclasses import replace
from itertools import pairwise

import pygame
import pytest
from desktop_events import click, down, fed, key, moved, typed, up
from hypothesis import given
from hypothesis import strategies as st

from desktop.kit import (
    Action,
    Button,
    Choice,
    Field,
    Form,
    Item,
    Listing,
    Modal,
    Slider,
    Stepper,
    Tabs,
    Tip,
    Toasts,
    Toggle,
)
from desktop.kit.base import TONES
from desktop.theme import TARGET

RECT = pygame.Rect(100, 200, 240, 40)
KEYS = [pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_HOME, pygame.K_END, pygame.K_RETURN]
KEYS += [pygame.K_SPACE, pygame.K_BACKSPACE, pygame.K_DELETE, pygame.K_PAGEDOWN, pygame.K_PAGEUP]


def every(reason=""):
    return [
        Button(name="button", label="End quarter", reason=reason),
        Choice(name="choice", options=("Open", "Licence", "Blocked"), value=1, was=0, reason=reason),
        Tabs(name="tabs", options=("Map", "Orders"), keys=("1", "2"), reason=reason),
        Slider(name="slider", label="Quota", value=40, was=20, reason=reason),
        Stepper(name="stepper", value=5, high=9, reason=reason),
        Toggle(name="toggle", label="Smuggled", channel="smuggled", reason=reason),
        Listing(name="listing", items=(Item("a"), Item("b"), Item("c")), row=28, reason=reason),
        Field(name="field", label="Search", reason=reason),
    ]


EVENTS = st.lists(
    st.one_of(
        st.builds(key, st.sampled_from(KEYS), st.sampled_from([0, pygame.KMOD_SHIFT])),
        st.builds(typed, st.text(max_size=4)),
        st.tuples(st.integers(60, 380), st.integers(170, 270)).map(moved),
        st.tuples(st.integers(60, 380), st.integers(170, 270)).map(down),
        st.tuples(st.integers(60, 380), st.integers(170, 270)).map(up),
        st.integers(-3, 3).map(lambda y: pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=y)),
    ),
    max_size=12,
)


@given(EVENTS, st.sampled_from(every()))
def test_a_control_lives_through_any_events_and_stays_drawable(steady_pen, events, control):
    control, done = fed(replace(control, focused=True), RECT, events)
    assert all(isinstance(action, Action) and action.name == control.name for action in done)
    surface = pygame.Surface((400, 300))
    control.draw(surface, RECT, steady_pen)


@given(EVENTS, st.sampled_from(every("no budget left")))
def test_what_cannot_be_used_does_nothing(events, control):
    after, done = fed(replace(control, focused=True), RECT, events)
    assert done == []
    for name in ("value", "on", "text", "chosen"):
        assert getattr(after, name, None) == getattr(control, name, None)


@pytest.mark.parametrize("control", every(), ids=lambda control: control.name)
def test_nothing_to_press_is_smaller_than_twenty_eight(pen_for, control):
    for pen in (pen_for(1600, 900), pen_for(1024, 640), pen_for(3840, 2160, 2.0)):
        wide, tall = control.least(pen)
        assert wide >= TARGET
        assert tall >= TARGET


@pytest.mark.parametrize("control", every("no"), ids=lambda control: control.name)
def test_the_reason_is_written_where_a_control_cannot_be_used(pen, control):
    said = []
    pen.type.witness = lambda text, size, box, most: said.append(text)
    surface = pygame.Surface((400, 300))
    control.draw(surface, RECT, pen)
    control.draw_reason(surface, RECT, pen)
    assert "no" in said


# Buttons


@pytest.mark.parametrize("code", [pygame.K_RETURN, pygame.K_SPACE, pygame.K_KP_ENTER])
def test_a_button_is_pressed_by_key_and_by_click(code):
    button = Button(name="end", label="End", focused=True)
    assert fed(button, RECT, [key(code)])[1] == [Action("end", "press")]
    assert fed(button, RECT, click(RECT.center))[1] == [Action("end", "press")]


def test_letting_go_elsewhere_presses_nothing():
    button, done = fed(Button(name="end"), RECT, [down(RECT.center), moved((0, 0)), up((0, 0))])
    assert done == []
    assert not button.pressed
    assert not button.hover


def test_keys_are_not_heard_without_focus():
    assert fed(Button(name="end"), RECT, [key(pygame.K_RETURN)])[1] == []


# Choice


@given(st.integers(2, 6), st.data())
def test_a_click_chooses_the_option_under_it(count, data):
    choice = Choice(name="c", options=tuple("abcdef"[:count]), value=data.draw(st.integers(0, count - 1)))
    wanted = data.draw(st.integers(0, count - 1))
    after, done = fed(choice, RECT, click(choice.cells(RECT)[wanted].center))
    assert after.value == wanted
    assert done == ([Action("c", "change", wanted)] if wanted != choice.value else [])


@given(st.lists(st.sampled_from([pygame.K_LEFT, pygame.K_RIGHT]), max_size=9))
def test_arrows_walk_a_choice_and_stop_at_its_ends(codes):
    choice, place = Choice(name="c", options=("a", "b", "c"), focused=True), 0
    for code in codes:
        place = min(2, max(0, place + (1 if code == pygame.K_RIGHT else -1)))
    assert fed(choice, RECT, map(key, codes))[0].value == place


def test_cells_tile_the_choice():
    choice = Choice(name="c", options=("a", "b", "c"))
    cells = choice.cells(pygame.Rect(3, 5, 200, 30))
    assert (cells[0].left, cells[-1].right) == (3, 203)
    assert all(a.right == b.left for a, b in pairwise(cells))


def test_a_choice_that_is_none_of_its_options_is_refused():
    with pytest.raises(ValueError, match="there are 2 options"):
        Choice(name="c", options=("a", "b"), value=2)


def test_a_shut_tab_does_not_open():
    tabs = Tabs(name="t", options=("Map", "Debrief"), shut=frozenset({1}), focused=True)
    assert fed(tabs, RECT, [key(pygame.K_RIGHT)]) == (tabs, [])
    assert fed(tabs, RECT, click(tabs.cells(RECT)[1].center))[1] == []


# Amounts

SLIDERS = st.builds(
    lambda low, span, step: Slider(name="s", low=low, high=low + span, step=step, value=low),
    st.floats(-1e6, 1e6),
    st.floats(1, 1e6),
    st.floats(0.01, 1e4),
)


@given(SLIDERS, st.integers(-100, 600))
def test_a_slider_stays_on_its_steps_and_in_its_scale(slider, x):
    after, _ = fed(slider, RECT, [down(RECT.center), moved((x, 220)), up((x, 220))])
    assert slider.low <= after.value <= slider.high
    steps = (after.value - slider.low) / slider.step
    assert steps == pytest.approx(round(steps), abs=1e-3) or after.value == slider.high


@given(st.floats(0, 100))
def test_a_slider_comes_to_the_pointer(value):
    slider = Slider(name="s", value=0)
    x = slider.track(RECT).left + slider.share(value) * slider.track(RECT).width
    after, _ = slider.at(x, RECT)
    assert after.value == pytest.approx(value, abs=0.51)


def test_arrows_change_a_value_by_one_and_with_shift_by_ten():
    slider = Slider(name="s", value=50, focused=True)
    assert fed(slider, RECT, [key(pygame.K_RIGHT)])[0].value == 51
    assert fed(slider, RECT, [key(pygame.K_LEFT, pygame.KMOD_SHIFT)])[0].value == 40
    assert fed(slider, RECT, [key(pygame.K_END)])[0].value == 100
    assert fed(slider, RECT, [key(pygame.K_HOME), key(pygame.K_LEFT)])[0].value == 0


def test_the_end_of_a_scale_that_steps_miss_can_be_reached():
    slider = Slider(name="s", low=0, high=10, step=4, focused=True)
    assert fed(slider, RECT, [key(pygame.K_RIGHT)] * 3)[0].value == 10


def test_a_draft_knows_whether_it_changed():
    assert not Slider(name="s", value=5, was=5).is_changed
    assert Slider(name="s", value=6, was=5).is_changed
    assert not Choice(name="c", options=("a", "b")).is_changed


def test_a_stepper_steps_by_its_ends():
    stepper = Stepper(name="n", value=5, high=6)
    minus, number, plus = stepper.parts(RECT)
    assert fed(stepper, RECT, click(plus.center))[0].value == 6
    assert fed(stepper, RECT, click(plus.center) * 3)[0].value == 6
    assert fed(stepper, RECT, click(minus.center))[0].value == 4
    assert fed(stepper, RECT, click(number.center))[1] == []
    assert min(*minus.size, *plus.size) >= TARGET


def test_a_scale_without_steps_is_refused():
    with pytest.raises(ValueError, match="has no steps"):
        Slider(name="s", low=3, high=3)


# Toggle, list, field


def test_a_pill_turns_by_key_and_click():
    pill = Toggle(name="p", focused=True)
    assert fed(pill, RECT, [key(pygame.K_SPACE)])[0].on
    assert not fed(pill, RECT, click(RECT.center) * 2)[0].on


@given(st.integers(0, 30), st.lists(st.sampled_from(KEYS), max_size=20))
def test_the_chosen_row_of_a_list_is_always_in_sight(count, codes):
    rect = pygame.Rect(0, 0, 200, 120)
    listing = Listing(name="l", items=tuple(Item(str(i)) for i in range(count)), row=28, focused=True)
    after, _ = fed(listing, rect, map(key, codes))
    if count:
        assert 0 <= after.chosen < count
        assert after.offset <= after.chosen < after.offset + after.shown(rect)


def test_a_click_chooses_a_row_and_a_second_opens_it():
    listing = Listing(name="l", items=tuple(Item(str(i)) for i in range(9)), row=28)
    rect = pygame.Rect(0, 0, 200, 90)
    after, done = fed(listing, rect, [*click((20, 40)), *click((20, 40))])
    assert after.chosen == 1
    assert [action.kind for action in done] == ["change", "open"]


def test_the_wheel_scrolls_a_list_to_its_end_and_no_further():
    listing = Listing(name="l", items=tuple(Item(str(i)) for i in range(9)), row=28, hover=True)
    wheel = pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-50)
    assert fed(listing, pygame.Rect(0, 0, 200, 90), [wheel])[0].offset == 6


@given(st.lists(st.one_of(st.text("abc漢 ", max_size=3).map(typed), st.sampled_from(KEYS).map(key)), max_size=20))
def test_the_caret_stays_in_the_text(events):
    field, _ = fed(Field(name="f", focused=True), RECT, events)
    assert 0 <= field.caret <= len(field.text)


def test_a_field_is_written_in_and_corrected():
    events = [typed("smug"), key(pygame.K_LEFT), typed("g"), key(pygame.K_BACKSPACE), key(pygame.K_END), typed("gle")]
    field, done = fed(Field(name="f", focused=True), RECT, events)
    assert field.text == "smuggle"
    assert done[-1] == Action("f", "change", "smuggle")
    assert fed(field, RECT, [key(pygame.K_RETURN)])[1] == [Action("f", "confirm", "smuggle")]
    assert fed(field, RECT, [key(pygame.K_ESCAPE)])[0].text == ""


# Form


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
