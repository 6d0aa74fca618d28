"""Jobs: work cut into pieces that are done anywhere, in any order, and can be stopped at any moment.

Each job's rows stand in a file of their own, `00000017.parquet`, that appears whole or not at all; a job whose file is
there is not done again. Who computes rows has no part in what they are: work is a pure function of its job.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from play.packing import whole_file

Rows = Any
"""A table of Arrow; its library is loaded only where rows are made."""
ENDING = ".parquet"


@dataclass(frozen=True)
class Job:
    """A piece of work: its number, from 0, and all that its work has to know; small, and picklable."""

    number: int
    what: Any

    @property
    def part(self) -> str:
        """The name of the file with its rows."""
        return f"{self.number:08d}{ENDING}"


Work = Callable[[Job], Rows]
"""A function of a module, from a job to its rows, that gives the same rows wherever it runs."""
Tell = Callable[[Job], object]
"""Called with each job when its rows are in the folder."""


@runtime_checkable
class Place(Protocol):
    """Where jobs are done: here, in processes, or on a cluster."""

    def check(self) -> None:
        """Refuse, before anything is written, a place that cannot be reached or has other rules."""

    def results(self, work: Work, jobs: Iterable[Job]) -> Iterator[tuple[Job, Rows]]:
        """Each job with its rows as it is finished, in any order; few jobs are taken at a time.

        At Ctrl-C, what is under way elsewhere may be finished and given before KeyboardInterrupt goes on. Raises
        WorkerLost where workers keep dying.
        """
        ...


def done(work: Work, jobs: Iterable[Job], place: Place, folder: Path, tell: Tell | None = None) -> None:
    """Do every job whose rows are not in the folder; the folder is made if need be.

    Jobs may come from a generator: no more of them are held than are under way.
    """
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    for draft in folder.glob(f".*{ENDING}.*.part"):
        draft.unlink(missing_ok=True)
    wanted = (job for job in jobs if not (folder / job.part).exists())
    for job, rows in place.results(work, wanted):
        with whole_file(folder / job.part) as file:
            pq.write_table(rows, file, compression="zstd")
        if tell is not None:
            tell(job)


def parts(folder: Path) -> list[Path]:
    """The files of rows that are there, in order of number."""
    return sorted(folder.glob(f"[0-9]*{ENDING}"))


def finished(folder: Path) -> list[int]:
    """The numbers of the jobs that are done, in order."""
    return [int(path.stem) for path in parts(folder)]


def table(folder: Path) -> Any:
    """The rows of all jobs that are done, in order of number, read one part at a time.

    It is a RecordBatchReader: iterated by batches, or taken whole with `read_all()`. Raises FileNotFoundError where there are none.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    files = parts(folder)
    if not files:
        raise FileNotFoundError(f"{folder}: holds no rows")
    schema = pq.read_schema(files[0])

    def batches() -> Iterator[pa.RecordBatch]:
        for path in files:
            yield from pq.read_table(path).to_batches()

    return pa.RecordBatchReader.from_batches(schema, batches())
