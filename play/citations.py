"""Citations: where a fact is used - numbers of scenarios, orders of scripts, cells of the hindcast, patterns, code."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "assets"
FOLDERS = {"scenarios": "scenario", "scripts": "script", "evidence": "evidence"}
"""Where files that cite facts lie, and what such a file is called."""
ROOMS = ("world", "agents", "play")
"""Where code may rest on facts; commands name them only as examples."""

SPAN = re.compile(r"\b([A-Z]{2,})-(\d+) to \1-(\d+)\b")
ID = re.compile(r"\b[A-Z]{2,}-\d{3}\b")


@dataclass(frozen=True)
class Use:
    """A place where a fact is used."""

    file: str
    """What kind of file, and its name: `scenario november-2025`."""
    where: str
    """The number's path in it: `fab smic open.capacity.advanced`."""
    number: str
    """What stands there, with its unit; "" where it is no number."""


@cache
def uses() -> Mapping[str, tuple[Use, ...]]:
    """Everything that rests on each fact, by its id."""
    found: dict[str, list[Use]] = {}
    for folder, kind in FOLDERS.items():
        for path in sorted((ASSETS / folder).glob("*.toml")):
            tree = tomllib.loads(path.read_text("utf-8"))
            for where, node in cited(tree):
                use = Use(f"{kind} {path.stem}", " ".join(where), number_of(node))
                for one in ids_in(f"{node.get('fact', '')} {node.get('source', '')}"):
                    found.setdefault(one, []).append(use)
    for room in ROOMS:
        for path in sorted(set((ROOT / room).rglob("*.py")) - set((ROOT / room).rglob("commands/**/*.py"))):
            for one in ID.findall(path.read_text("utf-8")):
                found.setdefault(one, []).append(Use("code", path.relative_to(ROOT).as_posix(), ""))
    return {one: tuple(dict.fromkeys(some)) for one, some in found.items()}


def ids_in(text: str) -> Iterator[str]:
    """The ids that a text names, those between the ends of a span included, each once."""
    named = dict.fromkeys(ID.findall(text))
    for letters, first, last in SPAN.findall(text):
        named |= dict.fromkeys(f"{letters}-{at:0{len(first)}d}" for at in range(int(first), int(last) + 1))
    yield from named


def cited(node: Any, path: Sequence[str] = ()) -> Iterator[tuple[Sequence[str], Mapping[str, Any]]]:
    """Every table of a tree that says where it comes from, with its path in words."""
    if isinstance(node, list):
        for item in node:
            yield from cited(item, (*path, called(item)) if called(item) else path)
    elif isinstance(node, dict):
        if isinstance(node.get("fact", node.get("source")), str):
            yield joined(path), node
        for key, inner in node.items():
            yield from cited(inner, (*path, key))


def joined(path: Sequence[str]) -> Sequence[str]:
    """A path with the keys after a table and its name joined by dots."""
    return path if len(path) < 3 else (*path[:2], ".".join(path[2:]))


def called(item: Any) -> str:
    """What an item of a list is called; "" for none."""
    if not isinstance(item, dict):
        return ""
    if "seat" in item and "order" in item:
        return f"{item.get('date', '')} {item['seat']}.{item['order']}".strip()
    title = f"{item['id']} {item.get('title', '')}" if "id" in item else ""
    return str(title or item.get("name") or item.get("quarter") or "")


def number_of(node: Mapping[str, Any]) -> str:
    """The number of a table with its range and unit; "" for none."""
    parts = [f"{node['value']:,}"] if isinstance(node.get("value"), int | float) else []
    if {"low", "high"} <= node.keys():
        parts.append(f"({node['low']:,} to {node['high']:,})" if parts else f"{node['low']:,} to {node['high']:,}")
    if parts and node.get("unit"):
        parts.append(str(node["unit"]))
    return " ".join(parts)
