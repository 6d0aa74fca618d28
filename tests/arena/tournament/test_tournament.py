"""Tournaments: paired by seed, seats shared evenly, the same wherever they are played, whole files or none."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import main
from arena.jobs import Job, finished
from arena.places import Here
from arena.tournament.design import ALL, ALONE, MIXED, Plan, jobs_of, seatings, tables_of
from arena.tournament.entrants import Entrant, everybody, named, seats_of
from arena.tournament.playing import rows
from play.commands.doors import Refused
from play.shards import scenario_of

CAST = scenario_of("november-2025", ()).cast
SEATS = seats_of("washington,beijing", CAST)
SMALL = ["tournament", "tutorial", "--seats", "malaysia-route,gulf-route", "--games", "20", "--tries", "1"]
TWO = ["--entrant", "plain=standard", "--entrant", "hard=bold"]
BAD = ["tournament", "november-2025", "--seats", "washington,beijing", "--games", "20", "--tries", "1"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small tournament, written."""
    path = tmp_path_factory.mktemp("tournament") / "out"
    assert main.main([*SMALL, *TWO, "--out", str(path)]) == 0
    return path


def columns(path, *names):
    table = pq.read_table(path)
    return [table[name].to_numpy(zero_copy_only=False) for name in names]


@given(st.integers(2, 12))
def test_every_seat_is_held_equally_often_by_either_player(seats):
    ways = seatings(seats)
    held = np.array([[seat in way for way in ways] for seat in range(seats)])
    swapped = np.concatenate([held, ~held], axis=1)
    assert (swapped.sum(axis=1) == len(ways)).all()
    assert all(abs(int(count) - seats / 2) <= 0.5 for count in held.sum(axis=0))


def test_a_seat_that_no_doctrine_of_an_entrant_fits_is_played_by_standard():
    one = Entrant("tough", ("hawk", "self-reliance~admit_chips"))
    assert [one.on(seat) for seat in SEATS] == ["hawk", "self-reliance~admit_chips"]
    assert one.on(seats_of("nvidia", CAST)[0]) == "standard"
    assert not one.holds(seats_of("nvidia", CAST)[0])


def test_by_default_everybody_who_can_hold_a_seat_takes_part_on_the_recommended_seats():
    seats = seats_of(None, CAST)
    assert tuple(seat.name for seat in seats) == CAST.recommended
    assert {"still", "random", "standard", "hawk", "native", "quality"} <= {one.name for one in everybody(seats)}


def test_all_tables_share_their_seeds_and_swapped_ones_their_seats():
    plan = Plan("november-2025", SEATS, everybody(SEATS), games=40, tries=0)
    tables = tables_of(plan)
    jobs = list(jobs_of(plan, tables))
    assert [job.number for job in jobs] == list(range(len(jobs)))
    by_table = {table.number: [job.what for job in jobs if job.what.table == table] for table in tables}
    for table in tables:
        assert [seed for batch in by_table[table.number] for seed in batch.seeds] == [
            seed for batch in by_table[0] for seed in batch.seeds
        ]
    mixed = [table for table in tables if table.kind == MIXED]
    for once, again in list(pairwise(mixed))[::2]:
        for first, second in zip(by_table[once.number], by_table[again.number], strict=True):
            assert list(first.holders().values()) == list(second.holders().values())[::-1]


def test_players_differ_from_standard_on_the_seat_on_trial_only():
    plan = Plan("november-2025", SEATS, everybody(SEATS), games=20)
    for job in jobs_of(plan, tables_of(plan)):
        batch = job.what
        if batch.table.kind == ALONE:
            others = {seat: who for seat, who in batch.players().items() if seat != batch.table.seat}
            assert set(others.values()) == {"standard"}
        if batch.table.kind == ALL:
            assert set(batch.players().values()) == {"standard"}


def test_moves_and_points_of_a_batch_are_those_of_its_games_alone():
    plan = Plan("tutorial", SEATS, everybody(SEATS), games=20)
    table = next(one for one in tables_of(plan) if one.kind == MIXED)
    job = next(iter(jobs_of(plan, [table])))
    whole = rows(job).to_pylist()
    alone = rows(Job(0, replace(job.what, begins=7, ends=8))).to_pylist()
    assert alone == [whole[7]]


def test_files_hold_every_game_and_every_pair_with_a_dictionary(folder):
    told = json.loads((folder / "dictionary.json").read_text("utf-8"))
    for name in ("games", "pairs"):
        assert [one["column"] for one in told[name]] == pq.read_schema(folder / f"{name}.parquet").names
    findings = json.loads((folder / "tournament.json").read_text("utf-8"))["findings"]
    assert pq.read_metadata(folder / "games.parquet").num_rows == findings["played"]
    seat, first, game = columns(folder / "pairs.parquet", "seat", "first", "game")
    assert set(seat) == {"all", "malaysia-route", "gulf-route"}
    assert len(set(zip(seat, first, game, strict=True))) == len(seat)


