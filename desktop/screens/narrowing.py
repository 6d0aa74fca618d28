"""What would narrow a range: orders and waiting, each with the range that is likely after."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pygame

from agents.imagine import Imagined
from desktop.charts import Axis
from desktop.numbers import short
from desktop.pen import Ink, Pen
from play.disputes import Held, known
from play.narrowing import Looking, disclosure, width_after
from play.sitting import Sitting
from world.orders import OrderRefused


@dataclass(frozen=True)
class Way:
    """A way to know more: its name in the wording, the belief that is likely after it, and the order it takes, if any."""

    name: str
    after: Held | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[int, int] = field(default_factory=dict)
    """Dials to set; none where there is nothing to order, or the amount is for the person to choose."""
    button: str = ""
    """The name of the words on its button; none where there is nothing to press."""


def ways_of(sitting: Sitting, question: str) -> tuple[tuple[Way, ...], float | None]:
    """What would narrow a question for a seat, and its value where the seat knows it. Raises CannotAsk."""
    if not sitting.model.running:
        return (), None
    imagined = sitting.mind.imagined()
    value = known(question, imagined)
    if value is not None:
        return (Way("know"), *told(sitting)), value
    return (order_of(sitting, imagined, question), waiting(imagined, question), facts_out(imagined)), None


def believed(imagined: Imagined, question: str, looking: Looking | None = None) -> Held:
    """What the seat will likely believe a quarter on, its middle unchanged."""
    world = imagined.world
    ln = float(world.belief[world.cast.at("questions", question), imagined.seat, 0]) / 1000
    return Held.of(question, ln, width_after(imagined, question, looking))


def waiting(imagined: Imagined, question: str) -> Way:
    """What sources will publish in the coming quarter."""
    return Way("wait", believed(imagined, question))


def facts_out(imagined: Imagined) -> Way:
    """What a disclosure would do to the credit of sources."""
    low, middle, high = (f"{100 * chance:.0f}" for chance in disclosure(imagined))
    return Way("disclosure", None, {"chance": middle, "range": "" if low == high else f" ({low}–{high})"})


def order_of(sitting: Sitting, imagined: Imagined, question: str) -> Way:
    """The order that the seat itself has: to look, to hide, or to brief; else that it has none."""
    kinds = {kind.name for kind in sitting.kinds}
    if "gather_intelligence" in kinds:
        return gathering(sitting, imagined, question)
    return next(iter(told(sitting)), Way("none"))


def told(sitting: Sitting) -> tuple[Way, ...]:
    """Orders that move what others believe."""
    kinds = {kind.name for kind in sitting.kinds}
    found = []
    if "keep_secrets" in kinds:
        found.append(Way("hide", button="open_orders"))
    if "publish_estimate" in kinds and sitting.model.view(sitting.seat).cast.seats:
        found.append(Way("brief", button="open_orders"))
    return tuple(found)


def gathering(sitting: Sitting, imagined: Imagined, question: str) -> Way:
    """Spending on intelligence twice what is spent now, or the most."""
    kind = next(kind for kind in sitting.kinds if kind.name == "gather_intelligence")
    amount = kind.amounts[0]
    dial = next(one for one in sitting.seen["dials"] if one["order"] == kind.name)["amounts"][amount.name]
    now = float(dial["set"])
    then = min(amount.high, max(2 * now, amount.low + 2 * amount.step))
    words = {"now": short(now), "then": short(then), "price": f"{kind.price:g}", "unit": amount.unit}
    if then <= now:
        return Way("gather_most", None, words)
    try:
        settings = sitting.book.read(sitting.seat, kind.name, (), {amount.name: on_step(amount.low, amount.step, then)})
    except OrderRefused:
        settings = {}
    return Way(
        "gather", believed(imagined, question, Looking(spend=then)), words, settings, "order" if settings else ""
    )


def on_step(low: float, step: float, value: float) -> float:
    """The nearest value on a step."""
    return low + round((value - low) / step) * step


def draw_way(surface: pygame.Surface, card: pygame.Rect, way: Way, now: Held, is_drafted: bool, pen: Pen) -> None:
    """A card: what to do or wait for, the range now and likely after, and what it costs."""
    pen.box(surface, card, "raised", "ivory" if is_drafted else None, width=max(1, pen.px(2)))
    x, y, room = card.left + pen.px(14), card.top + pen.px(10), card.width - pen.px(28)
    title = pen.words(f"intelligence.{way.name}", **way.words)
    y = pen.paragraph(surface, title, (x, y), room, "strong", "t1", count=2).bottom + pen.px(2)
    if way.after is not None:
        ends = (now.low, now.high), (way.after.low, way.after.high)
        y = draw_narrowing(surface, pygame.Rect(x, y, room, 0), *ends, pen) + pen.px(2)
    text = pen.words(f"intelligence.{way.name}_text", **way.words)
    left = card.bottom - pen.px(10) - y - (pen.px(42) if way.button else 0)
    pen.paragraph(surface, text, (x, y), room, "note", "t2", count=max(1, left // pen.line("note")))
    if is_drafted:
        pen.icon(surface, "check", (card.right - pen.px(24), card.bottom - pen.px(26)), 8, "ivory")


def draw_narrowing(
    surface: pygame.Surface, rect: pygame.Rect, now: tuple[float, float], after: tuple[float, float], pen: Pen
) -> int:
    """Two level bars: the range now, and the range that is likely after."""
    narrower = 100 * (1 - (after[1] - after[0]) / max(now[1] - now[0], 1e-9))
    named = (
        "intelligence.narrower"
        if narrower >= 0.5
        else "intelligence.wider"
        if narrower <= -0.5
        else "intelligence.as_wide"
    )
    told = pen.words(named, share=f"{abs(narrower):.0f}")
    room = pen.width(told, "axis") + pen.px(10)
    least, most = min(now[0], after[0]), max(now[1], after[1])
    spare = 0.35 * max(most - least, 1e-9)
    axis = Axis(max(0.0, least - spare), most + spare * 0.3, rect.left, rect.right - room)
    y = rect.top
    tints: tuple[tuple[tuple[float, float], Ink, str], ...] = (
        (now, "edge", pen.words("intelligence.now")),
        (after, "ivory", told),
    )
    for (low, high), hue, words in tints:
        left, right = round(axis.held(low)), round(axis.held(high))
        bar = pygame.Rect(left, y + pen.px(5), max(3, right - left), max(4, pen.px(6)))
        pen.box(surface, bar, hue, radius=2)
        pen.write(surface, words, (bar.right + pen.px(6), y), "axis", "t2")
        y += pen.line("axis")
    return y
