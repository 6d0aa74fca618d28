"""Supply chain: what became of the dies of a quarter, with scrap to scale, and which input holds the makers back."""

from collections.abc import Mapping, Sequence

import pygame

from desktop.charts import draw_sankey
from desktop.charts.sankey import placed
from desktop.kit import Action, Button, Choice, Control, draw_empty
from desktop.pen import Pen
from desktop.screen import STAY, Move
from desktop.screens.chains import COLUMNS, Drawn, Shown, chains_shown, drawn_of, read_chains
from desktop.screens.inputs import BLOCKS, Block, blocks_of, draw_block, fits, rows_asked
from desktop.screens.inputs import placed as placed_blocks
from desktop.screens.inset import draw_inset
from desktop.screens.losses import elsewhere, headlines
from desktop.screens.sided import SidedScreen
from desktop.table import Answer, Table
from play.chain import Chain


class SupplyScreen(SidedScreen):
    """Wafers, dies, good dies, packages and chips of a quarter; key Y shows it at the best foundry's yield."""

    name = "supply"
    title = "Supply chain"
    above = 22

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.figure = f"{champion_of(table)}_chips"
        self.choice = 0
        self.block = 0
        self.other_yield = False
        self.was_there = False
        self.blocks_at: tuple[object, ...] = ()
        self.blocks_kept: dict[str, Block] = {}

    # What is shown

    @property
    def answer(self) -> Answer:
        """The quarter as the seat may know it, worked out beside the drawing."""
        table, seat = self.table, self.table.seat
        sitting = table.sitting
        return table.asked("supply", (seat, table.turn, table.is_over), lambda: read_chains(sitting, table.is_over))

    @property
    def shown(self) -> Shown | None:
        """What is known of the quarter; None while it is worked out, or where it cannot be."""
        answer = self.answer
        if not answer.is_there or answer.work.exception():
            return None
        found: Shown = answer.value
        return found

    def options(self) -> tuple[str, ...]:
        """What can be looked at: both sides, the champion, all of China, the US side, one's own products."""
        seat = self.table.view()
        own = seat.role in ("chipmaker", "foundry") and self.table.seat != champion_of(self.table)
        return ("both", "champion", "china", "us", *(("own",) if own else ()))

    # The form

    def controls(self) -> Sequence[Control]:
        """What is looked at, which block of the panel where not all fit, and the end of the quarter."""
        return (
            Choice(name="which", options=tuple("-" for _ in self.options()), value=self.choice),
            Choice(name="block", options=("-", "-", "-"), value=self.block),
            Button(name="end", kind="primary"),
        )

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The choice under the finding, the button at the bottom right."""
        labels = self.labels(pen)
        which = Choice(name="which", options=labels, value=min(self.choice, len(labels) - 1))
        block = Choice(name="block", options=tuple(pen.words(f"supply.{one}") for one in BLOCKS), value=self.block)
        self.form = self.form.with_control(which, block)
        main, side = self.main(pen), self.side(pen)
        end_tall = max(pen.scale.target(), pen.px(46))
        wide, tall = which.least(pen)
        boxes = {
            "which": pygame.Rect(main.left, self.top(pen), min(wide, main.width), max(tall, pen.px(30))),
            "end": pygame.Rect(side.left, side.bottom - end_tall, side.width, end_tall),
        }
        if not self.fits_all(pen):
            boxes["block"] = pygame.Rect(side.left, side.top, side.width, max(pen.scale.target(), pen.px(30)))
        return boxes

    def labels(self, pen: Pen) -> tuple[str, ...]:
        """The options in words."""
        called = self.table.model.story.called
        names = {"champion": called(champion_of(self.table)), "own": called(self.table.seat)}
        return tuple(pen.words(f"supply.show.{one}", who=names.get(one, "")) for one in self.options())

    def top(self, pen: Pen) -> int:
        """Where the finding and its unit line end."""
        return self.main(pen).top + pen.line(self.role(pen)) + 2 * pen.line("note") + pen.px(12)

    def chart(self, pen: Pen) -> pygame.Rect:
        """Where the Sankey lies."""
        main = self.main(pen)
        top = self.top(pen) + max(pen.scale.target(), pen.px(30)) + pen.px(14) + pen.line("note") + pen.px(8)
        return pygame.Rect(main.left, top, main.width, main.bottom - top - pen.line("note"))

    def fits_all(self, pen: Pen) -> bool:
        """Whether the three blocks of the panel stand one under another."""
        shown = self.shown
        return shown is None or fits(self.blocks(shown, pen), self.whole_box(pen), pen)

    def blocks(self, shown: Shown, pen: Pen) -> dict[str, Block]:
        """The blocks of the panel."""
        key = (id(shown), self.choice, pen.scale)
        if self.blocks_at != key:
            self.blocks_at, self.blocks_kept = key, blocks_of(shown, self.told(shown)[1], pen)
        return self.blocks_kept

    def whole_box(self, pen: Pen) -> pygame.Rect:
        """Where the blocks may stand, with no choice above them."""
        side = self.side(pen)
        return pygame.Rect(
            side.left, side.top, side.width, side.height - max(pen.scale.target(), pen.px(46)) - pen.px(14)
        )

    def block_box(self, pen: Pen) -> pygame.Rect:
        """Where the blocks stand."""
        whole = self.whole_box(pen)
        if not self.fits_all(pen):
            down = max(pen.scale.target(), pen.px(30)) + pen.px(16)
            whole = pygame.Rect(whole.left, whole.top + down, whole.width, whole.height - down)
        return whole

    def figures(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The figures of chips, memory and compute that W and I ask about."""
        shown = self.shown
        if shown is None:
            return {}
        found = {}
        for drawn, rect in self.drawings(shown, pen):
            layout = placed(drawn.sankey, rect, pen.scale.unit)
            for node, quantity in drawn.figures.items():
                found[quantity] = figure_box(layout.nodes[node], pen)
        blocks = self.blocks(shown, pen)
        for name, rect in placed_blocks(blocks, BLOCKS[self.block], self.block_box(pen), pen).items():
            found |= rows_asked(rect, blocks[name], pen)
        return found

    def drawings(self, shown: Shown, pen: Pen) -> list[tuple[Drawn, pygame.Rect]]:
        """The chains that are shown, each with its box, all on one scale."""
        area = self.chart(pen)
        chains = chains_shown(shown, self.options()[self.choice])
        above = pen.line("strong") + pen.px(4)
        area = pygame.Rect(area.left, area.top + above, area.width, area.height - above)
        rects = [area]
        if area.height < pen.px(300):
            chains = chains[-1:]
        if len(chains) > 1:
            upper = round(area.height * 0.54)
            rects = [
                pygame.Rect(area.left, area.top, area.width, upper),
                pygame.Rect(area.left, area.top + upper + pen.px(8), area.width, area.height - upper - pen.px(8)),
            ]
        per_die = min(
            0.56 * rect.height / max(1.0, chain.span("taken").mean + max(0.0, -chain.span("drawn").mean))
            for (_, chain), rect in zip(chains, rects, strict=True)
        )
        return [
            (drawn_of(shown, name, chain, per_die, self.other_yield, pen, area.width / COLUMNS), rect)
            for (name, chain), rect in zip(chains, rects, strict=True)
        ]

    # Events

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Another choice of what is shown."""
        if action.kind == "change" and action.name in ("which", "block") and isinstance(action.value, int):
            if action.name == "which":
                self.choice = action.value
            else:
                self.block = action.value
            self.relaid()
        return STAY

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """Y: the same quarter at the best foundry's yield, and back."""
        if event.key == pygame.K_y:
            self.other_yield = not self.other_yield
            self.relaid()
            return STAY
        return None

    def keys(self) -> Sequence[tuple[str, str]]:
        """Keys of this screen alone."""
        return (("Y", "supply.keys.yield"),)

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Lays the figures out once they are there."""
        is_there = self.answer.is_there
        if is_there != self.was_there:
            self.was_there = is_there
            self.relaid()
        return super().update(dt, pen)

    # Drawing

    def paint_body(self, surface: pygame.Surface, pen: Pen) -> None:
        """The finding, the chains, and the panel at the right."""
        body = self.body(pen)
        self.paint_ground(surface, pen)
        shown = self.shown
        if shown is None:
            answer = self.answer
            wrong = answer.work.exception() if answer.is_there else None
            draw_empty(surface, self.chart(pen), f"{wrong}." if wrong else pen.words("supply.waiting"), pen)
            return
        key = ("supply", id(self.table), self.table.seat, self.table.turn, self.table.is_over, self.choice, self.block)

        def make() -> pygame.Surface:
            picture = pygame.Surface(body.size)
            whole = pygame.Surface((body.right, body.bottom))
            whole.blit(surface, (0, 0))
            self.paint_chains(whole, shown, pen)
            self.paint_side(whole, shown, pen)
            picture.blit(whole, (0, 0), body)
            return picture

        surface.blit(pen.kept((*key, self.other_yield, pen.scale), make), body)

    def paint_chains(self, surface: pygame.Surface, shown: Shown, pen: Pen) -> None:
        """The finding, the heads of the columns, and the chains."""
        main, area = self.main(pen), self.chart(pen)
        pen.write(surface, self.finding(shown, pen), main.topleft, self.role(pen), most=main.width)
        at = (main.left, main.top + pen.line(self.role(pen)) + pen.px(2))
        pen.paragraph(surface, self.unit_line(shown, pen), at, main.width, "note", "t3", count=2)
        step = (area.width - pen.px(10)) / (COLUMNS - 1)
        top = area.top - pen.line("note") - pen.px(8)
        for n, stage in enumerate(("wafers", "dies", "good", "packages", "chips")):
            last = n + 1 == COLUMNS
            x = area.left + n * step + (pen.px(10) if last else 0)
            align = "right" if last else "left"
            pen.write(surface, pen.words(f"supply.stage.{stage}"), (x, top), "note", "t2", align=align)
        pen.rule(surface, area.left, area.top - pen.px(4), area.width)
        for drawn, rect in self.drawings(shown, pen):
            laid = draw_sankey(surface, rect, drawn.sankey, pen)
        under = max(box.bottom for name, box in laid.nodes.items() if name in ("chips", "held", "packages"))
        left = round(laid.nodes["good"].right + 0.56 * step)
        top = round(max(under + pen.px(34), laid.nodes["good"].bottom + pen.px(14)))
        box = pygame.Rect(left, top, area.right - left, main.bottom - pen.px(4) - top)
        draw_inset(surface, box, drawn, laid.per_column[0], shown.called(self.told(shown)[0]), pen)
        foot = pen.words("supply.back" if self.other_yield else "supply.press_y", foundry=shown.foundry)
        pen.write(surface, foot, (main.left, main.bottom - pen.line("note")), "note", "t2", most=main.width)

    def told(self, shown: Shown) -> tuple[str, Chain]:
        """The chain whose inputs the panel tells: the Chinese one where both are shown."""
        return chains_shown(shown, self.options()[self.choice])[-1]

    def finding(self, shown: Shown, pen: Pen) -> str:
        """What the figures say, in a sentence."""
        chains = chains_shown(shown, self.options()[self.choice])
        sentences = elsewhere(shown, *chains[-1], pen) if self.other_yield else headlines(shown, chains, pen)
        role, wide = self.role(pen), self.main(pen).width
        return next((one for one in sentences if pen.width(one, role) <= wide), sentences[-1])

    def unit_line(self, shown: Shown, pen: Pen) -> str:
        """What the widths mean, and how sure the figures are."""
        story, turn = self.table.model.story, self.table.turn
        if self.table.is_over:
            return pen.words("supply.unit_true", quarter=story.quarter(turn))
        if shown.quarter.is_ahead:
            return pen.words("supply.unit_ahead", quarter=story.quarter(turn + 1), worlds=shown.worlds)
        return pen.words("supply.unit", quarter=story.quarter(turn), worlds=shown.worlds)

    # The panel

    def paint_side(self, surface: pygame.Surface, shown: Shown, pen: Pen) -> None:
        """What holds the maker back, what is left in stock, and whence China's compute comes."""
        blocks = self.blocks(shown, pen)
        for n, (name, rect) in enumerate(placed_blocks(blocks, BLOCKS[self.block], self.block_box(pen), pen).items()):
            if n:
                pen.rule(surface, rect.left, rect.top - pen.px(14), rect.width)
            draw_block(surface, rect, blocks[name], pen)


def figure_box(box: pygame.FRect, pen: Pen) -> pygame.Rect:
    """The box of the figure at the end of a chain: inside its band, or over it where that is thin."""
    wide, tall = pen.px(110), max(pen.scale.target(), min(pen.px(44), round(box.height)))
    if box.height > tall:
        return pygame.Rect(round(box.left) - wide - pen.px(4), round(box.top), wide, tall)
    return pygame.Rect(round(box.right) - wide, round(box.bottom) - tall, wide, tall)


def champion_of(table: Table) -> str:
    """The name of China's largest chipmaker."""
    cast = table.model.cast
    return cast.names["chipmakers"][cast.champion]
