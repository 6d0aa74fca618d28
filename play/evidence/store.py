"""Store: a folder into which an experiment puts finished batches, so that it can be stopped and gone on with."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Shaped

from play.packing import whole_file
from play.results import ResultsError, read_json, write_json

Array = np.ndarray
Columns = dict[str, Shaped[Array, " rows"]]

PLAN = "plan.json"


@dataclass(frozen=True)
class Store:
    """A folder of tables, each in parts until all of them are there; without a path it keeps nothing."""

    path: Path | None = None

    @property
    def _parts(self) -> Path:
        assert self.path is not None
        return self.path / "parts"

    def begin(self, plan: Mapping[str, Any]) -> None:
        """Make the folder, or go on with it; raises ResultsError where it holds something else."""
        if self.path is None:
            return
        if (self.path / PLAN).is_file():
            self._check_same(plan)
        elif self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise ResultsError(f"--out {self.path}: holds something else; choose a new folder")
        try:
            self._parts.mkdir(parents=True, exist_ok=True)
            write_json(self.path / PLAN, dict(plan))
        except OSError as error:
            raise ResultsError(
                f"--out {self.path}: cannot be written ({error.strerror}); choose another folder"
            ) from None

    def _check_same(self, plan: Mapping[str, Any]) -> None:
        assert self.path is not None
        old = read_json(self.path / PLAN)
        for key, value in plan.items():
            was = old.get(key) if isinstance(old, dict) else None
            if was != value:
                told = f"{key} {was}, and this command says {value}" if len(f"{was}{value}") < 200 else f"other {key}"
                raise ResultsError(
                    f"--out {self.path}: was begun with {told}; give the same command, or choose a new folder"
                )

    def table(self, name: str) -> Columns | None:
        """A table that is whole."""
        if self.path is None or not (self.path / f"{name}.parquet").is_file():
            return None
        return _read(self.path / f"{name}.parquet")

    def parts(self, name: str) -> dict[int, Columns]:
        """The parts of a table that are there, each by its first row."""
        if self.path is None:
            return {}
        files = sorted(self._parts.glob(f"{name}-*.parquet"))
        return {int(file.stem.rpartition("-")[2]): _read(file) for file in files}

    def add(self, name: str, first: int, columns: Columns) -> None:
        """Keep a part."""
        if self.path is not None:
            write_table(self._parts / f"{name}-{first:09d}.parquet", columns)

    def join(self, name: str, columns: Columns) -> None:
        """Keep a table that is whole, and its parts no longer."""
        if self.path is None:
            return
        write_table(self.path / f"{name}.parquet", columns)
        for file in self._parts.glob(f"{name}-*.parquet"):
            file.unlink()

    def end(self) -> None:
        """No more parts will come."""
        if self.path is not None:
            shutil.rmtree(self._parts, ignore_errors=True)


def write_table(path: Path, columns: Mapping[str, Any]) -> None:
    """Write columns as Parquet, whole or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with whole_file(path) as file:
        pq.write_table(pa.table(dict(columns)), file, compression="zstd")


def _read(path: Path) -> Columns:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException):
        raise ResultsError(f"{path}: cannot be read; take it away, and its rows are played again") from None
    return {name: table[name].to_numpy() for name in table.column_names}
