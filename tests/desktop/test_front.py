"""Starts, seats, levels, saves and options: what stands before and beside a game."""

import os
import subprocess
import sys
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pygame
import pytest
from desktop_events import key, moved
from desktop_person import Person

from desktop import saves, tables
from desktop.app import App
from desktop.screens.knowing import EXACT, THINGS, known
from desktop.screens.log import LogScreen
from desktop.screens.menu import MenuScreen
from desktop.screens.options import OptionsScreen
from desktop.screens.portrait import kind_of, sets_of, wants_of
from desktop.screens.rivals import RivalsScreen
from desktop.screens.saves import SavesScreen
from desktop.screens.seats import SeatScreen
from desktop.screens.sources import SourcesScreen
from desktop.screens.taking import TakingScreen
from desktop.screens.title import TitleScreen
from desktop.settings import Settings
from desktop.starts import starts
from desktop.table import Answer
from play.drafts import order_in
from play.model import Chokepoint
from play.order_words import title_of
from play.record import EVERYTHING
from play.save import SaveError
from play.script import read_script, script_file
from play.story import story_of
from play.words import read as read_words
from world.orders import OrderRefused
from world.scenario import names, read
from world.turn import layout_of

ROOT = Path(__file__).resolve().parents[2]
NOVEMBER = read("november-2025")


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setattr(saves, "folder", lambda: tmp_path / "saves")


@pytest.fixture
def table(own_folders):
    table = tables.begun(NOVEMBER, ("washington",), {}, 7)
    yield table
    table.close()


def shown(screen, width=1600, height=900, interface=1.0):
    """A person before a screen, and every text that is drawn: (text, size, box, most)."""
    person = Person(App(screen, Settings(width=width, height=height, interface=interface)))
    texts = []
    person.app.pen.pictures.clear()  # so that what is kept as a picture is written again
    person.app.type.witness = lambda *told: texts.append(told)
    person.frame()
    person.app.type.witness = None
    return person, texts


def test_the_title_says_of_every_scenario_what_its_file_says():
    assert {one.name for one in starts()} == set(names())
    for one in starts():
        scenario = read(one.name)
        assert (one.title, one.summary, one.length) == (scenario.title, scenario.summary, scenario.length)
        assert one.quarter == story_of(scenario).quarter(0)


def test_what_a_seat_is_said_to_see_exactly_it_does():
    assert known(NOVEMBER, "smic")["yield"] == EXACT
    assert known(NOVEMBER, "washington")["yield"] == "range"
    assert known(NOVEMBER, "nvidia")["orders"] == EXACT
    assert known(NOVEMBER, "beijing")["orders"] == "hidden"
    assert {thing.name for thing in THINGS} == set(known(NOVEMBER, "deepseek"))


def test_all_seats_are_found_by_name_kind_and_side(display):
    person, _ = shown(SeatScreen(NOVEMBER))
    assert len(person.screen.board.seats) == len(NOVEMBER.cast.seats)
    assert tuple(seat.name for seat in person.screen.board.seats[:7]) == NOVEMBER.cast.recommended
    person.press("f")
    person.write("china lab")
    assert {seat.role for seat in person.screen.board.seats} == {"lab"}
    assert {seat.bloc for seat in person.screen.board.seats} == {"cn"}
    person.press("\n", "\n")
    assert person.table.seat == "deepseek"
    person.app.leave_tables()


@pytest.mark.parametrize("size", [(1600, 900, 1.0), (1600, 900, 1.5), (1280, 720, 2.0), (1024, 640, 2.0)])
def test_everything_a_seat_can_see_comes_into_sight_by_scrolling(display, size):
    person, texts = shown(SeatScreen(NOVEMBER), *size)
    person.app.type.witness = lambda *told: texts.append(told)
    for _ in range(person.screen.board.steps):
        person.press(pygame.K_DOWN)
    person.app.type.witness = None
    words = person.app.words
    said = {text for text, *_ in texts}
    assert {words(f"seats.{thing.name}") for thing in THINGS} <= said
    assert {"Export threshold", "Lead over China"} <= said
    assert person.screen.board.scrolled == person.screen.board.steps


def test_the_wheel_and_two_buttons_reach_what_lies_off_the_board(display):
    person, _ = shown(SeatScreen(NOVEMBER), 1280, 720, 2.0)
    board = person.screen.form.rects["board"]
    person.frame(moved(board.center))
    person.frame(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-1))
    assert person.screen.board.scrolled == 1
    columns = person.screen.board.columns
    person.click("later")
    assert person.screen.board.chosen == columns
    person.click("earlier")
    assert person.screen.board.chosen == 0


def test_every_objective_of_every_seat_has_words_and_its_share():
    words = read_words()
    for name in names():
        cast = read(name).cast
        for seat in cast.seats:
            told = wants_of(cast, seat, words)
            assert sum(share for _, share in told) == pytest.approx(1.0)
            assert all(text and "_" not in text for text, _ in told)


