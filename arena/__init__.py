"""The arena: programs against programs, at scale, in the tools that people already use.

`from arena import simulate` gives the model as a function of parameters and seeds; it is loaded when it is asked for.
"""

from importlib import import_module
from typing import Any

_LATER = {"ranges": "arena.function", "simulate": "arena.function"}


def __getattr__(name: str) -> Any:
    """What is loaded only when somebody asks for it."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(_LATER[name]), name)
