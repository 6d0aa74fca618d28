"""Who leans on a seat: lobbying, approval, allies and pressure on governments; foundry, customers and rules on firms."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pygame

from desktop.numbers import dollars, short
from desktop.pen import Ink, Pen, ink
from desktop.screens.order_words import figure, percent, thing
from desktop.table import Table
from desktop.theme import mix
from play.words import Words

Tree = Mapping[str, Any]
BLOCKS = 8
"""Blocks on a side."""
STRONG_STANCE = 4.0
"""The stance at which a side has won the whole argument, in logits."""
FULL_LOBBY = 5000.0
"""Thousand dollars a quarter that fill the blocks: what one firm has spent on all matters together in a year."""
FAR = 10.0
"""Points of capability (ECI) that fill the blocks of a rival's model."""


@dataclass(frozen=True)
class Lean:
    """One that leans: who, how hard (0 to 1; from -1 where it can go two ways), and in words."""

    label: str
    level: float
    text: str
    is_signed: bool = False


def leans(table: Table, words: Words) -> tuple[Lean, ...]:
    """All that leans on the seat, by its role, the governments' own first."""
    role = table.seen()["seat"]["role"]
    told: dict[str, Callable[["Facts"], Iterator[Lean]]] = {
        "controller": on_controller,
        "planner": on_planner,
        "host": on_host,
        "foundry": on_foundry,
        "memory_maker": on_memory,
        "chipmaker": on_chipmaker,
        "lab": on_lab,
        "broker": on_broker,
    }
    return tuple(told[role](Facts(table, words)))


class Facts:
    """What a seat sees, asked for by name."""

    def __init__(self, table: Table, words: Words) -> None:
        self.table = table
        self.words = words
        self.cast = table.model.cast
        self.seat = table.seat
        self.values: Mapping[str, Mapping[str, float]] = {n: q["values"] for n, q in table.seen()["quantities"].items()}
        self.rules = {
            (one["order"], *one["picks"], one["seat"]): one["amounts"]
            for one in (*table.seen()["rules"], *table.seen()["dials"])
        }

    def say(self, name: str, **values: object) -> str:
        """Wording of this part."""
        return self.words(f"orders.lean.{name}", **values)

    def named(self, name: str) -> str:
        """What somebody is called."""
        return thing(name, self.cast, self.words)

    def of(self, column: str) -> float:
        """The seat's own number of a column, 0 where there is none."""
        return float(self.values.get(column, {}).get(self.seat, 0.0))

    def rule(self, order: str, amount: str, *picks: str, seat: str = "") -> float:
        """What is in force of a public rule; 0 where there is none."""
        for key, amounts in self.rules.items():
            if key[0] == order and key[1:-1] == picks and (not seat or key[-1] == seat):
                return float(amounts[amount]["in_force"])
        return 0.0

    def share(self, label: str, share: float, text: str, **more: object) -> Lean:
        """A share as blocks."""
        return Lean(label, share, self.say(text, share=percent(share), **more))


def approval(facts: Facts) -> Lean:
    """How content people are with the government."""
    value = facts.of("approval")
    return Lean(facts.say("approval"), value, percent(value))


def stance(facts: Facts) -> Iterator[Lean]:
    """Where Washington's politics stand, and what moved them in the quarter: right of the middle is towards limits."""
    value = float(next(iter(facts.values["stance"].values())))
    side = "sellers" if value > 0.05 else "hawks" if value < -0.05 else "even"
    text = facts.say(side, value=f"{abs(value):.1f}")
    yield Lean(facts.say("stance"), float(np.clip(-value / STRONG_STANCE, -1, 1)), text, is_signed=True)
    shock = float(next(iter(facts.values["shock"].values())))
    if abs(shock) >= 0.05:
        text = facts.say("to_sell" if shock > 0 else "to_limit", value=f"{abs(shock):.1f}")
        yield Lean(facts.say("shock"), float(np.clip(-shock, -1, 1)), text, is_signed=True)


def lobbies(facts: Facts, most: int) -> Iterator[Lean]:
    """Firms that lobby: what they spend is disclosed, on which side is not."""
    spent = sorted(facts.values["lobbied"].items(), key=lambda pair: -pair[1])
    for name, amount in spent[:most]:
        if amount:
            text = facts.say("lobby_value", amount=dollars(1000 * amount))
            yield Lean(facts.say("lobby", who=facts.named(name)), min(1.0, amount / FULL_LOBBY), text)


