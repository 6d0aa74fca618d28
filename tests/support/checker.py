"""What checks the annotations of every call while tests run: beartype, with whole numbers welcome where floats are.

jaxtyping's own decorator binds the arguments of every call to their names and checks them before it and once more
after it, which took most of the time of the tests. Here beartype checks each argument and each answer once, within
one of jaxtyping's contexts, so that an axis has one length throughout a call; a function whose annotations hold no
array needs no context.
"""

from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from functools import partial, wraps
from typing import Any, get_args, get_type_hints

import jaxtyping
from beartype import BeartypeConf, beartype

typechecked = beartype(conf=BeartypeConf(is_pep484_tower=True, violation_type=jaxtyping.TypeCheckError))
in_context = jaxtyping.jaxtyped


def parts(annotation: Any) -> Iterator[Any]:
    """An annotation and all that stands in it."""
    yield annotation
    for part in get_args(annotation):
        yield from parts(part)


def has_arrays(function: Callable[..., Any]) -> bool:
    """Whether a function takes or gives arrays, as far as its annotations can be read."""
    try:
        hints = get_type_hints(function)
    except (NameError, TypeError):
        return True
    every = (part for hint in hints.values() for part in parts(hint))
    return any(isinstance(part, type) and issubclass(part, jaxtyping.AbstractArray) for part in every)


def checked(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose every call is checked."""
    strict = typechecked(function)
    if not has_arrays(function):
        return strict

    @wraps(function)
    def within(*given: Any, **named: Any) -> Any:
        with in_context("context"):
            return strict(*given, **named)

    return within


def jaxtyped(found: Any = None, *, typechecker: Any) -> Any:
    """What the import hook puts on every function, and on every class for the fields of a dataclass."""
    if found is None:
        return partial(jaxtyped, typechecker=typechecker)
    if not isinstance(found, type):
        return checked(found)
    if is_dataclass(found) and not hasattr(found.__init__, "__wrapped__"):
        found.__init__ = checked(found.__init__)
    return found


jaxtyping.jaxtyped = jaxtyped
