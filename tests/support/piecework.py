"""Work for jobs that other processes load quickly."""

import os
import signal
from pathlib import Path

import numpy as np
import pyarrow as pa

from arena.jobs import Job


def squares(job: Job) -> pa.Table:
    """Three rows of a job."""
    return pa.table([column(job.number, *[0] * 3), column(job.number**2, 0, 1, 2)], names=["number", "square"])


def column(start: int, *more: int) -> pa.Array:
    """Whole numbers from a buffer: from a list, Arrow would first load pandas."""
    return pa.Array.from_buffers(pa.int64(), len(more), [None, pa.py_buffer(np.array(more, dtype=np.int64) + start)])


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