def rules_on_china(facts: Facts, names: tuple[str, ...]) -> Iterator[Lean]:
    """Rules on what China may have, tighter ones with more blocks."""
    for name in names:
        if name == "ceiling":
            value = facts.rule("cap_exports", "ceiling", "cn")
            text = facts.say("ceiling_open") if value >= 120_000 else facts.say("ceiling_value", amount=figure(value))
            yield Lean(facts.say(name), max(0.0, 1 - value / 120_000), text)
        elif name == "licence":
            value = facts.rule("license_sales", "volume")
            text = facts.say("licence_value", amount=figure(value))
            yield Lean(facts.say(name), max(0.0, 1 - value / 1_000_000), text)
        elif name == "gate":
            value = facts.rule("admit_chips", "share")
            yield Lean(facts.say(name), 1 - value, facts.say("gate_value", share=percent(value)))
        elif name == "tools":
            yield facts.share(facts.say(name), facts.rule("control_tools", "servicing"), "tools_value")
        elif name == "memory":
            yield facts.share(facts.say(name), facts.rule("control_memory", "denied"), "tools_value")
        elif name == "cloud":
            yield facts.share(facts.say(name), facts.rule("control_cloud", "strictness"), "cloud_value")


def on_controller(facts: Facts) -> Iterator[Lean]:
    """On Washington: its own politics, lobbies, allies that do not follow, Beijing's levers."""
    yield from stance(facts)
    yield approval(facts)
    yield from lobbies(facts, 2)
    for host in ("the-hague", "tokyo"):
        if host in facts.cast.names["hosts"]:
            value = facts.rule("align_tools", "alignment", seat=host)
            yield facts.share(facts.say("ally", who=facts.named(host)), value, "ally_value")
    yield from levers(facts)


def levers(facts: Facts) -> Iterator[Lean]:
    """What Beijing withholds."""
    for name, order in (("rare", "license_rare_earths"), ("mature", "ship_mature_chips")):
        value = facts.rule(order, "withheld")
        if value:
            yield facts.share(facts.say(name), value, "withheld")


def on_planner(facts: Facts) -> Iterator[Lean]:
    """On Beijing: its own people, Washington's mood and rules."""
    yield approval(facts)
    yield from stance(facts)
    value = float(next(iter(facts.values["strictness"].values())))
    yield facts.share(facts.say("strictness"), value, "strict_value")
    yield from rules_on_china(facts, ("tools", "memory", "cloud"))


def on_host(facts: Facts) -> Iterator[Lean]:
    """On a partner government: pressure from Washington, Beijing's levers, its own people."""
    yield approval(facts)
    yield facts.share(facts.say("pressed"), facts.rule("press_allies", "pressure", facts.seat), "pressed_value")
    yield from levers(facts)
    yield from stance(facts)
    yield from rules_on_china(facts, ("tools", "cloud"))


def on_foundry(facts: Facts) -> Iterator[Lean]:
    """On a foundry: its customers by wafers, Beijing's directives, rules on tools."""
    started = facts.values.get("started", {})
    by_maker = {
        name: sum(amount for label, amount in started.items() if label.partition(".")[0] == name)
        for name in facts.cast.names["chipmakers"]
    }
    whole = sum(by_maker.values()) or 1.0
    for name, amount in sorted(by_maker.items(), key=lambda pair: -pair[1])[:3]:
        if amount:
            text = facts.say("customer_value", amount=short(amount))
            yield Lean(facts.say("customer", who=facts.named(name)), amount / whole, text)
    if facts.table.seen()["seat"]["bloc"] == "cn":
        for name in facts.cast.names["chipmakers"]:
            value = facts.rule("direct_wafers", "share", name)
            if value:
                yield facts.share(facts.say("directive"), value, "directive_value", who=facts.named(name))
        yield from rules_on_china(facts, ("tools",))
    else:
        yield from rules_on_china(facts, ("ceiling", "licence"))


def on_memory(facts: Facts) -> Iterator[Lean]:
    """On a memory maker: rules on where its stacks may go."""
    yield from rules_on_china(facts, ("memory", "ceiling", "tools"))
    yield from stance(facts)


def on_chipmaker(facts: Facts) -> Iterator[Lean]:
    """On a chipmaker: its foundry, rules on its sales, Washington's mood."""
    at = facts.cast.at("chipmakers", facts.seat)
    foundry = facts.cast.names["foundries"][facts.cast.maker_foundry[at]]
    yield Lean(facts.say("foundry", who=facts.named(foundry)), 1.0, facts.say("foundry_value"))
    if facts.table.seen()["seat"]["bloc"] == "cn":
        value = facts.rule("direct_wafers", "share", facts.seat)
        yield facts.share(facts.say("directive"), value, "directive_value", who=facts.named(facts.seat))
        yield facts.share(facts.say("require"), facts.rule("require_domestic", "share"), "require_value")
        yield from rules_on_china(facts, ("memory", "tools", "ceiling"))
    else:
        yield from rules_on_china(facts, ("ceiling", "licence", "gate"))
        yield from stance(facts)


