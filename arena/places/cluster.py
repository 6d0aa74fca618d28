"""Cluster: jobs done by the workers of a Dask cluster that somebody has started.

The scheduler sends a job again where its worker has died. Rows travel back to the program that asked for them, so the
computers need no common disk; each worker must have the same rules, which it is asked before its first job and again
with every job, since workers come and go.
"""

import asyncio
import logging
import pickle
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from arena.extras import library
from arena.jobs import Job, Rows, Work
from arena.places.identity import difference, identity
from play.commands.doors import Refused
from play.shards import WorkerLost

FEWEST, AHEAD = 8, 2
"""Jobs in flight: so many at least, and so many for each thread of a worker where that is more."""
PATIENCE = 3.0
"""Seconds after which a scheduler that does not answer is not there."""
FORM = re.compile(r"(tcp|tls|ws|wss)://\S+:\d+")


class NoCluster(Refused):
    """Why jobs cannot be done on a cluster."""


@dataclass(frozen=True)
class Cluster:
    """A Dask cluster, by the address of its scheduler, such as tcp://host:8786."""

    address: str

    def check(self) -> None:
        """Refuse an address at which no scheduler answers, and workers that are missing or have other rules."""
        with self._client() as client:
            self._check_workers(client)

    def results(self, work: Work, jobs: Iterable[Job]) -> Iterator[tuple[Job, Rows]]:
        """Each job with its rows as it is finished."""
        distributed = library("distributed", "--cluster")
        left = iter(jobs)
        with self._client() as client:
            self._check_workers(client)
            ours = identity()

            def sent(some: Iterable[Job]) -> dict[Any, Job]:
                return {client.submit(pickle.loads, sealed(work, job, ours), pure=False): job for job in some}

            running = sent(islice(left, max(FEWEST, AHEAD * sum(client.nthreads().values()))))
            coming = distributed.as_completed(running, loop=client.loop)
            for future in coming:
                rows = self._result(future)
                yield running.pop(future), rows
                for new, job in sent(islice(left, 1)).items():
                    running[new] = job
                    coming.add(new)

    def _result(self, future: Any) -> Rows:
        """The rows of a job; raises NoCluster or WorkerLost for what went wrong on the way."""
        distributed = library("distributed", "--cluster")
        try:
            rows = future.result()
        except distributed.KilledWorker:
            raise WorkerLost("workers of the cluster keep dying at one job, perhaps for want of memory") from None
        except (distributed.CancelledError, distributed.comm.CommClosedError):
            raise WorkerLost(f"the cluster at {self.address} has gone") from None
        except ImportError as error:
            raise NoCluster(f"{self._at}: a worker lacks what it needs ({error}); {START}") from None
        if isinstance(rows, str):
            raise NoCluster(f"{self._at}: a worker that has come {rows}; give all the same checkout")
        return rows

    def _check_workers(self, client: Any) -> None:
        if not client.nthreads():
            raise NoCluster(f"{self._at}: has no workers; {START}")
        for worker, found in client.run(theirs, on_error="return").items():
            if isinstance(found, Exception):
                raise NoCluster(f"{self._at}: the worker {worker} lacks what it needs ({found}); {START}")
            if differs := difference(identity(), found):
                raise NoCluster(f"{self._at}: the worker {worker} {differs}; give all the same checkout")

    @property
    def _at(self) -> str:
        return f"--cluster {self.address}"

    @contextmanager
    def _client(self) -> Iterator[Any]:
        """A connection to the scheduler."""
        if not FORM.fullmatch(self.address):
            raise NoCluster(f"{self._at}: is no address of a scheduler; write one such as tcp://host:8786")
        distributed = library("distributed", "--cluster")
        try:
            about = asyncio.run(answer(self.address))
        except Exception:  # whatever else listens there, it is no scheduler
            about = {}
        if about.get("type") != "Scheduler":
            raise NoCluster(
                f"{self._at}: no scheduler answers there; start one with `python -m dask scheduler`, or mend the address"
            )
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what matters of it is said in a sentence
        with distributed.Client(self.address, timeout=PATIENCE, set_as_default=False) as client:
            yield client


START = "start workers in the folder of Chokepoint with `python -m dask worker` (docs/sweeps.md)"


async def answer(address: str) -> dict[str, Any]:
    """What a server of Dask says that it is; shows it the certificate of Dask's own settings where it asks for one."""
    from distributed.core import connect, send_recv
    from distributed.security import Security

    comm = await connect(address, timeout=PATIENCE, **Security().get_connection_args("client"))
    try:
        return dict(await asyncio.wait_for(send_recv(comm, op="identity", close=True), PATIENCE))
    finally:
        comm.abort()


class _Call:
    """A call that is made where it is unpickled."""

    def __init__(self, *call: Any):
        self.call = call

    def __reduce__(self) -> tuple[Any, ...]:
        return checked, self.call


def sealed(work: Work, job: Job, asked: dict[str, str]) -> bytes:
    """A call of `checked` that only a worker opens: a scheduler reads what it passes on, and need not have Chokepoint."""
    return pickle.dumps(_Call(work, job, asked))


def theirs() -> dict[str, str]:
    """What a worker says that it is."""
    return identity()


def checked(work: Work, job: Job, asked: dict[str, str]) -> Rows | str:
    """The rows of a job, or in words why this worker's would be others."""
    return difference(asked, identity()) or work(job)
