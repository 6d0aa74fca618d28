"""Glossary: the terms of the field in a sentence or two, and words that link to them."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

GLOSSARY = Path(__file__).resolve().parents[1] / "assets" / "glossary.toml"


@dataclass(frozen=True)
class Term:
    """A word of the field, other spellings of it, and what it means."""

    key: str
    name: str
    also: tuple[str, ...]
    text: str


@cache
def glossary(path: Path = GLOSSARY) -> tuple[Term, ...]:
    """Every term, in the order of the alphabet; raises ValueError where one is told twice."""
    tree = tomllib.loads(path.read_text("utf-8"))
    found = [Term(t["key"], t["name"], tuple(t["also"]), t["text"]) for t in tree["term"]]
    keys = [term.key for term in found]
    twice = [key for key in keys if keys.count(key) > 1]
    if twice:
        raise ValueError(f"{path.name}: the term {twice[0]} stands twice; give one a new key")
    return tuple(sorted(found, key=lambda term: term.name.lower()))


class Linked:
    """Words with the first mention of every term as a link to `#term-KEY`; a new page begins with a new one."""

    def __init__(self, terms: Iterable[Term] | None = None) -> None:
        self.keys = {
            word: term.key for term in (glossary() if terms is None else terms) for word in (term.name, *term.also)
        }
        longest_first = sorted(self.keys, key=lambda word: (-len(word), word))
        self.pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])")
        self.told: set[str] = set()

    def __call__(self, text: str) -> Markup:
        """The words, escaped, with links; what is marked up already stays as it is."""
        if isinstance(text, Markup):
            return text
        found, at = Markup(""), 0
        for match in self.pattern.finditer(text):
            key = self.keys[match[0]]
            if key in self.told:
                continue
            self.told.add(key)
            link = Markup('<a class="term" href="#term-{}">{}</a>').format(key, match[0])
            found += escape(text[at : match.start()]) + link
            at = match.end()
        return found + escape(text[at:])
