"""The debrief screen tells what play found: the same score, difference, turning points and counterfactuals."""

import threading
from dataclasses import replace
from itertools import cycle

import numpy as np
import pygame
import pytest

from desktop import ending as endings
from desktop.app import App
from desktop.ending import (
    another_world,
    ending_of,
    months,
    off_words,
    report,
    sentence,
    taken_up,
    within,
)
from desktop.gallery.seen import SIGHTS, oklab, seen
from desktop.screens.debrief import VIEWS, DebriefScreen
from desktop.screens.debrief_pictures import story
from desktop.screens.debrief_race import gap_words, line_at, places, spots
from desktop.screens.debrief_side import blocks_of, fitting, noted, own_finding, score_lines, voice
from desktop.screens.debrief_views import LOOKS, MARKS, draw_bar
from desktop.settings import Settings
from desktop.table import Table
from desktop.theme import COLOURS, SMALLEST_TEXT
from play.debrief.page import headline
from play.forecasts import Forecast
from play.keep import saved
from play.model import Chokepoint
from play.past import past_of
from play.quantities import quantity
from play.record import EVERYTHING
from play.save import SaveError
from play.score import score_of
from play.turning import effects_held
from tests.support.desktop_events import click, key
from tests.support.longest_orders import longest_orders
from world.scenario import read

LUCKS = 2
SIZES = [(1600, 900, 1.0), (1280, 720, 1.0), (1024, 640, 1.0), (1600, 900, 1.5), (1600, 900, 2.0)]


def played(scenario, seat, orders, seed):
    """A table whose game is over: a person gave some orders, each before a turn."""
    found = read(scenario)
    model = Chokepoint(found, seeds=seed, players={seat: "human"}, keep=EVERYTHING)
    table = Table(model, (seat,), found)
    while model.running:
        for kind, picks, amounts in orders.get(table.turn, ()):
            table.sitting.order(table.sitting.book.read(seat, kind, picks, amounts))
        table.hand_in()
        model.step()
    return table


@pytest.fixture(scope="module")
def over():
    orders = {0: [("cap_exports", ["cn"], {"ceiling": 20000})], 2: [("control_cloud", [], {"strictness": 1})]}
    return played("november-2025", "washington", orders, 7)


@pytest.fixture(scope="module")
def ended(over):
    return ending_of(over.model, "washington", LUCKS)


@pytest.fixture(scope="module")
def told(ended):
    """What play tells of the game."""
    return ended.told


@pytest.fixture
def table(over, ended, monkeypatch, tmp_path):
    """The finished game at a fresh table, its ending worked out once; saves go to a folder of the test."""
    monkeypatch.setattr("desktop.screens.debrief.ending_of", lambda model, seat, done: ended)
    monkeypatch.setattr("desktop.saves.folder", lambda: tmp_path / "saves")
    table = Table(over.model, over.people, over.scenario)
    yield table
    table.close()


def ready(table, pen, folder=None):
    """A screen with its ending."""
    screen = DebriefScreen(table, folder)
    screen.update(0.0, pen)
    assert screen.answer().value
    screen.update(0.0, pen)
    screen.draw(pygame.Surface((pen.scale.width, pen.scale.height)), pen)
    return screen


def written(screen, pen):
    """Every text that a screen draws anew."""
    texts = []
    pen.pictures.clear()
    pen.type.witness = lambda text, size, box, most: texts.append((text, size, box.copy(), most))
    screen.draw(pygame.Surface((pen.scale.width, pen.scale.height)), pen)
    pen.type.witness = None
    return texts


def test_the_figures_are_those_of_play(over, told, ended):
    ending, score = ended, score_of(saved(over.model), "washington")
    assert ending.score == score.points
    assert ending.difference == pytest.approx(score.difference)
    assert ending.standard == pytest.approx(score.standard_points)
    assert ending.told.seat.judged.percentile == score.percentile
    assert ending.band == score.band
    assert ending.headline == headline(told)
    assert {(p.turn, p.seat, p.held, p.anew, p.low, p.high) for p in ending.points} == {
        (order.turn, order.seat, one.held, one.anew, one.low, one.high) for order, one in told.turning
    }
    assert [point.turn for point in ending.points] == sorted(point.turn for point in ending.points)
    assert {*ending.own, *ending.others} <= set(told.otherwise)
    assert [one.seat for one in ending.own] == ["washington"] * len(ending.own)


