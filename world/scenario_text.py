"""The text of scenario files: read, laid over one another, and every key found again by line."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard

from world.scenario_lines import key_lines

SCENARIOS = Path(__file__).resolve().parents[1] / "assets" / "scenarios"

ITEMS = (
    "government",
    "fab",
    "chipmaker",
    "lab",
    "broker",
    "owner",
    "product",
    "source",
    "question",
)
"""The arrays of tables whose items have names."""

NUMBER_KEYS = frozenset({"value", "values", "low", "high"})
"""A table with one of these is a number, and is replaced as a whole."""

RESERVED = NUMBER_KEYS | {"every", "open", "dials", "rules", "texts", "length", "outside"}
"""Words of the format, which no item may have for a name."""

Keys = tuple[str, ...]
"""The keys from the top of a scenario down to something in it; items stand by their names."""


class ScenarioError(ValueError):
    """Everything that is wrong with a scenario or with settings for it, a sentence a line."""


@dataclass
class Draft:
    """A scenario that is being read: a tree in which items stand by name, and what is wrong."""

    name: str
    tree: dict[str, Any] = field(default_factory=dict)
    lines: dict[Keys, tuple[str, int]] = field(default_factory=dict)
    """File and line of every key."""
    mistakes: list[tuple[Keys, str]] = field(default_factory=list)
    left_out: list[Keys] = field(default_factory=list)
    """What stood in the tree but was no use."""

    def wrong(self, path: Keys, text: str) -> None:
        """Note a mistake."""
        self.mistakes.append((path, text))

    def about(self, path: Keys) -> Callable[[str], None]:
        """What notes mistakes of whatever is at a path."""
        return lambda text: self.wrong(path, f"{described(path)} {text}")

    def tried(self, path: Keys) -> bool:
        """Whether something stood at a path, in it or around it that was left out."""
        return any(
            all(key in (there, "every") for key, there in zip(gone, path, strict=False)) for gone in self.left_out
        )

    def items(self, table: str) -> dict[str, dict[str, Any]]:
        """The items of an array of tables by name."""
        return self.tree.get(table) or {}

    def spot(self, path: Keys) -> tuple[str, int]:
        """File and line of a path or of the nearest table around it; line 0: the whole file."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return self.name, 0

    def verdict(self) -> None:
        """Raise what is wrong, in the order of the file, unless nothing is."""
        placed = sorted(((self.spot(path), text) for path, text in self.mistakes), key=lambda one: one[0])
        if placed:
            said = [f"{file} line {line}: {text}" for (file, line), text in placed]
            raise ScenarioError("\n".join(dict.fromkeys(said)).replace(" line 0:", ":"))


def remedy(found: object, allowed: Iterable[str]) -> str:
    """What to write instead: the names that look like what was found, or some that are allowed."""
    names = list(dict.fromkeys(allowed))
    close = difflib.get_close_matches(str(found), names, n=3, cutoff=0.7)
    if close and len(names) > 6:
        return f"did you mean {' or '.join(close)}?"
    if not names:
        return "there is nothing to choose from"
    more = ", …" if len(names) > 12 else ""
    return f"write {'one of ' if len(names) > 1 else ''}{', '.join(names[:12])}{more}"


def is_number(node: object) -> bool:
    """Whether a node of the tree is a number with its source."""
    return isinstance(node, dict) and not NUMBER_KEYS.isdisjoint(node)


def described(path: Keys) -> str:
    """A path in words: `fab 'smic': open.capacity`."""
    if path and path[0] in ITEMS and len(path) > 1:
        rest = ".".join(path[2:])
        return f"{path[0]} '{path[1]}'" + (f": {rest}" if rest else "")
    return ".".join(path)


def _unreadable(path: Path) -> str:
    """Why a file cannot be a scenario, before anything is read (empty: no reason)."""
    if path.is_dir():
        return "is a folder; name a .toml file in it"
    if not path.exists():
        beside = [file.name for file in sorted(path.parent.glob("*.toml"))]
        close = difflib.get_close_matches(path.name, beside, n=3)
        there = f"did you mean {' or '.join(close)}?" if close else "check the path"
        return f"does not exist; {there}"
    return "" if path.is_file() else "is not a file; name a .toml file"


def _text_of(path: Path) -> str:
    """The text of a scenario file; raises ScenarioError where there is none."""
    try:
        if why := _unreadable(path):
            raise ScenarioError(f"{path.name or path}: {why}")
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        why = f"cannot be read ({error.strerror}); check its name and rights"
        raise ScenarioError(f"{path.name}: {why}") from None
    except UnicodeDecodeError as error:
        why = f"is not text (byte {error.start} is no UTF-8); write it as TOML in UTF-8"
        raise ScenarioError(f"{path.name}: {why}") from None
    if not text.strip():
        raise ScenarioError(f'{path.name}: is empty; begin with title = "…", see docs/scenarios.md')
    return text


