"""All wording: one file a language in `assets/words/`, so that another language needs no code."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "assets/words"
HOLE = re.compile(r"{(\w+)}")


class WordsError(ValueError):
    """Wording that cannot be read, or that is not there."""


class Words:
    """The wording of one language, asked for by dotted names such as `app.too_small`."""

    def __init__(self, texts: Mapping[str, str], language: str = "en") -> None:
        self.texts = dict(texts)
        self.language = language

    def __call__(self, name: str, /, **values: object) -> str:
        """The text of a name, its holes filled; raises WordsError where the name or a value is missing."""
        if name not in self.texts:
            raise WordsError(f"assets/words/{self.language}.toml: there is no {name}; add it")
        text = self.texts[name]
        missing = [hole for hole in HOLE.findall(text) if hole not in values]
        if missing:
            raise WordsError(f"{name} of assets/words/{self.language}.toml asks for {missing[0]}; give it a value")
        return HOLE.sub(lambda hole: str(values[hole[1]]), text)

    def __contains__(self, name: str) -> bool:
        return name in self.texts

    def under(self, name: str) -> dict[str, str]:
        """The texts below a name, by what follows it, in the order of the file."""
        start = name + "."
        return {key.removeprefix(start): text for key, text in self.texts.items() if key.startswith(start)}


def flat(node: Mapping[str, Any], start: str = "") -> dict[str, str]:
    """Nested tables as dotted names."""
    found: dict[str, str] = {}
    for key, value in node.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{start}{key}.")
        else:
            found[f"{start}{key}"] = str(value)
    return found


@lru_cache(maxsize=8)
def parsed(file: str) -> Mapping[str, str]:
    """The texts of a file of wording by dotted names; each file is parsed once, however many windows ask."""
    return flat(tomllib.loads(file))


def languages(folder: Path = FOLDER) -> list[str]:
    """The languages there are, by the names of their files."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def read(language: str = "en", folder: Path = FOLDER) -> Words:
    """The wording of a language; raises WordsError with place and remedy where it cannot be read."""
    path = folder / f"{language}.toml"
    try:
        return Words(parsed(path.read_text("utf-8")), language)
    except FileNotFoundError:
        there = ", ".join(languages(folder)) or "none"
        raise WordsError(f"there is no wording for the language {language!r}; choose one of {there}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WordsError(f"assets/words/{path.name} cannot be read ({error}); take it anew from the game") from None
