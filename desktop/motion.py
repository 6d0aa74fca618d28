"""Motion as functions of time: how far a thing has come. Under reduced motion everything has arrived."""

from dataclasses import dataclass
from math import exp

from desktop.theme import SECONDS

STEPS = (
    ("lock", 0.0),
    ("upstream", 0.4),
    ("foundries", 1.2),
    ("channels", 2.4),
    ("ranges", 3.4),
    ("race", 4.4),
)
"""The six steps of a quarter that resolves, and when each begins (seconds): upstream first; the last ends at 5."""

CLOSE = 0.02
"""What is as near as this to its aim has arrived."""


def eased(share: float) -> float:
    """Ease-out: how far a motion has come (0 to 1) after a share (0 to 1) of its time."""
    share = min(1.0, max(0.0, share))
    return 1 - (1 - share) ** 3


def eased_both(share: float) -> float:
    """Ease-in-out: the same, slow at both ends."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def neared(share: float, aim: float, dt: float, still: bool = False) -> float:
    """How far a thing has come after a time on its way to an aim, fast at first; there after a press's tenth of a second."""
    left = 0.0 if still else exp(-4 * dt / SECONDS["press"])
    near = aim + (share - aim) * left
    return aim if abs(near - aim) < CLOSE else near


@dataclass(frozen=True)
class Tween:
    """A figure on its way from one value to another; the old one stays as a tick until it has arrived, and 2 s when still."""

    start: float
    end: float
    seconds: float = SECONDS["value"]
    gone: float = 0.0

    def after(self, dt: float) -> "Tween":
        """After a time."""
        return Tween(self.start, self.end, self.seconds, self.gone + dt)

    def to(self, value: float) -> "Tween":
        """On its way to another value, from where it is now."""
        return self if value == self.end else Tween(self.value(), value, self.seconds)

    def value(self, still: bool = False) -> float:
        """Where it is; at its end at once when motion is reduced."""
        if still or self.gone >= self.seconds:
            return self.end
        return self.start + (self.end - self.start) * eased_both(self.gone / self.seconds)

    def has_tick(self, still: bool = False) -> bool:
        """Whether the old value is still marked."""
        return self.start != self.end and self.gone < (SECONDS["tick"] if still else self.seconds)


def step_share(name: str, seconds: float, still: bool = False) -> float:
    """How far a step of the resolving quarter has come (0 to 1) at a time; all have arrived when motion is reduced."""
    names = [step for step, _ in STEPS]
    begin = STEPS[names.index(name)][1]
    end = [*(start for _, start in STEPS), SECONDS["quarter"]][names.index(name) + 1]
    return 1.0 if still else eased_both((seconds - begin) / (end - begin))
