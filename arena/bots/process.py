"""Process: a program that somebody else wrote, with lines going in and out under limits that it cannot make us break.

Nothing here waits for the program longer than it was told to: reading and writing are done by threads that look up
several times a second, and whatever the program started is ended with it.
"""

import contextlib
import os
import queue
import select
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

IS_POSIX = os.name == "posix"
BEAT = 0.1
"""Seconds after which a thread that waits looks whether it is still wanted."""
CHUNK = 1 << 16
PIECE = 4096
"""Bytes that a pipe which takes any takes at once."""
DYING = 2.0
"""Seconds that a killed process may take to end before it is no longer waited for."""
UNREAD = 8
"""Messages that may wait for a program that does not read."""


@dataclass(frozen=True)
class Limits:
    """What a program may take (seconds) and say (bytes, lines)."""

    start: float = 30.0
    turn: float = 10.0
    game: float = 120.0
    line: int = 1 << 16
    lines: int = 64
    kept: int = 1 << 13
    """Bytes of standard error that are kept."""
    grace: float = 0.5
    """Seconds to leave in, once its input has ended."""
    silences: int = 3
    """Quarters in a row without an answer, after which it is ended."""


class CannotStart(ValueError):
    """A command that starts no program, in a sentence."""


class Gone(Exception):
    """The program can no longer be talked to: the cause in a word, and why in a sentence."""

    def __init__(self, cause: str, why: str) -> None:
        super().__init__(why)
        self.cause, self.why = cause, why


class Silent(Exception):
    """No line came in time."""


@dataclass
class Process:
    """A running program; `close` ends it and all that it started in its group."""

    command: str
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._child = started(self.command)
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._letters: queue.Queue[bytes | None] = queue.Queue(UNREAD)
        self._said = b""
        self._is_closing = threading.Event()
        self._is_flooding = ""
        work = (self._read, self._hear, self._write)
        self._threads = [threading.Thread(target=one, daemon=True, name=f"bot {self._child.pid}") for one in work]
        for thread in self._threads:
            thread.start()

    @property
    def is_closed(self) -> bool:
        """Whether it was ended."""
        return self._is_closing.is_set()

    @property
    def status(self) -> int | None:
        """With what it left; None while it runs."""
        return self._child.returncode

    def send(self, line: bytes) -> None:
        """Send a line, without waiting for it to be read; raises Gone for a program that does not read."""
        try:
            self._letters.put_nowait(line)
        except queue.Full:
            raise Gone("deaf", f"it did not read the last {UNREAD} messages") from None

    def line(self, until: float) -> bytes:
        """The next line, without its end; raises Silent, or Gone where no more will come."""
        try:
            found = self._lines.get(timeout=max(until - self.clock(), 0.0))
        except queue.Empty:
            if self._child.poll() is not None:  # it left, and something that it started holds its output open
                raise self._gone() from None
            raise Silent from None
        if found is None or self._is_flooding:
            raise self._gone()
        return found

    def _gone(self) -> Gone:
        if self._is_flooding:
            return Gone("flood", self._is_flooding)
        try:
            status = self._child.wait(self.limits.grace)
        except subprocess.TimeoutExpired:
            return Gone("exit", "it closed its output")
        last = self.last_words.strip().rpartition("\n")[2]
        return Gone("exit", f"it left with status {status}" + (f", its last words: {last}" if last else ""))

    @property
    def last_words(self) -> str:
        """The end of what it wrote to standard error, as printable text."""
        self._threads[1].join(BEAT if self._child.returncode is not None else 0)
        return printable(self._said.decode("utf-8", "replace"))

    def close(self) -> None:
        """Let it leave by itself for a moment, then end it and its children; never raises, and may be called twice."""
        if self.is_closed:
            return
        if self.status is None and not self._is_flooding:
            self._part()
        self._is_closing.set()
        ended(self._child)
        for thread in self._threads:
            thread.join(2 * BEAT + 1)
        for pipe in (self._child.stdin, self._child.stdout, self._child.stderr):
            assert pipe is not None
            if not pipe.closed:
                pipe.close()

    def _part(self) -> None:
        """End its input, and give it a moment."""
        try:
            self._letters.put_nowait(None)
            self._child.wait(self.limits.grace)
        except (queue.Full, subprocess.TimeoutExpired):
            return

    def _read(self) -> None:
        """Cut what it writes into lines, until it ends or writes too much."""
        rest = b""
        for chunk in self._chunks(self._child.stdout):
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                self._lines.put(line.removesuffix(b"\r"))
            if max(map(len, (*whole, rest))) > self.limits.line:
                self._is_flooding = f"it wrote a line of more than {self.limits.line} bytes"
            elif self._lines.qsize() > self.limits.lines:
                self._is_flooding = f"it wrote more than {self.limits.lines} lines that nobody asked for"
            if self._is_flooding:
                break
        self._lines.put(None)

    def _hear(self) -> None:
        """Keep the end of what it writes to standard error."""
        for chunk in self._chunks(self._child.stderr):
            self._said = (self._said + chunk)[-self.limits.kept :]

    def _chunks(self, pipe: IO[bytes] | None) -> Iterator[bytes]:
        assert pipe is not None
        number = pipe.fileno()
        while not self._is_closing.is_set():
            if not ready(number, "read"):
                continue
            try:
                chunk = os.read(number, CHUNK)
            except OSError:
                return
            if not chunk:
                return
            yield chunk

    def _write(self) -> None:
        """Hand over what was sent, as fast as it reads; None ends its input."""
        assert self._child.stdin is not None
        number = self._child.stdin.fileno()
        while not self._is_closing.is_set():
            try:
                letter = self._letters.get(timeout=BEAT)
            except queue.Empty:
                continue
            if letter is None:
                self._child.stdin.close()
                return
            if not self._handed_over(number, letter):
                return

    def _handed_over(self, number: int, letter: bytes) -> bool:
        """Whether a message got through; it does not once the program has closed its input, or is ended."""
        while letter:
            if self._is_closing.is_set():
                return False
            if not ready(number, "write"):
                continue
            try:
                letter = letter[os.write(number, letter[:PIECE]) :]
            except OSError:
                return False
        return True