def rival_labs(facts: Facts, most: int) -> Iterator[Lean]:
    """The best models of other labs, against the seat's own; full blocks are as far ahead as `FAR`."""
    scores = facts.values["score"]
    own = scores[facts.seat]
    others = sorted(((score, name) for name, score in scores.items() if name != facts.seat), reverse=True)
    for score, name in others[:most]:
        gap = score - own
        word = "level" if abs(gap) < 0.05 else "ahead" if gap > 0 else "behind"
        text = facts.say(word, points=f"{abs(gap):.1f}")
        yield Lean(facts.say("rival", who=facts.named(name)), min(1.0, max(0.0, gap / FAR)), text)


def on_lab(facts: Facts) -> Iterator[Lean]:
    """On a lab: its rivals' models, what chips cost, what its channels are closed by."""
    yield from rival_labs(facts, 2)
    if facts.table.seen()["seat"]["bloc"] == "cn":
        yield from rules_on_china(facts, ("ceiling", "licence", "gate", "cloud"))
        yield facts.share(facts.say("require"), facts.rule("require_domestic", "share"), "require_value")
        premium = float(facts.values["premium"][""])
        yield Lean(facts.say("premium"), min(1.0, premium), percent(premium))
    else:
        index = max(facts.values["price_index"].values())
        yield Lean(facts.say("prices"), min(1.0, max(0.0, index - 1)), facts.say("prices_value", times=f"{index:.2f}"))
        yield from levers(facts)


def on_broker(facts: Facts) -> Iterator[Lean]:
    """On a smuggling network: inspectors on its route, what it lost, what the goods are worth."""
    caught = float(facts.values["caught"].get(facts.seat, 0.0))
    yield Lean(facts.say("caught"), min(1.0, caught / 5000), facts.say("caught_value", amount=figure(caught)))
    for host in ("kuala-lumpur", "singapore", "abu-dhabi"):
        if host in facts.cast.names["hosts"]:
            value = facts.rule("enforce_transit", "effort", seat=host)
            yield facts.share(facts.say("transit", who=facts.named(host)), value, "transit_value")
    premium = float(facts.values["premium"][""])
    yield Lean(facts.say("premium"), min(1.0, premium), percent(premium))
    yield from rules_on_china(facts, ("ceiling",))


def draw_leans(surface: pygame.Surface, rect: pygame.Rect, rows: tuple[Lean, ...], pen: Pen) -> int:
    """The rows, as many as there is room for: names, blocks, words; gives the foot."""
    step = max(pen.line("note") + pen.px(3), pen.px(21))
    label, wide = round(rect.width * 0.36), round(rect.width * 0.30)
    side = min(pen.px(9), (wide - pen.px(BLOCKS)) // (BLOCKS + 1))
    y, has_scale = rect.top, False
    for row in sorted(rows, key=lambda row: row.is_signed != rows[0].is_signed):
        scale = row.is_signed and not has_scale
        if y + step + (pen.line("axis") if scale else 0) > rect.bottom:
            break
        if scale:
            has_scale = True
            middle = rect.left + label + (BLOCKS // 2) * (side + (wide - side * BLOCKS) // (BLOCKS + 1))
            pen.write(surface, pen.words("orders.lean.looser"), (middle - pen.px(6), y), "axis", "t3", align="right")
            pen.write(surface, pen.words("orders.lean.tighter"), (middle + pen.px(6), y), "axis", "t3")
            y += pen.line("axis")
        top = y + (step - pen.line("note")) // 2
        pen.write(surface, row.label, (rect.left, top), "note_medium", "t1", most=label - pen.px(6))
        draw_blocks(surface, pygame.Rect(rect.left + label, y, wide, step), row, side, pen)
        right = rect.width - label - wide - pen.px(8)
        pen.write(surface, row.text, (rect.right, top), "note", "t2", align="right", most=right)
        y += step
    return y


def draw_blocks(surface: pygame.Surface, rect: pygame.Rect, row: Lean, side: int, pen: Pen) -> None:
    """Eight blocks, or four to either side of a middle."""
    half = BLOCKS // 2
    gap = (rect.width - side * BLOCKS) // (BLOCKS + 1)
    lit = round(abs(row.level) * (half if row.is_signed else BLOCKS))
    if row.level and not lit:
        lit = 1
    for n in range(BLOCKS):
        x = rect.left + n * (side + gap) + (gap if row.is_signed and n >= half else 0)
        first = 0 if not row.is_signed else half if row.level > 0 else half - lit
        on = first <= n < first + lit
        colour: Ink = "t1" if on else mix(ink("side"), ink("edge"), 0.35)
        surface.fill(ink(colour), (x, rect.centery - side // 2, side, side))
    if row.is_signed:
        pen.upright(surface, rect.left + half * (side + gap), rect.top + 2, rect.height - 4, "t3")
