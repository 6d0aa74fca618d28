"""Controls: what each does with the pointer and the keyboard."""

from dataclasses import replace
from itertools import pairwise

import pygame
import pytest
from controls import every
from desktop_events import click, down, fed, key, moved, typed, up
from hypothesis import given
from hypothesis import strategies as st

from desktop.kit import (
    Action,
    Button,
    Choice,
    Field,
    Item,
    Listing,
    Slider,
    Stepper,
    Tabs,
    Toggle,
)
from desktop.theme import TARGET

RECT = pygame.Rect(100, 200, 240, 40)
KEYS = [pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_HOME, pygame.K_END, pygame.K_RETURN]
KEYS += [pygame.K_SPACE, pygame.K_BACKSPACE, pygame.K_DELETE, pygame.K_PAGEDOWN, pygame.K_PAGEUP]


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
