"""ODD: the command that writes the description of the model anew from what the code declares."""

from argparse import Namespace
from pathlib import Path

from play.commands.doors import FAULTY, Refused, warn, writing
from play.odd.page import PAGE, OddError, page
from play.packing import written


def main(args: Namespace) -> int:
    """Write the page, or with `--check` say whether it stands as it would be written; 1 where it does not."""
    path = Path(args.out) if args.out else PAGE
    try:
        text = page()
    except OddError as error:
        raise Refused(str(error)) from None
    if args.check:
        return checked(path, text)
    with writing("--out", path, "file"):
        path.parent.mkdir(parents=True, exist_ok=True)
        written(path, text.encode("utf-8"))
    warn(f"written to {path.name}")
    return 0


def checked(path: Path, text: str) -> int:
    """Say whether a file holds the text, and where it first does not."""
    try:
        found = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{path}: is not there or no text; write it with python main.py odd") from None
    wanted = text.splitlines()
    if found == wanted:
        warn(f"{path.name} says what the code declares")
        return 0
    same = (at for at, pair in enumerate(zip(found, wanted, strict=False), 1) if pair[0] != pair[1])
    line = next(same, min(len(found), len(wanted)) + 1)
    warn(f"{path.name} line {line}: is not what the code declares; write it anew with python main.py odd")
    return FAULTY
