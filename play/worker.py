"""Worker: how a process behaves that works for another; quick to load, since every process begins with it."""

import signal


def patient() -> None:
    """A worker leaves Ctrl-C to whoever started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
