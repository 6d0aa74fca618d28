"""Where the keys of a text in TOML stand, which its parser does not say."""

import re
from collections.abc import Iterator

_BARE = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\]|\\.)*\"|'[^']*')"
_DOTTED = rf"{_BARE}(?:\s*\.\s*{_BARE})*"
_HEAD = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")
_TOKEN = re.compile(r"\"\"\"|'''|\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\[\]{}]|#.*")


def _keys(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_BARE, dotted)]


def _values_open(text: str, quote: str, depth: int) -> tuple[str, int]:
    """Which multi-line quote and how many brackets are open after a line of a value."""
    at = 0
    while at < len(text):
        if quote:
            end = text.find(quote, at)
            if end < 0:
                return quote, depth
            at, quote = end + 3, ""
            continue
        token = _TOKEN.search(text, at)
        if token is None:
            break
        at = token.end()
        if token[0] in ('"""', "'''"):
            quote = token[0]
        elif token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
    return quote, depth


def key_lines(text: str) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """Every key and header of a text in TOML, with its line; items of an array by number."""
    head: tuple[str | int, ...] = ()
    count: dict[tuple[str | int, ...], int] = {}
    quote, depth = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        if quote or depth:
            quote, depth = _values_open(line, quote, depth)
        elif found := _HEAD.match(line):
            head = ()
            *above, last = _keys(found[2])
            for key in above:
                head += (key,) if (*head, key) not in count else (key, count[(*head, key)])
            head += (last,)
            if found[1] == "[[":
                count[head] = count.get(head, -1) + 1
                head += (count[head],)
            yield head, number
        elif found := _KEY.match(line):
            keys = _keys(found[1])
            for end in range(1, len(keys) + 1):
                yield (*head, *keys[:end]), number
            quote, depth = _values_open(line[found.end() :], "", 0)