def test_turning_points_do_what_leaving_out_their_order_does(over, told):
    past = past_of(saved(over.model))
    held = effects_held(past, quantity(past.cast, "lead"), [one.order for _, one in told.turning])
    assert told.turning
    assert all(held[one.order] == pytest.approx(one.held) for _, one in told.turning)


def test_the_screen_writes_score_difference_and_verdict(table, pen):
    screen = ready(table, pen)
    ending, texts = screen.ending(), [text for text, *_ in written(screen, pen)]
    assert ending.headline in texts
    assert f"{ending.score:.1f}" in texts
    assert any(f"{ending.standard:.1f}" in text for text in texts)
    assert all(line in texts for line in score_lines(ending, pen))
    for point in ending.points:
        assert any(point.title in text and months(abs(point.held)) in text for text in texts)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", range(len(VIEWS)))
def test_nothing_is_small_cut_or_outside_the_window(table, pen_for, size, view):
    pen = pen_for(*size)
    screen = ready(table, pen)
    screen.view = view
    screen.relaid()
    texts = written(screen, pen)
    window = pygame.Rect(0, 0, *size[:2]).inflate(4, 4)
    assert len(texts) > 20
    for text, points, box, most in texts:
        assert points >= SMALLEST_TEXT, text
        assert most is None or box.width <= most + 1, text
        assert window.contains(box), text


@pytest.fixture(scope="module")
def longest(over, ended):
    """Endings that tell of one order each, told as long as any order can be, as all that moved score and lead."""
    titles = [seat.title for seat in over.model.cast.seats]
    who = max(titles, key=len)
    endings = []
    for order in longest_orders(over.model):
        row = replace(ended.own[0], short=order.title, changes=order.changes, called=who)
        sure = replace(row.own, held=-12.3, low=-14.5, high=-10.5)
        points = [
            replace(
                point, title=order.title, says=order.says, who=who, held=-12.3, anew=-12.3, low=-14.5, high=high * 10.5
            )
            for point, high in zip(ended.points, cycle((-1, 1)))
        ]
        own = (replace(row, own=sure),) * 4
        others = tuple(replace(one, seat="beijing") for one in own[:2])
        endings.append(replace(ended, points=tuple(points), own=own, others=others))
    return endings


def whole(words, texts):
    """Whether a text was written, on one line or on lines that follow one another."""
    return words in " ".join(texts)


@pytest.mark.parametrize("size", [*SIZES, (3840, 2160, 1.0)])
def test_the_longest_orders_are_told_whole_at_every_size(table, longest, pen_for, monkeypatch, size):
    pen = pen_for(*size)
    for ending in longest:
        monkeypatch.setattr("desktop.screens.debrief.ending_of", lambda model, seat, done, ending=ending: ending)
        table.answers.clear()
        screen = ready(table, pen)
        (row, *_) = ending.own
        for at, point in enumerate(ending.points[:2]):
            screen.look_at(at)
            found = written(screen, pen)
            texts = [text for text, *_ in found]
            assert not [text for text in texts if text.endswith("…")]
            assert whole(f"{point.title}: {point.says}", texts)
            assert whole(own_finding(ending, pen), texts)
            if size[2] < 2:  # at twice the size no row has room
                assert whole(row.short, texts)
                assert whole(f"{row.since}: {sentence(row.changes).split('; ')[0]}", texts)
            window = pygame.Rect(0, 0, *size[:2]).inflate(4, 4)
            assert not [text for text, _, box, _ in found if not window.contains(box)]


def test_while_it_is_worked_out_the_screen_says_so_and_draws_without_it(table, ended, pen, monkeypatch):
    go, begun, threads = threading.Event(), threading.Event(), []

    def slow(model, seat, done):
        threads.append(threading.current_thread().name)
        done(0.35)
        begun.set()
        go.wait(20)
        return ended

    monkeypatch.setattr("desktop.screens.debrief.ending_of", slow)
    screen = DebriefScreen(table)
    screen.update(0.0, pen)
    assert begun.wait(20)
    texts = [text for text, *_ in written(screen, pen)]
    assert pen.words("debrief.working") in texts
    assert pen.words("debrief.share_done", share="35") in texts
    assert not any("of 100 points" in text for text in texts)
    go.set()
    assert screen.answer().value
    assert threads[0].startswith("table")
    assert len(threads) == 1


