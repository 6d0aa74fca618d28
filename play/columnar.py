"""Columnar: tables in Parquet files that are joined, read and written without ever being held whole."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np

from play.packing import whole_file
from play.tables import Column

Array = np.ndarray

CELLS = 1 << 21
"""Numbers in a group of rows, at most: what is held at once while tables are joined."""
MOST_ROWS = 1 << 18


def rows_in_a_group(columns: int) -> int:
    """Rows of a group of so many columns, a power of two: groups do not depend on how a run was cut."""
    rows = MOST_ROWS
    while rows > 1 and rows * columns > CELLS:
        rows //= 2
    return rows


def join(files: Sequence[Path], into: Any) -> None:
    """Write tables one after another, in groups of rows that do not depend on where they were cut."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pq.read_schema(files[0])
    rows = rows_in_a_group(len(schema))
    with pq.ParquetWriter(into, schema, compression="zstd") as writer:
        rest = schema.empty_table()
        for file in files:
            rest = pa.concat_tables([rest, pq.read_table(file)])
            while rest.num_rows >= rows:
                writer.write_table(_compact(rest.slice(0, rows)))
                rest = rest.slice(rows)
        if rest.num_rows or len(files) == 1:
            writer.write_table(_compact(rest))


def _compact(table: Any) -> Any:
    return table.unify_dictionaries().combine_chunks()


def as_csv(source: Path, target: Path) -> None:
    """Write a Parquet file as CSV, group by group."""
    import pyarrow.csv
    import pyarrow.parquet as pq

    with pq.ParquetFile(source) as file, whole_file(target) as into:
        groups = (file.read_row_group(at) for at in range(file.num_row_groups))
        first = plain(next(groups, file.schema_arrow.empty_table()))
        with pyarrow.csv.CSVWriter(into, first.schema) as writer:
            writer.write_table(first)
            for group in groups:
                writer.write_table(plain(group))


def plain(table: Any) -> Any:
    """A table of Arrow with texts instead of dictionaries."""
    import pyarrow as pa

    columns = [column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column for column in table.columns]
    return pa.table(columns, names=table.column_names)


class Columns(Mapping[str, Array]):
    """The columns of a Parquet file by name, each read when it is asked for and not kept."""

    def __init__(self, path: Path):
        """Read what columns there are; raises OSError or ArrowException where that cannot be read."""
        import pyarrow.parquet as pq

        self.path = path
        schema = pq.read_schema(path)
        self.types = dict(zip(schema.names, schema.types, strict=True))

    def __getitem__(self, name: str) -> Array:
        import pyarrow.parquet as pq

        if name not in self.types:
            raise KeyError(name)
        values: Array = pq.read_table(self.path, columns=[name])[name].to_numpy()
        return values

    def __iter__(self) -> Iterator[str]:
        return iter(self.types)

    def __len__(self) -> int:
        return len(self.types)


class Gathered(Mapping[str, Array]):
    """Columns that come shard by shard, kept in a temporary file and read one at a time, in the order of their games."""

    def __init__(self) -> None:
        self.about: dict[str, dict[str, str]] = {}
        """Unit and meaning of every column."""
        self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as the columns, and vanishes with them
        self._types: dict[str, np.dtype[Any]] = {}
        self._blocks: list[tuple[int, int, int]] = []

    def __enter__(self) -> "Gathered":
        return self

    def __exit__(self, *why: object) -> None:
        self._file.close()

    def add(self, first: int, columns: Sequence[Column]) -> None:
        """Keep the columns of a shard whose first game has that number; all shards have the same columns."""
        self._types = {column.name: column.values.dtype for column in columns}
        self.about = {column.name: {"unit": column.unit, "doc": column.doc} for column in columns}
        start = self._file.seek(0, 2)
        for column in columns:
            self._file.write(np.ascontiguousarray(column.values).tobytes())
        self._blocks.append((first, start, columns[0].values.size))

    def __getitem__(self, name: str) -> Array:
        kind, before = self._types[name], 0
        for other, dtype in self._types.items():
            if other == name:
                break
            before += dtype.itemsize
        found = []
        for _, start, games in sorted(self._blocks):
            self._file.seek(start + before * games)
            found.append(np.frombuffer(self._file.read(kind.itemsize * games), kind))
        return np.concatenate(found)

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)
