"""Luck as a function of game, turn and label: the same in any batch, order or process."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from jaxtyping import Float, Int, UInt64

Array = np.ndarray

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)
_SHIFT_A, _SHIFT_B, _SHIFT_C = np.uint64(30), np.uint64(27), np.uint64(31)
_EVEN_QUARTERS = np.uint64(0x0000FFFF0000FFFF)


@cache
def label_key(label: str) -> np.uint64:
    """A 64-bit key of a label that is the same in every process."""
    return np.uint64(int.from_bytes(hashlib.blake2b(label.encode(), digest_size=8).digest(), "little"))


@cache
def place_keys(places: int) -> UInt64[Array, "places 1"]:
    """As many numbers that are far apart."""
    return (np.arange(1, places + 1, dtype=np.uint64) * _MIX_A)[:, None]


def _mixed(bits: UInt64[Array, "*shape"]) -> UInt64[Array, "*shape"]:
    """The splitmix64 finaliser (Steele, Lea and Flood 2014), written over its input."""
    bits ^= bits >> _SHIFT_A
    bits *= _MIX_A
    bits ^= bits >> _SHIFT_B
    bits *= _MIX_B
    bits ^= bits >> _SHIFT_C
    return bits


def game_seed(run_seed: int, game: int) -> int:
    """The seed of game `game` of a run: the run's own for game 0, a hash of both after that."""
    if game == 0:
        return run_seed
    return int.from_bytes(hashlib.blake2b(f"{run_seed}/{game}".encode(), digest_size=8).digest(), "little") >> 1


Neutral = Mapping[str, Any]
"""Labels of luck that are held at their middle, and in which worlds: a mask, or True for all."""

AS_DRAWN: Neutral = MappingProxyType({})
"""No luck held."""


@dataclass(frozen=True)
class Chance:
    """Draws for one turn of a batch; `neutral` labels are held at their middle."""

    seed: UInt64[Array, " worlds"]
    turn: Array
    key: str = ""
    neutral: Neutral = field(default_factory=lambda: AS_DRAWN)

    @cached_property
    def _quarter(self) -> UInt64[Array, " worlds"]:
        return self.seed + self.turn.astype(np.uint64) * _GOLDEN

    def _bits(self, label: str, keys: UInt64[Array, "places 1"]) -> UInt64[Array, "places worlds"]:
        game = _mixed(self._quarter + label_key(self.key + label))
        return _mixed(game + keys)

    def uniform(self, label: str, places: int = 1) -> Float[Array, "places worlds"]:
        """Numbers from 0 up to 1, one for each place and world."""
        drawn = (self._bits(label, place_keys(places)) >> np.uint64(11)).view(np.int64) * 2.0**-53
        return np.where(self.neutral[label], 0.5, drawn) if label in self.neutral else drawn

    def normal(
        self, label: str, places: int = 1, only: Int[Array, " some"] | None = None
    ) -> Float[Array, "drawn worlds"]:
        """Standard normal numbers: the sum of four 16-bit uniforms, scaled (kurtosis 2.7, range +-3.5).

        Built from whole numbers, so the bits are the same on every processor. With `only`, just those of the places.
        """
        keys = place_keys(places)
        bits = self._bits(label, keys if only is None else keys[only])
        pairs = bits & _EVEN_QUARTERS
        bits >>= np.uint64(16)
        pairs += bits & _EVEN_QUARTERS
        halves = pairs.view(np.int32)
        summed = halves[:, 0::2] + halves[:, 1::2]
        drawn = (summed - 131_070) * (3.0**0.5 / 65_535.5)
        return np.where(self.neutral[label], 0.0, drawn) if label in self.neutral else drawn

    def under(self, key: str) -> "Chance":
        """The same games' luck under another key, for somebody whose draws disturb no one else's."""
        return Chance(self.seed, self.turn, f"{self.key}{key}/", self.neutral)