def printable(text: str) -> str:
    """A text without anything that a terminal would obey."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text)


def started(command: str) -> subprocess.Popen[bytes]:
    """The program of a command, in a group of its own and without a shell; raises CannotStart."""
    try:
        words = shlex.split(command, posix=IS_POSIX)
    except ValueError as error:
        raise CannotStart(f"{command}: cannot be cut into words ({error}); close every quotation mark") from None
    if not words or not words[0]:
        raise CannotStart("the command is empty; write one that starts a program, such as python3 examples/hawkish.py")
    pipe, own = subprocess.PIPE, {**os.environ, "PYTHONUNBUFFERED": "1"}
    try:
        return subprocess.Popen(
            words, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, env=own, start_new_session=IS_POSIX
        )
    except FileNotFoundError:
        raise CannotStart(f"there is no program '{words[0]}'; write a command as in a terminal") from None
    except PermissionError:
        raise CannotStart(f"'{words[0]}' may not be executed; make it executable, or name what runs it") from None
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise CannotStart(f"'{words[0]}' cannot be started ({said}); name what runs it, such as python3") from None


def ended(child: subprocess.Popen[bytes]) -> None:
    """End a program and all others of its group, and wait for them."""
    if IS_POSIX:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    else:  # untried on such systems by our tests
        quiet = subprocess.DEVNULL
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(child.pid)], stdout=quiet, stderr=quiet, check=False)
    child.kill()
    child.wait()
    await_end(child.pid)


def await_end(group: int) -> None:
    """Wait until nothing of a group that was killed runs any more, each for `DYING` at most; where the system can tell (Linux).

    A signal only says that a process shall end: one that holds much memory is still at it when the call returns.
    """
    if not hasattr(os, "pidfd_open"):
        return
    for member in members(group):
        with contextlib.suppress(OSError):  # gone meanwhile, or the system keeps it from us
            handle = os.pidfd_open(member)
            try:
                poll = select.poll()
                poll.register(handle, select.POLLIN)
                poll.poll(DYING * 1000)
            finally:
                os.close(handle)


def members(group: int) -> list[int]:
    """The processes of a group, those of them too that ended and that nobody asked about (Linux)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            told = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(told[2]) == group:
                found.append(int(folder.name))
    return found


def ready(number: int, what: str) -> bool:
    """Whether a pipe can be read or written without waiting, within a beat; where one cannot know, yes."""
    if not hasattr(select, "poll"):
        return True
    poll = select.poll()
    poll.register(number, select.POLLIN if what == "read" else select.POLLOUT)
    return bool(poll.poll(BEAT * 1000))