def test_drawing_works_nothing_out_and_asks_for_nothing(table, pen, monkeypatch):
    screen = ready(table, pen)

    def forbidden(*args, **kwargs):
        raise AssertionError("drawing must not work anything out")

    for place in ("desktop.ending.debriefed", "desktop.ending.saved", "desktop.ending.page", "webbrowser.open"):
        monkeypatch.setattr(place, forbidden)
    monkeypatch.setattr(table.worker, "submit", forbidden)
    surface = pygame.Surface((1600, 900))
    for view in range(len(VIEWS)):
        screen.view = view
        screen.relaid()
        screen.draw(surface, pen)
    kept = len(pen.pictures)
    screen.draw(surface, pen)
    assert len(pen.pictures) == kept


def test_tab_and_arrows_walk_the_turning_points_and_show_what_each_did(table, pen):
    screen = ready(table, pen)
    points = screen.points
    assert len(points) > 1
    first = screen.chosen
    screen.handle(key(pygame.K_RIGHT), pen)
    assert screen.chosen == (first + 1) % len(points)
    seen_by_tab = set()
    for _ in range(len(screen.form.order)):
        screen.handle(key(pygame.K_TAB), pen)
        if (screen.form.focus or "").startswith("point:"):
            point = screen.point()
            assert f"point:{point.number}" == screen.form.focus
            seen_by_tab.add(point.number)
            texts = [text for text, *_ in written(screen, pen)]
            assert any(point.says in text for text in texts)
            assert screen.quarter() == point.when
    assert seen_by_tab == {point.number for point in points}


def test_a_click_on_a_number_chooses_it(table, pen):
    screen = ready(table, pen)
    at = spots(screen.race_area(pen), screen.ending(), pen)
    for number, place in at.items():
        for event in click(place):
            screen.handle(event, pen)
        assert screen.point().number == number


def test_numbers_do_not_lie_on_each_other(table, pen_for):
    for size in SIZES:
        pen = pen_for(*size)
        boxes = [rect for name, rect in ready(table, pen).form.rects.items() if name.startswith("point:")]
        assert all(a is b or not a.colliderect(b) for a in boxes for b in boxes)


def test_every_control_is_reached_by_keys(table, pen):
    screen = ready(table, pen)
    for name in ("view", "from", "again", "another", "report"):
        assert name in screen.form.order


def test_playing_again_keeps_the_world_up_to_the_quarter_and_is_not_ranked(table, over):
    branch = taken_up(table, 4)
    assert (branch.turn, branch.people, branch.is_over) == (3, over.people, False)
    assert not branch.model.is_ranked
    before, after = saved(over.model), saved(branch.model)
    assert after.seed == before.seed
    assert all((a.wanted == b.wanted).all() for a, b in zip(before.quarters, after.quarters, strict=False))
    branch.hand_in()
    assert branch.resolve().value == 4
    assert (over.turn, branch.autosave) != (4, table.autosave)
    branch.close()


def test_a_quarter_that_was_not_played_cannot_be_taken_up(table):
    for turn in (0, 13):
        with pytest.raises(SaveError, match="choose one from 1 to 12"):
            taken_up(table, turn)


def test_another_world_opens_the_same_seat_with_the_next_seed(table):
    other = another_world(table)
    assert saved(other.model).seed == saved(table.model).seed + 1
    assert (other.turn, other.people) == (0, table.people)
    assert other.model.is_ranked
    other.close()


def test_what_was_ordered_in_the_quarter_waits_to_be_changed(table, ended):
    branch = taken_up(table, 3)
    orders = ended.moved_in(3)
    assert orders == ("Cloud ban for Chinese labs",)
    assert len(branch.sitting.draft) == len(orders)
    assert not taken_up(table, 2).sitting.draft
    branch.close()


def test_the_quarter_of_the_own_order_that_counts_most_is_offered(table, pen):
    screen = ready(table, pen)
    best = screen.ending().decisive or screen.ending().own[0]
    assert screen.turn_chosen() == best.turn


