"""Terminal: a whole game in words, for one seat at a keyboard, a pipe or a screen reader."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from play import page
from play.asking import CannotAsk
from play.dials import issuers, number_in, plain, usage
from play.forecasts import ForecastError
from play.foretelling import USAGE, due_lines, forecast_line, outcome_lines
from play.keep import saved
from play.model import Chokepoint
from play.quantities import UnknownQuantity
from play.revealing import reveal_lines
from play.save import ENDING, SaveError
from play.sitting import Sitting
from play.telling import ranged_why_lines, seen_change
from play.telling_previews import preview_lines
from world.orders import MOVES, OrderKind, OrderRefused
from world.scenario import Scenario
from world.scenario_text import remedy
from world.view import view

HELP = """\
Commands
  look              everything you see; also: race, books, beliefs, sources, rules
  orders            your orders: how they stand, bounds, steps and cost
  help ORDER        what an order does and how it is written
  ORDER …           give an order, for example: {example}
  draft             the orders you have given for this quarter
  undo              take the last one back
  preview           what the draft would change, as far as you can know; preview QUANTITY tells more
  why QUANTITY      what it changed by in the last quarter, and from what; why QUANTITY SEAT opens a seat's orders
  why not           why orders of the last quarter did not stand
  forecast …        forecast QUESTION LOW MEDIAN HIGH QUARTER: what you expect, scored at the end; alone: those you made
  end               end the quarter: everybody's orders are carried out at once
  finish [FILE]     let a standard player hold your seat until the end, and be told the score
  seat NAME         sit somewhere else; a program takes over where you sat
  save FILE         put the game into a file
  quit              leave the table"""

SECTIONS = {
    "race": page.race,
    "books": page.books,
    "beliefs": page.believed,
    "sources": page.said,
    "rules": page.rules,
    "orders": page.orders,
}


class Terminal:
    """One person at one seat of one game: words in, lines out."""

    def __init__(
        self, model: Chokepoint, seat: str, say: Callable[[str], None], scenario: Scenario | None = None
    ) -> None:
        self.model = model
        self.sitting = Sitting(model, seat, scenario)
        self.say = say
        self.is_left = False
        self.commands: dict[str, Callable[[list[str]], None]] = {
            "help": self.help,
            "look": self.look,
            "draft": self.show_draft,
            "undo": self.undo,
            "preview": self.preview,
            "why": self.why,
            "forecast": self.forecast,
            "end": self.end,
            "finish": self.finish,
            "seat": self.change,
            "save": self.save,
            "quit": self.leave,
        }

    @property
    def seat(self) -> str:
        """Where the person sits."""
        return self.sitting.seat

    @property
    def seen(self) -> page.Tree:
        """What the seat sees now."""
        return self.sitting.seen

    def tell(self, lines: list[str]) -> None:
        """Say some lines."""
        for line in lines or ["Nothing to tell."]:
            self.say(line)

    def play(self, lines: Iterator[str]) -> None:
        """Take words until the game is over, somebody leaves, or no more come."""
        self.tell([*page.heading(self.seen), *self.scripted(), "", *page.race(self.seen), ""])
        self.tell_outlook()
        self.say("Write help for what you can do, look for all you see, end to end the quarter.")
        for line in lines:
            words = line.split()
            if words:
                self.obey(words)
            if self.is_left or not self.model.running:
                return
        self.say("No more words: the game is left as it stands.")

    def scripted(self) -> list[str]:
        """Whose orders to come a script gives, and until when; nothing of what they are."""
        model, script = self.model, self.model.script
        last = {} if script is None else {seat: script.last(seat) for seat in script.seats}
        ends: dict[int, list[str]] = {}
        for seat, turn in last.items():
            if turn > model.world.turn[0]:
                ends.setdefault(turn, []).append(model.cast.seats[seat].title)
        return [
            f"Up to {model.story.quarter(turn)} a script gives the orders of {', '.join(titles)}."
            for turn, titles in sorted(ends.items())
        ]

    def obey(self, words: list[str]) -> None:
        """Do what one line asks for; what cannot be done is said and changes nothing."""
        first = words[0].lower()
        try:
            if first in SECTIONS:
                self.tell(SECTIONS[first](self.seen))
            elif first in self.commands:
                self.commands[first](words[1:])
            else:
                self.order(words)
        except (OrderRefused, SaveError, CannotAsk, UnknownQuantity, ForecastError) as refusal:
            text = str(refusal)
            self.say(f"Refused: {text}" if text.endswith("?") else f"Refused: {text}.")

    def look(self, rest: list[str]) -> None:
        """Say everything the seat sees."""
        self.tell(page.page(self.seen))

    def help(self, rest: list[str]) -> None:
        """Say what can be done, or what one order does."""
        kinds = {kind.name: kind for kind in self.sitting.kinds}
        if not rest:
            self.tell(HELP.format(example=self.example()).splitlines())
            self.tell(["Your orders", *(f"  {usage(kind)}" for kind in kinds.values())])
            return
        if rest[0] not in kinds:
            raise OrderRefused(f"there is no order '{rest[0]}' for you; {remedy(rest[0], kinds)}")
        self.tell(manual(kinds[rest[0]], issuers(self.model.cast, kinds[rest[0]])))

    def example(self) -> str:
        """An order that the seat could give."""
        dial = self.seen["dials"][0]
        name, one = next(iter(dial["amounts"].items()))
        return f"{page.title(dial)} {name}={plain(one['high'])}"

    def order(self, words: list[str]) -> None:
        """Add an order to the draft, unless it would be refused."""
        if not self.sitting.order(self.read(words)):
            self.say("It stands so already; nothing needs to be ordered.")
            return
        self.say(f"Noted: {' '.join(words)}. Moves left: {self.sitting.moves_left} of {MOVES}.")

    def read(self, words: list[str]) -> dict[int, int]:
        """The dials that an order in words sets, and to which steps."""
        book = self.sitting.book
        if words[0] not in book.layout.places:
            names = [kind.name for kind in self.sitting.kinds]
            known = [*names, *SECTIONS, *self.commands]
            raise OrderRefused(f"there is no '{words[0]}'; {remedy(words[0], known)}")
        picks = [word for word in words[1:] if "=" not in word]
        pairs = (word.split("=", 1) for word in words[1:] if "=" in word)
        amounts = {name: number_in(value, f"{words[0]}: {name}") for name, value in pairs}
        return book.read(self.seat, words[0], picks, amounts)

    def show_draft(self, rest: list[str]) -> None:
        """Say what has been ordered for the quarter."""
        settings = self.sitting.settings
        if not settings:
            self.say("No orders for this quarter yet.")
        for row, step in settings.items():
            dial = self.sitting.book.dials[row]
            value = f"{dial.amount.name}={plain(dial.amount.value(step))}"
            self.say(f"  {' '.join((dial.kind.name, *dial.picks))} {value} {dial.amount.unit}".rstrip())

    def undo(self, rest: list[str]) -> None:
        """Take the last order back."""
        self.say(f"Taken back: {self.sitting.name(self.sitting.undo())}.")

    def preview(self, rest: list[str]) -> None:
        """Say what the draft would change, in worlds that the seat imagines."""
        found, worlds = self.sitting.preview(rest), self.sitting.mind.worlds
        self.tell(preview_lines(found, self.model.view(self.seat), self.model.story, worlds, tuple(rest)))

    def why(self, rest: list[str]) -> None:
        """Say what a change came from, as far as the seat can know, or why orders did not stand."""
        if rest in ([], ["not"]):
            self.tell(page.refused(self.seen) or ["No order of yours was refused in the last quarter."])
            return
        found, past = self.sitting.why(rest[0], rest[1:])
        before, after = (view(state, self.seat) for state in self.model.record.quarters[-2:])
        seen = seen_change(found.quantity, before, after)
        self.tell(ranged_why_lines(found, past, self.model.story, self.seat, seen))

    def end(self, rest: list[str]) -> None:
        """Hand in the draft, let the quarter pass, and say what came of it."""
        before = self.seen
        self.sitting.end()
        after = self.seen
        self.tell([*page.news(before, after), *page.refused(after), *self.due(after["turn"]), ""])
        self.tell(page.heading(after) if self.model.running else page.verdict(after))
        self.tell_outlook()

    def forecast(self, rest: list[str]) -> None:
        """Register a forecast, or say which there are."""
        if rest:
            one = self.sitting.foresee(rest)
            self.say(f"Registered: {forecast_line(one, self.model.story)}.")
            return
        mine = [f"  {forecast_line(one, self.model.story)}" for one in self.sitting.own_forecasts]
        self.tell(["Your forecasts", *mine] if mine else [f"You made no forecast yet. Write {USAGE}."])

    def due(self, turn: int) -> list[str]:
        """What is said of forecasts for the quarter that is over."""
        return due_lines(self.sitting.own_forecasts, turn, self.model.story)

    def tell_outlook(self) -> None:
        """Say how the game will likely end; once it is over, what was true, how good forecasts were, and the score."""
        if not self.model.running:
            lines = reveal_lines(saved(self.model), self.seat)
            for line in [*lines, *outcome_lines(self.sitting.outcomes, self.model.story)]:
                self.say(line)
        for line in self.sitting.outlook.lines(self.seat):
            self.say(line)

    def finish(self, rest: list[str]) -> None:
        """Hand the seat to a standard player until the end, and say how it ended; the whole game may be kept in a file."""
        path = save_path(rest) if rest else None
        self.sitting.finish()
        self.tell(page.verdict(self.seen))
        self.tell_outlook()
        if path is not None:
            self.sitting.save(path)
            self.say(f"Saved as {path}.")

    def change(self, rest: list[str]) -> None:
        """Sit on another seat from now on; orders of the draft have to be handed in or taken back before."""
        if not rest:
            raise OrderRefused(f"seat: the name is missing; {remedy('', self.model.cast.names['seats'])}")
        if " ".join(rest) == self.seat:
            self.say(f"You sit there already: {self.seat}.")
            return
        self.sitting.change(" ".join(rest))
        self.tell([*page.heading(self.seen), "", *page.race(self.seen)])

    def save(self, rest: list[str]) -> None:
        """Put the game into a file; orders of the draft are not part of it."""
        path = save_path(rest)
        self.sitting.save(path)
        self.say(f"Saved as {path}. Go on with: python main.py play {path} --text")

    def leave(self, rest: list[str]) -> None:
        """Leave the table."""
        self.is_left = True
        self.say("You leave the table; the game is left as it stands.")


def save_path(rest: Sequence[str]) -> Path:
    """The file that somebody names for a save; raises SaveError for none or several."""
    if len(rest) != 1:
        raise SaveError(f"save: name one file, such as save my-game{ENDING}")
    return Path(rest[0] if rest[0].endswith(ENDING) else rest[0] + ENDING)


def manual(kind: OrderKind, issuers: Sequence[str]) -> list[str]:
    """What an order does, how it is written, its bounds, its cost, and why it may be refused."""
    lines = [usage(kind), f"  {kind.summary}", f"  Given by: {', '.join(issuers)}."]
    for pick in kind.picks:
        lines.append(f"  {pick.name.upper()}: {pick.help}.")
    for amount in kind.amounts:
        bounds = f"{plain(amount.low)} to {plain(amount.high)}, steps of {plain(amount.step)}"
        lines.append(f"  {amount.name}: {amount.help} ({bounds} {amount.unit}".rstrip() + ").")
    if kind.price:
        lines.append(f"  Costs {page.amount(kind.price, kind.currency)} each time it is moved.")
    if kind.delay:
        lines.append(f"  Bites after {page.quarters(kind.delay)}.")
    if kind.lead:
        lines.append(f"  What it pays for is there {page.quarters(kind.lead)} later.")
    if kind.is_secret:
        lines.append("  Others do not see how it is set.")
    if kind.refusals:
        lines.append(f"  Refused where {'; or '.join(kind.refusals)}.")
    if kind.claim:
        lines.append(f"  Answers to claim {kind.claim}.")
    return lines
