"""What the panel of the supply chain tells: which input holds a maker back, how long stocks last, whence compute comes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pygame

from desktop.charts import Row, draw_rows
from desktop.chrome import draw_head
from desktop.numbers import short, span
from desktop.pen import Pen
from desktop.screens.chains import Shown
from play.chain import Chain, Span

BLOCKS = ("limits", "stocks", "compute")
MOST_QUARTERS = 16.0
SURE = 0.9
"""The share of worlds from which an input is said to hold a maker back without more ado."""
ROW = 25
"""Pixels of a row, as charts draw it."""


@dataclass(frozen=True)
class Block:
    """A block of the panel: its finding, its unit line, rows on one axis, and the quantity of each row that has one."""

    finding: str
    unit: str
    rows: tuple[Row, ...] = ()
    most: float = 1.0
    label_share: float = 0.27
    quantities: Mapping[int, str] | None = None


def blocks_of(shown: Shown, chain: Chain, pen: Pen) -> dict[str, Block]:
    """The blocks by name."""
    return {"limits": limits(shown, chain, pen), "stocks": stocks(shown, chain, pen), "compute": compute(shown, pen)}


def maker_of(shown: Shown, chain: Chain) -> str:
    """The name of the maker whose inputs are told."""
    return shown.quarter.after.cast.names["chipmakers"][chain.maker]


def bound_words(shown: Shown, chain: Chain, pen: Pen) -> str:
    """Which input holds the maker back, with how sure that is."""
    who = shown.called(maker_of(shown, chain))
    if chain.quarter.after.binding[chain.maker].max() == 0:
        return pen.words("supply.no_limit", who=who)
    first, share = next(iter(chain.bound.items()))
    likely = pen.words("supply.likely") if share < SURE else ""
    return pen.words(f"supply.bound.{first}", who=who, likely=likely)


def limits(shown: Shown, chain: Chain, pen: Pen) -> Block:
    """How many chips each input would have allowed: the binding one named, with the next behind it."""
    first, share = next(iter(chain.bound.items()))
    if chain.quarter.after.binding[chain.maker].max() == 0:
        return Block(bound_words(shown, chain, pen), "")
    behind = pen.words(f"supply.input.{chain.next_behind}")
    sure = "supply.sure" if share > 0.995 else "supply.unsure"
    unit = pen.words(sure, share=f"{100 * share:.0f}", behind=behind.lower())
    found = chain.agreed_limits
    most = max([1.0, *(Span.of(values).high for values in found.values() if np.isfinite(values).any())])
    rows = []
    for name in sorted(found, key=lambda one: (one != first, float(np.median(found[one])))):
        label = pen.words(f"supply.input.{name}")
        if np.isfinite(found[name]).mean() < 0.5:
            rows.append(Row(label, text=pen.words("supply.plenty"), state="hidden"))
            continue
        what = "" if pen.scale.compact else pen.words("supply.chips")
        colour = "ivory" if name == first else "t3"
        is_whole = bool(np.isfinite(found[name]).all())
        rows.append(
            row_of(label, found[name], what, colour) if is_whole else open_row(label, found[name], most, colour, pen)
        )
    return Block(bound_words(shown, chain, pen), unit, tuple(rows), most)


def stocks(shown: Shown, chain: Chain, pen: Pen) -> Block:
    """For how many quarters memory and dies last as they were used, and how full the packaging lines are."""
    maker = maker_of(shown, chain)
    quarters = Span.of(chain.stacks["quarters"])
    left = "–" if np.isnan(quarters.mean) else f"{quarters.mean:.1f}".removesuffix(".0")
    named = {"0": "supply.stocks_none", "1": "supply.stocks_one"}.get(left, "supply.stocks_finding")
    used, room = Span.of(chain.lines["share"]), Span.of(chain.lines["room"])
    lines = short(room.mean) if np.isfinite(room.mean) else "0"
    rows, ends = [], [4.0]
    for name, values, held in (
        ("memory", chain.stacks["quarters"], chain.stacks["left"]),
        ("dies", chain.die_stock["quarters"], chain.die_stock["left"]),
    ):
        label = pen.words(f"supply.stock.{name}", held=short(float(held.mean())))
        if not np.isfinite(values).any():
            rows.append(Row(label, text=pen.words("supply.unused"), state="hidden"))
            continue
        rows.append(row_of(label, values, pen.words("supply.quarters"), "up", places=1))
        ends.append(Span.of(values).high)
    return Block(
        pen.words(named, who=shown.called(maker), quarters=left),
        pen.words("supply.stocks_unit", share=percent(used), room=lines),
        tuple(rows),
        min(max(ends), MOST_QUARTERS),
        0.4,
        {0: f"stacks.{maker}"},
    )


def compute(shown: Shown, pen: Pen) -> Block:
    """Whence China's compute came in the quarter, in H100e."""
    parts = shown.compute
    total = sum((values for name, values in parts.items() if name != "rented"), np.zeros(1))
    home = float(np.mean(parts["domestic"])) / max(1.0, float(np.mean(total)))
    marks = {"domestic": ("square", "cn"), "licensed": ("disc", "ivory"), "smuggled": ("diamond", "smug")}
    rows = []
    for name, values in parts.items():
        mark, colour = marks.get(name, ("ring", "remote"))
        rows.append(row_of(pen.words(f"supply.channel.{name}"), values, "", colour, mark))
    most = max([1.0, *(Span.of(values).high for values in parts.values())])
    finding = pen.words("supply.compute_finding", share=f"{100 * home:.0f}")
    asked = dict(enumerate(("made_cn", "licensed_h100e", "smuggled_h100e", "rented")))
    return Block(finding, pen.words("supply.compute_unit"), tuple(rows), most, quantities=asked)


