"""Declared: every message between a game and a bot, once; the schema, the manual and the checks read this."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

PROTOCOL = 1
"""The version of the protocol: it rises when a bot that followed the older one could be misunderstood."""
MOST_ORDERS = 32
"""Orders in one message; a seat has fewer moves than that in a quarter."""

Finite = Annotated[float, Field(allow_inf_nan=False)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Ask = Annotated[int, Field(ge=0, le=2**31 - 1, description="number of the question; the answer repeats it")]
Number = bool | int | Finite


class Message(BaseModel):
    """A line: one JSON object; what is not declared here is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PickOf(Message):
    """What an order is about."""

    name: str
    help: str
    choices: list[str] = Field(description="names to choose from")


class AmountOf(Message):
    """How much an order asks for: whole steps from low to high."""

    name: str
    unit: str
    low: Finite
    high: Finite
    step: Finite
    help: str


class Kind(Message):
    """A kind of order that the seat may give."""

    order: str
    summary: str
    picks: list[PickOf]
    amounts: list[AmountOf]
    price: Finite = Field(description="paid each time the setting is moved, in the currency")
    currency: str
    delay: int = Field(description="quarters until a new setting bites")
    lead: int = Field(description="quarters from then on until what it pays for is there")
    refusals: list[str] = Field(description="why it may be refused")


class Time(Message):
    """How long a bot may take, and how much it may say; who goes over forfeits the quarter."""

    start: Finite = Field(description="seconds from the start to `ready`")
    turn: Finite = Field(description="seconds for a quarter, mending included")
    game: Finite = Field(description="seconds for all quarters of a game")
    line_bytes: int = Field(description="longest line that is read")
    lines: int = Field(description="most lines that are read for one question")


class Hello(Message):
    """The first line: who the bot is and what it may do. The answer is `ready`."""

    type: Literal["hello"]
    ask: Ask
    protocol: int
    rules: int = Field(description="version of the rules")
    scenario: str
    title: str
    quarters: int = Field(description="length of a game")
    games: int = Field(description="games that will be played, one after another")
    seat: str
    role: str
    bloc: str
    moves: int = Field(description="orders that may be given in a quarter")
    kinds: list[Kind]
    time: Time


class SeatOf(Message):
    """The seat, and how much each of its objectives weighs."""

    name: str
    title: str
    role: str
    bloc: str
    about: str
    objectives: dict[str, Finite]


class Purse(Message):
    """What orders of the quarter can be paid with."""

    moves: int
    currency: str
    amount: Number


class Quantity(Message):
    """What the seat sees exactly of a quantity, by name; "" is the name of what has no parts."""

    unit: str
    doc: str
    values: dict[str, Number]


class Belief(Message):
    """What the seat believes of something that nobody can see: its median, and the range that holds nine in ten."""

    unit: str
    doc: str
    low: Finite
    middle: Finite
    high: Finite


class Setting(Message):
    """An amount of a dial: as last set, and as in force."""

    unit: str
    set: Finite
    in_force: Finite
    low: Finite
    high: Finite
    step: Finite


class DialOf(Message):
    """A dial: what an order sets, and where it stands until it is set anew."""

    seat: str
    order: str
    picks: list[str]
    price: Finite
    currency: str
    delay: int
    amounts: dict[str, Setting]
    entry: int = Field(description="its number in the manual's order, in which moves and prices are counted")


class FallenOrder(Message):
    """An order of the last quarter that did not stand."""

    seat: str
    order: str
    picks: list[str]
    why: str


class SourceOf(Message):
    """Who publishes."""

    title: str
    leans: dict[str, Finite] = Field(
        description="by which share it usually runs over the truth (below zero: under), by question that is disputed"
    )


class Seen(Message):
    """All that the seat sees of the game, and nothing else."""

    scenario: str
    title: str
    turn: int = Field(description="quarters played")
    length: int
    is_over: bool
    played: str = Field(description="the quarter that was played last")
    coming: str = Field(description="the quarter that orders are for")
    is_ranked: bool
    seat: SeatOf
    purse: Purse
    quantities: dict[str, Quantity]
    beliefs: dict[str, Belief]
    reports: dict[str, dict[str, Finite]] = Field(description="what each source last published, by question")
    sources: dict[str, SourceOf]
    dials: list[DialOf] = Field(description="the seat's own")
    rules: list[DialOf] = Field(description="those of others that everybody can read")
    refused: list[FallenOrder]


class Dropped(Message):
    """An order of the last message that could not be read, and why."""

    number: int = Field(description="its place in the message, from 0")
    why: str


class View(Message):
    """A quarter begins: what the seat sees. The answer is `orders`."""

    type: Literal["view"]
    ask: Ask
    game: int = Field(description="number of the game, from 0")
    seconds: Finite = Field(description="time for the answer")
    seen: Seen
    news: list[str] = Field(description="what changed in the last quarter for all to see, in sentences")
    dropped: list[Dropped] = Field(description="orders of the last quarter that could not be read")
    forfeited: str = Field(description="why `standard` decided the last quarter instead (empty: it did not)")


class Wrong(Message):
    """An order that would not stand, and why."""

    number: int = Field(description="its place in the message, from 0; -1 for one that was not in it")
    order: str
    why: str


class Refusal(Message):
    """Some orders would not stand. The answer is `orders`, whole again; it is the last for this quarter."""

    type: Literal["refusal"]
    ask: Ask
    game: int
    seconds: Finite
    refused: list[Wrong]


class Result(Message):
    """A game is over. No answer."""

    type: Literal["result"]
    game: int
    score: Finite = Field(description="how far the seat met its own objectives, 0 to 100")
    end: str = Field(description="the last quarter")
    why: str
    forfeits: dict[str, int] = Field(description="quarters that `standard` decided, by cause")
    seen: Seen


class Ready(Message):
    """The answer to `hello`: the version of the protocol that the bot speaks, and what it is called."""

    type: Literal["ready"]
    ask: Ask
    protocol: int
    name: Annotated[str, StringConstraints(max_length=80)] = ""


class Order(Message):
    """One order: its kind, what it is about, and what to set."""

    order: Name
    picks: Annotated[list[Name], Field(max_length=8)] = []
    amounts: Annotated[dict[Name, int | Finite], Field(min_length=1, max_length=8)]


class Orders(Message):
    """The answer to `view` and `refusal`: all orders of the quarter, none of them twice; [] changes nothing."""

    type: Literal["orders"]
    ask: Ask
    orders: Annotated[list[Order], Field(max_length=MOST_ORDERS)]


SENT: tuple[type[Message], ...] = (Hello, View, Refusal, Result)
"""What a bot is sent."""
TAKEN: tuple[type[Message], ...] = (Ready, Orders)
"""What a bot may answer."""

Tree = dict[str, Any]
