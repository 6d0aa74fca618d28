"""Debrief: what happened in a finished game and why, as one page."""

from argparse import Namespace
from pathlib import Path

from play.commands.doors import Refused, check_seat, tell, writing
from play.debrief.page import page
from play.debrief.told import debriefed
from play.forecasts import mark, place_of, read
from play.games import game_at
from play.packing import written


def main(args: Namespace) -> int:
    """Write the page of a finished game."""
    game, out = game_at(Path(args.save), args.game), Path(args.out)
    if args.seat is not None:
        check_seat(args.seat, game.cast)
    if not out.parent.is_dir():
        raise Refused(f"--out {out}: there is no folder {out.parent}; make it, or choose another place")
    forecasts = read(place_of(Path(args.save)), mark(game.story, game.opening), game.cast.questions)
    text = page(debriefed(game, args.seat, forecasts=forecasts)).encode("utf-8")
    with writing("--out", out, "place"):
        written(out, text)
    tell([f"Written as {out}, {len(text) / 1000:.0f} kB: open it in any browser, or print it."])
    return 0
