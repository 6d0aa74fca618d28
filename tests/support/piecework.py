"""Work for jobs that other processes load quickly."""

import os
import signal
from pathlib import Path

import pyarrow as pa

from arena.jobs import Job


def squares(job: Job) -> pa.Table:
    """Three rows of a job."""
    return pa.table({"number": [job.number] * 3, "square": [job.number**2 + one for one in range(3)]})


def fatal_at_first(job: Job) -> pa.Table:
    """The same, by a process that dies when it comes to the third job for the first time."""
    seen = Path(job.what) / "seen"
    if job.number == 2 and not seen.exists():
        seen.touch()
        os._exit(9)
    return squares(job)


def deafness(job: Job) -> pa.Table:
    """Whether Ctrl-C never reaches the process of a job, nor did while it loaded."""
    return pa.table({"is_held": [signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, set())]})


def fatal(job: Job) -> pa.Table:
    """None: the process dies."""
    os._exit(9)