def _parsed(name: str, text: str) -> dict[str, Any]:
    """The table of a text in TOML; raises ScenarioError where it is none."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ScenarioError(f"{name}: is nested too deeply; no scenario needs that") from None
    except ValueError as error:
        said = [*_strangers(name, text), _syntax(name, text, str(error))]
        raise ScenarioError("\n".join(said)) from None


def _strangers(name: str, text: str) -> Iterator[str]:
    """Arrays of tables that no scenario has; misspelt ones can keep a file from being TOML."""
    for key, line in key_lines(text):
        if len(key) == 2 and isinstance(key[1], int) and key[0] not in ITEMS:
            yield f"{name} line {line}: unknown table [[{key[0]}]]; {remedy(key[0], ITEMS)}"


def _syntax(name: str, text: str, said: str) -> str:
    """A parser's complaint as a sentence with file and line."""
    found = re.fullmatch(r"(.*?)(?:: .*)? \(at (?:line (\d+), column (\d+)|end of document)\)", said)
    if found is None:
        return f"{name}: is not TOML ({said.split(':')[0]}); write key = value, with text in quotes"
    what, line, column = found.groups()
    if line is None:
        last = text.rstrip("\n").count("\n") + 1
        return f"{name} line {last}: ends in the middle of something ({what}); write the rest of it"
    place = f"{name} line {line}, column {column}"
    if "overwrite" in what or "twice" in what or "mutate" in what:
        return f"{place}: says a key or a table a second time ({what}); take one of them out"
    return f"{place}: is not TOML ({what}); write key = value, with text in quotes"


_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


def _by_name(draft: Draft, table: str, items: object) -> dict[int, str]:
    """The names of an array's items by number; items without a usable name are noted, left out."""
    names: dict[int, str] = {}
    if not isinstance(items, list):
        draft.wrong((table,), f"{table} is one table; write [[{table}]], once for each")
        draft.left_out.append((table,))
        return names
    for number, item in enumerate(items):
        name = item.get("name") if isinstance(item, dict) else None
        if isinstance(name, str) and _NAME.fullmatch(name) and name not in {*RESERVED, *names.values()}:
            names[number] = name
            continue
        path = (table, str(number))
        draft.wrong(path, f"{one(table)} {_misnamed(name, [*names.values()])}")
        draft.left_out.append(path)
    return names


def one(thing: str) -> str:
    """A thing with its article."""
    return f"{'an' if thing[:1] in 'aeiou' else 'a'} {thing}"


def _misnamed(name: object, taken: Sequence[object]) -> str:
    """What is wrong with the name of an item, and what would be right."""
    if name is None:
        return 'has no name; add name = "…"'
    if not isinstance(name, str):
        return f"is named {name}; write a text in quotes"
    if name in taken:
        return f"named '{name}' stands twice; write it once, or rename one"
    if name in RESERVED:
        return f"is named '{name}', a word of the format; give it another name"
    return f"is named {name!r}; write a name of lower-case letters, digits, _ and - in quotes"


def _read_one(path: Path) -> Draft:
    """One file as a draft, without the one it extends."""
    text = _text_of(path)
    tree = _parsed(path.name, text)
    draft = Draft(path.name)
    numbered: dict[tuple[str | int, ...], int] = {}
    for key, line in key_lines(text):
        numbered.setdefault(key, line)
    names = {table: _by_name(draft, table, tree[table]) for table in ITEMS if table in tree}
    for key, line in numbered.items():
        if len(key) > 1 and isinstance(key[1], int):
            name = names.get(str(key[0]), {}).get(key[1], str(key[1]))
            key = (key[0], name, *key[2:])
        draft.lines.setdefault(tuple(map(str, key)), (path.name, line))
    for table, named in names.items():
        tree[table] = {name: tree[table][number] for number, name in named.items()}
    draft.tree = tree
    return draft


def _is_table(node: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(node, dict) and not is_number(node)


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two trees as one: tables are joined; where both say something else, the upper one counts."""
    result = dict(below)
    for key, node in above.items():
        old = result.get(key)
        if _is_table(old) and _is_table(node):
            result[key] = laid_over(old, node)
        else:
            result[key] = node
    return result


def read_draft(path: Path, above: tuple[str, ...] = ()) -> Draft:
    """A file laid over the one it extends, and over what that extends."""
    draft = _read_one(path)
    if "extends" not in draft.tree:
        return draft
    base, where = draft.tree["extends"], "{} line {}".format(*draft.spot(("extends",)))
    if not isinstance(base, str) or not re.fullmatch(r"[\w-]+(\.toml)?", base):
        raise ScenarioError(f"{where}: extends {base!r}; write the name of a scenario beside this one")
    parent = path.with_name(f"{base.removesuffix('.toml')}.toml")
    if parent.name in (path.name, *above):
        raise ScenarioError(f"{where}: extends '{base}', which extends this file; take one out")
    try:
        below = read_draft(parent, (*above, path.name))
    except ScenarioError as error:
        raise ScenarioError(f"{where}: extends '{base}', but {error}") from None
    anew = draft.tree.get("anew", [])
    kept = {key: node for key, node in below.tree.items() if not isinstance(anew, list) or key not in anew}
    return Draft(
        path.name,
        laid_over(kept, draft.tree),
        below.lines | draft.lines,
        below.mistakes + draft.mistakes,
        below.left_out + draft.left_out,
    )