def row_of(label: str, values: np.ndarray, unit: str, colour: str, mark: str = "bar", places: int | None = None) -> Row:
    """A row of ranges over worlds: the average, half of them and nine in ten; the mark alone where all agree."""
    known = values[np.isfinite(values)]
    mean, low, near, far, high = (float(known.mean()), *(float(x) for x in np.percentile(known, (5, 25, 75, 95))))
    told = [value if places is None else round(value, places) for value in (mean, low, high)]
    if short(told[1]) == short(told[2]):
        return Row(label, mean, mark=mark, colour=colour, text=f"{short(told[0])} {unit}".strip(), state="known")
    return Row(label, mean, (low, high), (near, far), mark, colour, f"{span(told[1], told[2])} {unit}".strip())


def open_row(label: str, values: np.ndarray, most: float, colour: str, pen: Pen) -> Row:
    """A row of what sets no limit in some worlds: from its low end on, up to the end of the axis."""
    low, near, middle, far, high = (float(x) for x in np.percentile(np.minimum(values, most), (5, 25, 50, 75, 95)))
    return Row(label, middle, (low, high), (near, far), "bar", colour, pen.words("supply.from", low=short(low)))


def percent(share: Span) -> str:
    """A share of a hundred with its range."""
    if np.isnan(share.mean):
        return "0"
    low, high = round(100 * share.low), round(100 * share.high)
    return f"{low}" if low == high else f"{low}–{high}"


def heading(block: Block, wide: int, pen: Pen) -> int:
    """How tall finding and unit line are together, with the gap after them."""
    tall = len(pen.lines(block.finding, wide, "section", 2)) * pen.line("section") + pen.px(10)
    if block.unit:
        tall += pen.px(2) + len(pen.lines(block.unit, wide, "note", 2)) * pen.line("note")
    return tall


def height(block: Block, wide: int, pen: Pen) -> int:
    """How tall a block is."""
    return heading(block, wide, pen) + pen.px(ROW) * len(block.rows) + pen.px(4) + pen.line("axis")


def placed(blocks: Mapping[str, Block], first: str, box: pygame.Rect, pen: Pen) -> dict[str, pygame.Rect]:
    """Where the blocks stand one under another, those that fit: all in their order, else beginning with the chosen one."""
    gap = pen.px(28)
    talls = {name: height(block, box.width, pen) for name, block in blocks.items()}
    names = list(blocks)
    if not fits(blocks, box, pen):
        names = [first, *(name for name in names if name != first)]
    found: dict[str, pygame.Rect] = {}
    top = box.top
    for name in names:
        if found and top + talls[name] > box.bottom:
            break
        found[name] = pygame.Rect(box.left, top, box.width, talls[name])
        top += talls[name] + gap
    return found


def fits(blocks: Mapping[str, Block], box: pygame.Rect, pen: Pen) -> bool:
    """Whether all blocks fit into a box."""
    return sum(height(block, box.width, pen) + pen.px(28) for block in blocks.values()) - pen.px(28) <= box.height


def draw_block(surface: pygame.Surface, rect: pygame.Rect, block: Block, pen: Pen) -> None:
    """A block in its box."""
    draw_head(surface, rect.topleft, rect.width, block.finding, block.unit, pen)
    top = rect.top + heading(block, rect.width, pen)
    if block.rows:
        box = pygame.Rect(rect.left, top, rect.width, rect.bottom - top)
        share = max(block.label_share, 0.38) if rect.width < pen.px(330) else block.label_share
        draw_rows(surface, box, block.rows, 0.0, block.most * 1.05, pen, back="side", label_share=share)


def rows_asked(rect: pygame.Rect, block: Block, pen: Pen) -> dict[str, pygame.Rect]:
    """The boxes of rows that stand for a quantity."""
    top = rect.top + heading(block, rect.width, pen)
    step = pen.px(ROW)
    tall = max(step, pen.scale.target())
    return {
        name: pygame.Rect(rect.left, top + n * step + (step - tall) // 2, rect.width, tall)
        for n, name in (block.quantities or {}).items()
    }