def test_orders_have_the_same_names_at_the_picker_as_on_the_orders_screen():
    words = read_words()
    for seat in NOVEMBER.cast.seats:
        for place in layout_of(NOVEMBER.cast).places.values():
            if place.kind.issuer == seat.role:
                assert title_of(place.kind.name, words) in sets_of(NOVEMBER.cast, seat.role, words)


def test_a_rival_keeps_the_doctrine_that_the_person_chose(display):
    person, _ = shown(SeatScreen(NOVEMBER))
    person.press("d", "right", "\x1b")
    assert list(person.screen.changed) == ["beijing"]
    chosen = person.screen.changed["beijing"]
    person.press("\n")
    assert person.table.model.seating()["beijing"] == chosen != "standard"
    person.app.leave_tables()


@pytest.mark.parametrize("seed", ["", "-1", "1.5", "seven", str(2**64)])
def test_a_seed_that_is_none_is_a_sentence(display, seed):
    person, _ = shown(SeatScreen(NOVEMBER))
    field = person.screen.form["seed"]
    person.screen.form = person.screen.form.with_control(type(field)(name="seed", text=seed, icon=""))
    person.press("\n")
    assert person.screen.title == "Seats"
    assert f"the seed is '{seed}'" in person.said


def test_the_seed_is_the_games(display):
    person, _ = shown(SeatScreen(NOVEMBER))
    person.click("seed")
    person.frame(key(pygame.K_END))
    person.write("23")
    person.press("\n")
    assert person.table.model.world.seed[0] == 123
    person.app.leave_tables()


def test_options_take_hold_at_once(display):
    person, _ = shown(OptionsScreen())
    person.click("reduced_motion")
    assert person.app.settings.reduced_motion
    assert person.app.pen.still
    assert person.screen.form["reduced_motion"].on
    person.click("asks_before_end")
    assert not person.app.settings.asks_before_end


def test_a_quarter_ends_unasked_where_the_person_wants_no_question(display, table):
    from desktop.screens.opening import opened

    person = Person(App(opened("map", table), Settings(asks_before_end=False)))
    person.press(" ")
    person.wait()
    assert table.turn == 1


def test_a_save_that_cannot_be_written_is_a_sentence_and_the_game_goes_on(table, tmp_path):
    table.autosave = tmp_path / "no such folder" / "auto-x.json.gz"
    table.hand_in()
    table.resolve().work.result()
    assert table.turn == 1
    assert "cannot be written" in table.said[0]


@pytest.mark.parametrize("name", ["", "  ", "...", "auto-mine"])
def test_a_save_without_a_name_is_refused(name):
    with pytest.raises(SaveError, match="cannot be the name of a save"):
        saves.free_path(name)


def test_a_name_stays_inside_the_folder_of_saves():
    assert saves.free_path("../../etc/passwd").parent == saves.folder()


def test_old_games_that_kept_themselves_make_room(tmp_path):
    for _ in range(saves.MOST_AUTOS + 5):
        saves.auto_path("x").write_bytes(b"")
    assert len(list(saves.folder().glob("auto-*"))) == saves.MOST_AUTOS


def test_a_draft_beside_a_save_that_makes_no_sense_is_left_out(table):
    for text in ("", "[]", '{"turn": 0, "drafts": {"washington": [{"x": 1}]}}', '{"turn": 9, "drafts": {}}'):
        saves.draft_path(table.autosave).write_text(text, encoding="utf-8")
        tables.restore(table, table.autosave)
        assert table.drafts == {}


def test_looking_from_a_second_seat_costs_the_rank(own_folders):
    table = tables.begun(NOVEMBER, (), {}, 3, "beijing")
    table.look_from("beijing")
    assert table.seen()["is_ranked"]
    table.look_from("smic")
    assert table.seat == "smic"
    assert not table.seen()["is_ranked"]
    table.close()


SCREENS = {
    "title": lambda _: TitleScreen(),
    "seats": lambda _: SeatScreen(NOVEMBER),
    "people": lambda _: SeatScreen(NOVEMBER, "people"),
    "rivals": lambda _: RivalsScreen(ready(SeatScreen(NOVEMBER))),
    "options": lambda _: OptionsScreen(),
    "saves": lambda table: SavesScreen(table, is_saving=True),
    "menu": MenuScreen,
    "taking": TakingScreen,
    "log": LogScreen,
    "sources": lambda table: SourcesScreen(table, "smuggled"),
}
SIZES = [(1600, 900, 1.0), (1024, 640, 1.0), (1600, 900, 1.5), (1280, 720, 2.0)]


