"""Door: the dialogue with one bot, which may crash, hang, flood or talk nonsense without the game noticing more than a forfeit."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from arena.bots.declared import PROTOCOL, Message, Orders, Ready
from arena.bots.lines import Nonsense, line_of, message_in, tree_in
from arena.bots.process import CannotStart, Gone, Limits, Process, Silent, printable
from arena.bots.read import Reading, reading
from arena.bots.sent import Question, refusal

Tree = dict[str, Any]
One = TypeVar("One", bound=Message)


class Forfeit(Exception):
    """A quarter that `standard` decides instead: the cause in a word, and why in a sentence."""

    def __init__(self, cause: str, why: str) -> None:
        super().__init__(why)
        self.cause, self.why = cause, why


class Door:
    """A bot at work: started by a command, asked a quarter at a time."""

    def __init__(
        self,
        command: str,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        start: Callable[[str, Limits, Callable[[], float]], Process] = Process,
    ) -> None:
        self.command, self.clock = command, clock
        self.limits = limits or Limits()
        self.name = ""
        self.gone = ""
        """Why it can no longer be asked (empty: it can)."""
        self._process = start(command, self.limits, clock)
        self._ask, self._asking = 0, "hello"
        self._game, self._used = -1, 0.0
        self._silences = 0

    def greet(self, hello: Tree) -> None:
        """Say hello and wait until the bot is ready; raises CannotStart, and ends it, where it is not."""
        try:
            self._process.send(line_of(hello))
            ready = self._answer(Ready, self.clock() + self.limits.start)
            if ready.protocol != PROTOCOL:
                raise Nonsense(f"it speaks protocol {ready.protocol} and this game speaks {PROTOCOL}")
        except (Gone, Nonsense) as error:
            self.close()
            raise CannotStart(f"{self.command}: {error} (answering hello)") from None
        except Silent:
            self.close()
            raise CannotStart(
                f"{self.command}: it was not ready after {self.limits.start:g} s; answer hello with ready"
            ) from None
        self.name = printable(ready.name).replace("\n", "?")

    def orders(self, question: Question) -> Reading:
        """What the bot orders, after one chance to mend what would not stand; raises Forfeit."""
        if self.gone:
            raise Forfeit("gone", self.gone)
        if question.game != self._game:
            self._game, self._used = question.game, 0.0
        left = self.limits.game - self._used
        if left <= 0:
            raise Forfeit("late", f"the {self.limits.game:g} s for the game are used up")
        begun = self.clock()
        until = begun + min(self.limits.turn, left)
        try:
            return self._asked(question, until)
        except Silent:
            raise self._silent(until - begun) from None
        except Nonsense as error:
            raise Forfeit("nonsense", str(error)) from None
        except Gone as error:
            self._lose(error.why)
            raise Forfeit(error.cause, error.why) from None
        finally:
            self._used += self.clock() - begun

    def _asked(self, question: Question, until: float) -> Reading:
        self._put(question.message(self._ask + 1, until - self.clock()))
        found = reading(question.view, self._answer(Orders, until).orders)
        if found.wrong:
            self._put(refusal(self._ask + 1, question.game, until - self.clock(), found.wrong))
            found = reading(question.view, self._answer(Orders, until).orders)
        self._silences = 0
        return found

    def _put(self, message: Tree) -> None:
        self._ask, self._asking = message["ask"], message["type"]
        self._process.send(line_of(message))

    def _answer(self, expected: type[One], until: float) -> One:
        """The answer to the last question; answers to earlier ones, which came late, are passed over."""
        for _ in range(self.limits.lines):
            tree = tree_in(self._process.line(until))
            ask = tree.get("ask")
            if type(ask) is int and ask > self._ask:
                raise Nonsense(f"ask is {ask} and the question was {self._ask}; repeat the number of the question")
            if type(ask) is not int or ask == self._ask:
                return message_in(tree, expected)
        raise Gone("flood", f"it wrote {self.limits.lines} lines that answer nothing")

    def _silent(self, seconds: float) -> Forfeit:
        self._silences += 1
        why = f"it gave no answer to {self._asking} within {seconds:g} s"
        if self._silences >= self.limits.silences:
            self._lose(f"it gave no answer {self._silences} times in a row")
        return Forfeit("late", why)

    def _lose(self, why: str) -> None:
        """From now on `standard` holds the seat."""
        self.gone = why
        self._process.close()

    def tell(self, message: Tree) -> None:
        """Send what needs no answer, if anybody is there."""
        if self.gone:
            return
        try:
            self._process.send(line_of(message))
        except Gone as error:
            self._lose(error.why)

    @property
    def last_words(self) -> str:
        """The end of what it wrote to standard error."""
        return self._process.last_words

    def close(self) -> None:
        """End the bot and what it started."""
        self._process.close()
