"""The debrief of a finished game: what happened and why, with every hidden figure revealed, as one page."""


class Unfinished(ValueError):
    """Why a game cannot be told."""
