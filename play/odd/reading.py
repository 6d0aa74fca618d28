"""Reading: what each phase reads, writes and draws, found in its code."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from world import exports, memory, opening, yields
from world.rules import coefficients
from world.state import columns
from world.turn import PHASES

Nodes = tuple[ast.AST, ...]

SHARED = (yields, memory, exports)
"""Modules of functions that phases ask for."""
DRAWS = {"uniform": "from 0 to 1", "normal": "standard normal"}
"""How luck is drawn."""


@cache
def phases() -> tuple[ModuleType, ...]:
    """The module of every phase, in the order of a turn."""
    return tuple(sys.modules[phase.__module__] for phase in PHASES)


def name_of(module: ModuleType) -> str:
    """A module's own name, without its room."""
    return module.__name__.rpartition(".")[2]


def summary_of(module: ModuleType) -> str:
    """What a module is for, from the first line of its docstring, without its title."""
    return (module.__doc__ or "").strip().splitlines()[0].partition(": ")[2]


@cache
def nodes(module: ModuleType) -> Nodes:
    """Everything that stands in the code of a module, and in that of the shared functions that it asks for."""
    own = tuple(ast.walk(ast.parse(inspect.getsource(module))))
    return own if module in SHARED else (*own, *_asked(own))


def _asked(own: Nodes) -> Iterator[ast.AST]:
    """The shared functions that code names, and those that these call."""
    functions = {node.name: node for one in SHARED for node in nodes(one) if isinstance(node, ast.FunctionDef)}
    from_shared = [one.__name__ for one in SHARED]
    imports = [node for node in own if isinstance(node, ast.ImportFrom) and node.module in from_shared]
    wanted = [alias.name for node in imports for alias in node.names]
    done: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in functions and name not in done:
            done.add(name)
            inner = tuple(ast.walk(functions[name]))
            wanted += [node.id for node in inner if isinstance(node, ast.Name)]
            yield from inner


@cache
def coefficients_of(module: ModuleType) -> frozenset[str]:
    """The coefficients that a module reads."""
    read = {node.attr for node in nodes(module) if isinstance(node, ast.Attribute) and _is_named(node.value, "rules")}
    return frozenset(read & coefficients().keys())


@cache
def readers(name: str) -> tuple[str, ...]:
    """The phases that read a coefficient, in their order, and the opening."""
    return tuple(name_of(module) for module in (*phases(), opening) if name in coefficients_of(module))


@cache
def home_of(name: str) -> str:
    """The phase to which a coefficient belongs: the first whose own code reads it, else the first that needs it."""
    for module in phases():
        if f"rules.{name}" in _words(module):
            return name_of(module)
    return readers(name)[0]


@cache
def _words(module: ModuleType) -> frozenset[str]:
    return frozenset(re.findall(r"rules\.\w+", inspect.getsource(module)))


@cache
def written_by(module: ModuleType) -> tuple[str, ...]:
    """The columns that a module gives anew, in the order in which they are declared."""
    calls = [node for node in nodes(module) if isinstance(node, ast.Call) and _is_named(node.func, "replace")]
    given = {word.arg for call in calls for word in call.keywords}
    if None in given:
        keys = [key for node in nodes(module) if isinstance(node, ast.Dict) for key in node.keys]
        given |= {str(key.value) for key in keys if isinstance(key, ast.Constant)}
    return tuple(name for name in columns() if name in given)


def drawn_by(module: ModuleType) -> Iterator[tuple[str, str]]:
    """The labels of luck that a module asks for, and how each is drawn."""
    for node in nodes(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in DRAWS:
            label = node.args[0]
            if isinstance(label, ast.Constant) and _is_named(node.func.value, "chance"):
                yield str(label.value), DRAWS[node.func.attr]


def _is_named(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
