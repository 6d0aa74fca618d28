"""Counting: how often a function calls numpy on arrays of a world, and how many bytes go through."""

from collections.abc import Callable
from typing import Any

import numpy as np

from world.state import World, columns, replace

Array = np.ndarray


class _Counted(np.ndarray):
    """An array that counts the calls made with it; results are counted arrays, too."""

    calls = 0
    moved = 0

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        return _noted(getattr(ufunc, method), inputs, options)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        return _noted(function, args, options)


def _bare(x: Any) -> Any:
    if isinstance(x, _Counted):
        return x.view(np.ndarray)
    if isinstance(x, tuple | list):
        return type(x)(_bare(part) for part in x)
    return x


def _bytes(x: Any) -> int:
    if isinstance(x, np.ndarray):
        return x.nbytes
    return sum(_bytes(part) for part in x) if isinstance(x, tuple | list) else 0


def _noted(function: Callable[..., Any], args: Any, options: dict[str, Any]) -> Any:
    result = function(*_bare(tuple(args)), **{key: _bare(value) for key, value in options.items()})
    _Counted.calls += 1
    _Counted.moved += _bytes(tuple(args)) + _bytes(result)
    return result.view(_Counted) if isinstance(result, np.ndarray) else result


def counted(play: Callable[[World], World], world: World) -> dict[str, float]:
    """Calls and bytes of `play` on a world whose arrays count what is done with them.

    Copies between kinds of number and picks of rows are not seen, so both are a little low.
    """
    watching = replace(world, **{name: getattr(world, name).view(_Counted) for name in columns()})
    _Counted.calls = _Counted.moved = 0
    play(watching)
    return {"calls": float(_Counted.calls), "bytes": float(_Counted.moved)}