def test_a_pair_is_the_difference_of_two_games_with_one_seed(folder):
    kind, game, points, player = columns(
        folder / "games.parquet", "kind", "game", "points.gulf-route", "player.gulf-route"
    )
    seat, second, gain = columns(folder / "pairs.parquet", "seat", "second", "gain")
    usual = points[(kind == ALL)][np.argsort(game[kind == ALL])]
    bold = (kind == ALONE) & (player == "bold")
    other = points[bold][np.argsort(game[bold])]
    assert gain[(seat == "gulf-route") & (second == "bold")] == pytest.approx(usual - other, abs=1e-4)


def test_the_page_needs_nothing_beside_it_and_names_every_player(folder):
    page = (folder / "report.html").read_text("utf-8")
    assert "plain" in page
    assert "hard" in page
    assert not re.search(r"""(src|href)\s*=\s*["']?(?!#)|@import|<script|url\(""", page)


def test_a_tournament_that_was_stopped_goes_on_to_the_same_files(folder, tmp_path, monkeypatch):
    class Stopping(Here):
        def results(self, work, jobs):
            for number, pair in enumerate(super().results(work, jobs)):
                if number == 5:
                    raise KeyboardInterrupt
                yield pair

    words, path = [*SMALL, *TWO, "--out", str(tmp_path / "out")], tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr("arena.tournament.command.place_of", lambda args: Stopping())
        assert main.main(words) == 130
    assert not path.exists()
    assert finished(tmp_path / "out.part" / "parts") == list(range(5))
    assert main.main(words) == 2
    assert main.main([*words, "--seed", "9", "--resume"]) == 2
    assert main.main([*words, "--resume"]) == 0
    for name in ("games.parquet", "pairs.parquet", "report.html", "tournament.json"):
        assert (path / name).read_bytes() == (folder / name).read_bytes()


def test_one_seat_is_enough(capsys):
    assert (
        main.main(
            [*SMALL[:3], "gulf-route", "--games", "20", "--tries", "0", *TWO[:2], "--entrant", "idle=still", "--json"]
        )
        == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert found["edges"] == []
    assert {one["name"] for one in found["rated"]} == {"plain", "idle"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--games", "19"], "from 20"),
        (["--games", "1000000"], "to 20000"),
        (["--tries", "-1"], "from 0"),
        (["--workers", "0"], "from 1"),
        (["--seed", "-1"], "from 0"),
        (["--seats", "washingtn"], "no seat 'washingtn'"),
        (["--seats", ""], "no seat ''"),
        (["--seats", "nvidia,nvidia"], "named twice"),
        (["--entrant", "hawk"], "NAME=player"),
        (["--entrant", "a=standard"], "two or more"),
        (["--entrant", "a=standard", "--entrant", "a=still"], "already"),
        (["--entrant", "a b=standard"], "is no name"),
        (["--entrant", "a=standard,"], "NAME=player"),
        (["--entrant", "a=quality", "--entrant", "b=still"], "not a doctrine for these seats"),
        (["--entrant", "a=standard~lobby", "--entrant", "b=still"], "forbids no order"),
        (["--entrant", "a=standard+admit_chips.share=9", "--entrant", "b=still"], "holds no dial of a controller"),
        (["--resume"], "add --out"),
        (["--cluster", "nowhere"], "no address"),
        (["--cluster", "tcp://localhost:1", "--workers", "2"], "leave --workers or --cluster"),
        (["--cluster", "tcp://localhost:1"], "no scheduler"),
    ],
)
def test_words_that_cannot_be_obeyed_are_refused_in_a_sentence(words, said, capsys, tmp_path):
    out = [] if "--resume" in words else ["--out", str(tmp_path / "out")]
    assert main.main([*BAD, *words, *out]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    assert main.main([*BAD, "--out", str(tmp_path / "out")]) == 2
    assert "holds something" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "mine.txt"]


def test_too_many_entrants_are_refused():
    with pytest.raises(Refused, match="too many"):
        named([f"n{number}=standard@{number}" for number in range(41)], SEATS)


def test_parts_are_gone_once_the_folder_is_whole(folder):
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.md",
        "dictionary.csv",
        "dictionary.json",
        "games.parquet",
        "pairs.parquet",
        "report.html",
        "tournament.json",
    ]