def test_own_orders_come_before_luck_and_others(ended, pen):
    first, *rest = fitting(blocks_of(ended, pen), 10_000, 228, pen)
    assert [row.name for row in first.rows] == [row.short for row in ended.own[: len(first.rows)]]
    assert [block.heading for block in rest][:1] == [pen.words("debrief.fate")]
    assert fitting(blocks_of(ended, pen), 0, 228, pen) == []


def test_the_finding_names_an_own_order_only_where_it_holds_under_other_luck(ended, pen):
    by_luck = tuple(replace(row, own=replace(row.own, low=-9.0, high=9.0)) for row in ended.own)
    sure = tuple(replace(row, own=replace(row.own, held=-2.0, low=-3.0, high=-1.0)) for row in ended.own)
    assert own_finding(replace(ended, own=by_luck), pen) == "None of your orders did more to the score than luck"
    assert own_finding(replace(ended, own=sure), pen) == f"“{sure[0].short}” brought you 2.0 points"
    assert own_finding(replace(ended, own=()), pen) == "You gave no order that stood"


def test_what_a_seat_reads_off_its_own_books_is_no_estimate(ended):
    names = {asked.name for asked in ended.told.disputed}
    blind = replace(ended.told, known=frozenset(names))
    assert endings.furthest_off(blind) is None
    assert within(blind) == (0, 0)
    assert within(ended.told)[1] == 12 * len(names - ended.told.known)


def test_the_words_of_the_lead_lie_on_neither_line(table, pen_for):
    for width, height, interface in SIZES[:3]:
        pen = pen_for(width, height, interface)
        screen = ready(table, pen)
        race, where = screen.ending().told.race, places(screen.race_area(pen), screen.ending().told.race, pen)
        _, box = gap_words(where, race, pen)
        for bloc in race.best:
            for x in (box.left, box.centerx, box.right - 1):
                assert not box.top < line_at(where, race, bloc, x) < box.bottom


def test_the_story_says_whether_one_order_decided_the_lead_and_who_played(ended, pen):
    by_luck = tuple(replace(point, low=-9.0, high=9.0) for point in ended.points)
    sure = tuple(replace(point, held=2.0, low=1.0, high=3.0) for point in ended.points)
    assert pen.words("debrief.no_decision") in story(replace(ended, points=by_luck), pen)
    assert f"The lead turned on “{sure[0].title}”" in story(replace(ended, points=sure), pen)
    assert pen.words("debrief.no_points") in story(replace(ended, points=()), pen)
    seat = replace(ended.told.seat, left_after="Q1 2027")
    told = story(replace(ended, told=replace(ended.told, seat=seat)), pen)
    assert told.endswith("Programs played your seat after Q1 2027.")


def test_a_seat_that_programs_played_is_not_called_you(ended, pen):
    watched = replace(ended, told=replace(ended.told, seat=replace(ended.told.seat, is_person=False)))
    assert voice(watched, pen) == {"whose": "Washington’s", "who": "Washington"}


def test_the_button_takes_up_the_quarter_of_the_chosen_point(table, pen):
    screen = ready(table, pen)
    screen.look_at(len(screen.points) - 1)
    turn = screen.point().turn
    screen.form = screen.form.focused("again")
    (move,) = screen.handle(key(pygame.K_RETURN), pen)
    assert move.screen.table.turn == turn - 1
    move.screen.table.close()


def test_two_people_look_at_the_end_each_from_their_own_seat(over, ended, pen, monkeypatch):
    asked = []
    monkeypatch.setattr("desktop.screens.debrief.ending_of", lambda model, seat, done: asked.append(seat) or ended)
    table = Table(over.model, ("washington", "beijing"), over.scenario)
    screen = ready(table, pen)
    screen.form = screen.form.focused("whose")
    screen.handle(key(pygame.K_RIGHT), pen)
    assert table.seat == "beijing"
    screen.update(0.0, pen)
    assert screen.answer().value
    screen.handle(key(pygame.K_LEFT), pen)
    assert screen.ending() is ended
    assert asked == ["washington", "beijing"]
    table.close()