def test_the_menu_tells_the_state_of_the_game_and_what_is_drafted(table):
    table.sitting.adjust(order_in(table.model.cast, "washington.cap_exports bloc=cn ceiling=6000")[1])
    table.verdict().work.result()
    _, texts = shown(MenuScreen(table))
    said = " ".join(text for text, *_ in texts)
    points = table.seen()["quantities"]["objective"]["values"]["washington"]
    assert f"{points:.0f}" in said.split()
    assert "It will" in said
    assert "Drafted for Q1 2026" in said
    assert "Export threshold" in said
    assert "Kept by itself" in said
    washington = table.model.cast.seats[table.model.cast.at("seats", "washington")]
    assert all(want in said for want, _ in wants_of(table.model.cast, washington, read_words()))


def test_the_menu_waits_in_words_for_what_is_not_worked_out(table):
    table.answers["verdict"] = Answer((table.seat, table.turn), Future())
    _, texts = shown(MenuScreen(table))
    assert any("being worked out" in text for text, *_ in texts)


@pytest.mark.parametrize("size", [(1600, 900, 1.0), (1280, 720, 1.0), (1600, 900, 1.5)])
@pytest.mark.parametrize("seat", ["smic", "huawei", "seoul", "openai"])
def test_whoever_takes_a_seat_over_reads_who_it_is_and_what_it_can_see(own_folders, seat, size):
    table = tables.begun(NOVEMBER, (seat,), {}, 7)
    _, texts = shown(TakingScreen(table), *size)
    table.close()
    said = {text for text, *_ in texts}
    words, one = read_words(), NOVEMBER.cast.seats[NOVEMBER.cast.at("seats", seat)]
    assert {one.title, one.title_local, kind_of(one, words)} <= said | {""}
    assert {words(f"seats.{thing.name}") for thing in THINGS} <= said
    assert {words(f"seats.{kind}") for kind in known(NOVEMBER, seat).values()} <= said


def test_a_seat_whose_orders_a_script_gives_is_said_to_be_so_and_cannot_be_taken(own_folders):
    scenario = read("october-2022")
    script = read_script(script_file("history", scenario.name), scenario.cast, story_of(scenario), scenario.length)
    model = Chokepoint(scenario, seeds=7, players={"nvidia": "human"}, script=script, keep=EVERYTHING)
    table = tables.seated_at(model, ("nvidia",), scenario)
    screen = TakingScreen(table)
    person, _ = shown(screen)
    screen.form = screen.form.with_control(replace(screen.listing, chosen=scenario.cast.at("seats", "washington")))
    screen.relaid()
    screen.ready(person.app.pen)
    assert screen.form["take"].reason == "A script gives its orders up to Q4 2025."
    person.click("take")
    person.frame(key(pygame.K_RETURN))
    assert table.seat == "nvidia"
    with pytest.raises(OrderRefused, match="seat washington: the script"):
        table.take_over("washington")
    again = tables.branched(table, 0)
    assert again.model.script is not None
    for one in (table, again):
        one.close()


def test_whoever_sits_down_where_a_script_gave_orders_frees_the_seat_as_the_game_is_played_again(own_folders):
    scenario = read("october-2022")
    script = read_script(script_file("history", scenario.name), scenario.cast, story_of(scenario), scenario.length)
    model = Chokepoint(scenario, seeds=7, script=script, keep=EVERYTHING)
    table = tables.seated_at(model, (), scenario, "washington")
    again = tables.branched(table, 0)
    assert again.people == ("washington",)
    assert not again.scripted("washington")
    assert again.scripted("beijing") == script.until
    for one in (table, again):
        one.close()


def ready(screen):
    """A screen that was open once."""
    Person(App(screen, Settings()))
    return screen


@pytest.mark.parametrize("name", SCREENS)
def test_texts_are_large_enough_and_controls_lie_apart_and_are_reached_by_tab_in_every_window(display, table, name):
    for size in SIZES:
        person, texts = shown(SCREENS[name](table), *size)
        window = person.app.surface.get_rect()
        assert texts
        for text, points, box, _ in texts:
            assert points >= 12, (size, text)
            assert window.contains(box) or not text, (size, text, box)
        rects = person.screen.form.rects
        for one, rect in rects.items():
            assert window.contains(rect), (size, one)
            assert min(rect.size) >= 28, (size, one)
            assert not [other for other, box in rects.items() if other != one and box.colliderect(rect)], (size, one)
        stops = set()
        for _ in rects:
            person.screen.handle(key(pygame.K_TAB), person.app.pen)
            stops.add(person.screen.form.focus)
        assert stops == set(rects)


def test_without_a_display_a_sentence_says_what_to_run_instead(tmp_path):
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "XDG_RUNTIME_DIR")
    env = {k: v for k, v in os.environ.items() if k not in gone} | {"XDG_DATA_HOME": str(tmp_path)}
    env["XDG_CONFIG_HOME"] = str(tmp_path)
    if sys.platform != "linux":
        pytest.skip("only where a display may be missing")
    done = subprocess.run(
        [sys.executable, "main.py"], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "python main.py run november-2025" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("*.json.gz"))
