"""Pages: what commands write into documents, between two marks, so that the prose around it stays."""

from collections.abc import Iterable
from pathlib import Path

from play.commands.doors import Refused
from play.packing import written

DOCS = Path(__file__).resolve().parents[2] / "docs"
FRONT = DOCS / "evidence.md"
"""The page that is read first."""


def marks(name: str) -> tuple[str, str]:
    """The lines between which something of that name stands."""
    return f"<!-- {name} -->", f"<!-- end of {name} -->"


def put(path: Path, name: str, lines: Iterable[str]) -> None:
    """Write lines between the marks of that name in a document; raises Refused where there are none."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{path.name}: is not there or no text; take it from the repository") from None
    first, last = marks(name)
    before, opens, rest = text.partition(f"{first}\n")
    _, closes, after = rest.partition(last)
    if not opens or not closes:
        raise Refused(f"{path.name}: has no lines '{first}' and '{last}'; put them where the table belongs")
    whole = "\n".join([before + first, "", *lines, "", last]) + after
    written(path, whole.encode("utf-8"))


def stands(path: Path, name: str) -> str:
    """What stands between the marks of that name in a document, without the empty lines round it."""
    first, last = marks(name)
    return path.read_text("utf-8").partition(first)[2].partition(last)[0].strip("\n")
