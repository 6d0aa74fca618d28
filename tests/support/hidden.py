"""Worlds in which what a seat may not see breaks whoever touches it."""

import numpy as np

from world.state import columns, replace
from world.view import visible


class Touched(AssertionError):
    """Something hidden was read."""


class Poison(np.ndarray):
    """An array that has a shape, and raises when anybody reads it."""

    def __array_ufunc__(self, *args, **more):
        raise Touched("a hidden column was reckoned with")

    def __array_function__(self, *args, **more):
        raise Touched("a hidden column was handed to numpy")

    def __getitem__(self, place):
        raise Touched("a hidden column was indexed")

    def tobytes(self, *args):
        raise Touched("a hidden column was copied")

    astype = copy = take = sum = tobytes


def poisoned(world, seat):
    """The world with hidden columns that raise when touched, and hidden rows of the others filled with nonsense."""
    changed = {}
    for name in columns():
        old, mask = getattr(world, name), visible(world.cast, name, seat)
        if not mask.any():
            changed[name] = old.view(Poison)
        elif not mask.all():
            worst = np.nan if old.dtype.kind == "f" else np.iinfo(old.dtype).min if old.dtype.kind == "i" else 1
            changed[name] = np.where(mask[..., None], old, np.array(worst).astype(old.dtype))
    return replace(world, **changed)


def scrambled(world, seat):
    """The world with nonsense wherever the seat sees nothing, to be looked at through views, which touch what they hide."""
    changed = {}
    for name in columns():
        old, mask = getattr(world, name), visible(world.cast, name, seat)
        worst = np.nan if old.dtype.kind == "f" else np.iinfo(old.dtype).min if old.dtype.kind == "i" else 1
        changed[name] = np.where(mask[..., None], old, np.array(worst).astype(old.dtype))
    return replace(world, **changed)