def test_the_report_is_written_and_opened_or_its_place_is_said(table, pen, tmp_path, monkeypatch):
    monkeypatch.setattr(table, "forecasts", (Forecast(table.seat, "smuggled", 1, 3, 1e4, 3e4, 9e4),))
    for opens in (True, False):
        asked = []
        monkeypatch.setattr(
            endings.webbrowser, "open", lambda url, opens=opens, asked=asked: asked.append(url) or opens
        )
        screen = ready(table, pen, tmp_path)
        screen.form = screen.form.focused("report")
        screen.handle(key(pygame.K_RETURN), pen)
        path, _ = screen.writing.value
        said = [move.text for move in screen.update(0.0, pen)]
        assert path.read_text("utf-8").startswith("<!doctype html>".upper()) or "<html" in path.read_text("utf-8")
        assert "had forecast</h3>" in path.read_text("utf-8")
        assert asked == [path.as_uri()]
        assert any(str(path) in text for text in said)
        assert any("no browser" in text for text in said) is not opens


def test_a_report_that_cannot_be_written_is_a_sentence(told, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(SaveError, match="cannot be written"):
        report(told, tmp_path / "file")


def test_an_outdated_game_is_told_as_a_sentence(over, pen, monkeypatch):
    table = Table(over.model, over.people, over.scenario)  # and nothing is worked out beforehand
    monkeypatch.setattr(table.model, "story", replace(over.model.story, rules_version=0))
    screen = DebriefScreen(table)
    screen.update(0.0, pen)
    screen.answer().work.exception()
    screen.update(0.0, pen)
    texts = " ".join(text for text, *_ in written(screen, pen))
    assert pen.words("debrief.cannot") in texts
    assert "rules 0" in texts
    table.close()


def test_how_far_estimates_were_off_is_told_in_shares_or_times(told):
    assert off_words(0.8) == ("low", "20\u00a0%")
    assert off_words(1.25) == ("high", "25\u00a0%")
    assert off_words(4.0) == ("high_times", "4")
    assert off_words(0.25) == ("low_times", "4")
    inside, of = within(told)
    assert of == sum(len(asked.truth) - 1 for asked in told.disputed if asked.name not in told.known)
    assert 0 <= inside <= of


def test_channels_and_sides_stay_apart_for_every_eye():
    groups = [list(LOOKS.values()), ["us", "cn"], ["ivory", "us"], ["ivory", "cn"]]
    for sight in SIGHTS[:-1]:
        for group in groups:
            colours = [oklab(seen(COLOURS[colour], sight)) for colour in group]
            apart = [float(np.linalg.norm(a - b)) for n, a in enumerate(colours) for b in colours[:n]]
            assert min(apart) > 10, (sight, group)


def test_without_any_colour_channels_differ_in_mark_and_in_pattern(pen):
    assert len(set(MARKS.values())) == len(MARKS)
    pictures = []
    for name in LOOKS:
        surface = pygame.Surface((40, 60))
        draw_bar(surface, surface.get_rect(), name, pen)
        red, green, blue = (surface.get_at((20, 30))[n] for n in range(3))
        grey = pygame.surfarray.array3d(surface) @ np.array([0.2126, 0.7152, 0.0722])
        assert (red, green, blue) != (0, 0, 0)
        pictures.append((name, grey - grey.mean()))
    patterned = {name for name, grey in pictures if np.abs(grey).max() > 20}
    assert patterned == {"smuggled", "rented"}
    full = [oklab(seen(COLOURS[LOOKS[name]], "grey"))[0] for name in ("domestic", "licensed")]
    assert abs(float(full[0] - full[1])) > 10


def test_the_window_shows_the_debrief(table, display):
    app = App(DebriefScreen(table), Settings())
    app.frame([], 0.016)
    assert app.screen.answer().value
    app.frame([], 0.016)
    assert app.screen.ending() is not None
    app.frame([key(pygame.K_TAB)], 0.016)


def test_a_note_that_is_too_wide_keeps_whole_parts_and_says_that_there_are_more(pen):
    note = "Q2 2026: 4,800 TPP → 17,600 TPP; highest density 5 → 9; and back"
    assert noted(note, 10_000, pen) == note
    assert (
        noted(note, pen.width(note, "note") - 1, pen) == "Q2 2026: 4,800 TPP → 17,600 TPP; highest density 5 → 9; more"
    )
    assert noted(note, 1, pen) == "Q2 2026: 4,800 TPP → 17,600 TPP; more"
    assert noted("Q2 2026", 1, pen) == "Q2 2026"
