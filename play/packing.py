"""Packing: arrays as JSON that comes back to the last bit, and files that are whole or not there."""

import base64
import binascii
import errno
import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np

Array = np.ndarray

MOST_BYTES = 1 << 28
"""A file that unfolds to more than this is no save."""


def packed(array: Array) -> list[Any]:
    """An array as its type, shape, and little-endian bytes in base 64."""
    small = array.astype(array.dtype.newbyteorder("<"))
    data = base64.b64encode(np.ascontiguousarray(small).tobytes()).decode("ascii")
    return [small.dtype.str, list(array.shape), data]


def unpacked(node: Any, dtype: np.dtype[Any], shape: tuple[int, ...]) -> Array:
    """The array in a node; raises ValueError where it is not of that type and shape."""
    if not isinstance(node, list) or len(node) != 3 or not isinstance(node[2], str):
        raise ValueError("is no array")
    kind, size, data = node
    if kind != dtype.newbyteorder("<").str or size != list(shape):
        raise ValueError(f"is an array of {kind} {size}, not of {dtype.str} {list(shape)}")
    try:
        raw = base64.b64decode(data, validate=True)
    except binascii.Error:
        raise ValueError("is no array") from None
    if len(raw) != dtype.itemsize * int(np.prod(shape)):
        raise ValueError("lacks a part of its numbers")
    return np.frombuffer(raw, dtype=dtype.newbyteorder("<")).reshape(shape).astype(dtype)


def as_bytes(tree: Any) -> bytes:
    """A tree as gzipped JSON, the same bytes for the same tree."""
    text = json.dumps(tree, separators=(",", ":"), allow_nan=False)
    return gzip.compress(text.encode("utf-8"), compresslevel=6, mtime=0)


def from_bytes(data: bytes) -> Any:
    """The tree in gzipped JSON; raises ValueError, in words, where there is none."""
    opener = zlib.decompressobj(wbits=31)
    try:
        text = opener.decompress(data, MOST_BYTES)
    except zlib.error:
        raise ValueError("is not a saved game, or was damaged") from None
    if not opener.eof:
        raise ValueError("is cut short" if len(text) < MOST_BYTES else "is far too large")
    try:
        return json.loads(text.decode("utf-8"))
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise ValueError("is not a saved game") from None


@contextmanager
def whole_file(path: Path, mode: str = "wb", **options: Any) -> Iterator[IO[Any]]:
    """A file that appears under its name only once it is written to the end; raises OSError where it cannot be."""
    if not path.name:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open(mode, **options) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def written(path: Path, data: bytes) -> None:
    """Put bytes into a file, all or nothing."""
    with whole_file(path) as file:
        file.write(data)


def written_by(path: Path, write: Callable[[Any], None]) -> None:
    """Let a library write a file, all or nothing."""
    with whole_file(path) as file:
        write(file)
