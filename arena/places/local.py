"""Local: jobs done in this process, or in several on this machine."""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from arena.jobs import Job, Rows, Work
from play.shards import WorkerLost, held_back, is_lost
from play.worker import patient

AHEAD = 2
"""Jobs handed to each process: one that it does, and one that waits."""
DEATHS = 3
"""Times that processes may die, with no job finished between, before the work is given up."""


@dataclass(frozen=True)
class Here:
    """This process."""

    def check(self) -> None:
        """It is always there."""

    def results(self, work: Work, jobs: Iterable[Job]) -> Iterator[tuple[Job, Rows]]:
        """Each job with its rows, in the order given."""
        for job in jobs:
            yield job, work(job)


@dataclass(frozen=True)
class Processes:
    """Several processes on this machine."""

    count: int

    def check(self) -> None:
        """They are always there."""

    def results(self, work: Work, jobs: Iterable[Job]) -> Iterator[tuple[Job, Rows]]:
        """Each job with its rows as it is finished; jobs of a process that dies are done again."""
        waiting, left, deaths = list[Job](), iter(jobs), 0
        while True:
            pool = _Pool(self.count, work, waiting, left)
            for pair in pool.results():
                deaths = 0
                yield pair
            if not pool.is_broken:
                return
            waiting, deaths = list(pool.running.values()), deaths + 1
            if deaths == DEATHS:
                raise WorkerLost("processes that played games keep dying, perhaps for want of memory")


class _Pool:
    """A pool of processes from its start to its end, or until one of them dies."""

    def __init__(self, count: int, work: Work, first: list[Job], then: Iterator[Job]):
        self.count, self.work, self.first, self.then = count, work, first, then
        self.running: dict[Future[Rows], Job] = {}
        self.is_broken = False

    def results(self) -> Iterator[tuple[Job, Rows]]:
        with ProcessPoolExecutor(self.count, get_context("spawn"), patient) as pool:
            try:
                self._hand_out(pool, self.first)
                self._hand_out(pool, islice(self.then, max(0, AHEAD * self.count - len(self.first))))
                while self.running:
                    ended = wait(self.running, return_when=FIRST_COMPLETED).done
                    for future in ended:
                        rows = future.result()
                        yield self.running.pop(future), rows
                        self._hand_out(pool, islice(self.then, 1))
            except BrokenProcessPool:
                self.is_broken = True
            except KeyboardInterrupt:
                yield from self._last()
                raise

    def _hand_out(self, pool: ProcessPoolExecutor, jobs: Iterable[Job]) -> None:
        for job in jobs:
            self.running[_submitted(pool, self.work, job)] = job

    def _last(self) -> Iterator[tuple[Job, Rows]]:
        """What is under way, once it is finished; what only waits is dropped."""
        left = [future for future in self.running if not future.cancel()]
        for future in wait(left).done:
            if not is_lost(future):
                yield self.running.pop(future), future.result()


def _submitted(pool: ProcessPoolExecutor, work: Work, job: Job) -> Future[Rows]:
    """The future of a job; a pool that has died gives one that says so, so that no job is lost."""
    try:
        with held_back():
            return pool.submit(work, job)
    except BrokenProcessPool as error:
        future: Future[Rows] = Future()
        future.set_exception(error)
        return future
