"""Jobs: each is done once, wherever it is done and however often that is stopped."""

import signal
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from piecework import deafness, fatal, fatal_at_first, squares

from arena.jobs import Job, done, finished, parts, table
from arena.places import Here, Processes, local
from play.shards import WorkerLost


def jobs(count: int, what: object = None) -> list[Job]:
    return [Job(number, what) for number in range(count)]


class Stop(Exception):
    """Somebody stops the work."""


def stopping(after: int):
    """Something to tell, that stops the work after so many jobs."""
    left = iter(range(after))

    def tell(job: Job) -> None:
        if next(left, None) is None:
            raise Stop

    return tell


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 12), st.lists(st.integers(0, 4), max_size=5))
def test_work_stopped_at_any_moment_and_resumed_loses_and_repeats_no_row(tmp_path_factory, count, stops):
    folder = tmp_path_factory.mktemp("parts")
    for after in stops:
        try:
            done(squares, jobs(count), Here(), folder, stopping(after))
        except Stop:
            continue
    done(squares, jobs(count), Here(), folder)
    assert table(folder).read_all() == pa.concat_tables([squares(job) for job in jobs(count)])


def test_a_job_that_is_done_is_not_done_again(tmp_path):
    done(squares, jobs(3), Here(), tmp_path)
    done(fatal, jobs(3), Here(), tmp_path)
    assert finished(tmp_path) == [0, 1, 2]


def test_a_process_that_dies_costs_only_time(tmp_path):
    done(squares, jobs(4), Here(), tmp_path / "one")
    done(fatal_at_first, jobs(4, str(tmp_path)), Processes(1), tmp_path / "two")
    assert (tmp_path / "seen").exists()
    one, two = parts(tmp_path / "one"), parts(tmp_path / "two")
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_work_that_kills_every_process_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(local, "DEATHS", 1)
    with pytest.raises(WorkerLost):
        done(fatal, jobs(1), Processes(1), tmp_path)
    assert not parts(tmp_path)


def test_what_a_killed_program_left_half_written_is_no_part(tmp_path):
    (tmp_path / ".00000001.parquet.7.part").write_bytes(b"half")
    done(squares, jobs(2), Here(), tmp_path)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["00000000.parquet", "00000001.parquet"]


def test_few_jobs_are_taken_at_a_time(tmp_path):
    taken: list[int] = []

    def one_by_one():
        for job in jobs(20):
            taken.append(job.number)
            yield job

    done(squares, one_by_one(), Here(), tmp_path, lambda job: None if taken[-1] == job.number else pytest.fail("ahead"))
    assert len(taken) == 20


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals cannot be held back here")
def test_processes_leave_ctrl_c_to_the_command_even_while_they_load():
    found = Processes(2).results(deafness, jobs(2))
    assert all(rows["is_held"].to_pylist() == [True] for _, rows in found)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())


def test_at_ctrl_c_a_job_whose_process_has_died_is_only_not_done():
    whole, lost = Future(), Future()
    whole.set_running_or_notify_cancel()
    lost.set_running_or_notify_cancel()
    whole.set_result(squares(Job(0, None)))
    lost.set_exception(BrokenProcessPool())
    pool = local._Pool(2, squares, [], iter(()))
    pool.running = {lost: Job(1, None), whole: Job(0, None)}
    assert [job.number for job, _ in pool._last()] == [0]
