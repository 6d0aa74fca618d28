"""Work for jobs that other processes load quickly."""

import os
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


def fatal(job: Job) -> pa.Table:
    """None: the process dies."""
    os._exit(9)
