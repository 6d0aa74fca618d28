"""The charts, from made-up figures."""

import pygame

from desktop.charts import (
    Axis,
    Band,
    Bands,
    Belief,
    Cause,
    Effect,
    Estimate,
    Event,
    Fan,
    Known,
    Lead,
    Line,
    Link,
    Node,
    Race,
    Row,
    Sankey,
    draw_bands,
    draw_belief,
    draw_causes,
    draw_effects,
    draw_key,
    draw_race,
    draw_rows,
    draw_sankey,
)
from desktop.pen import Pen
from desktop.theme import COLOURS

US = (
    (2022.9, 107.5),
    (2023.2, 126),
    (2023.85, 128),
    (2024.4, 131),
    (2024.7, 139),
    (2025, 143),
    (2025.3, 147),
    (2025.6, 151),
    (2025.9, 154),
)
US2 = ((2023.2, 112), (2023.55, 118), (2023.9, 121), (2024.4, 132.5), (2024.9, 136), (2025.15, 144), (2025.9, 151.5))
CN = ((2023.85, 100), (2024.35, 115), (2024.95, 133), (2025.05, 139), (2025.4, 143), (2025.65, 145), (2025.9, 146.5))
CN2 = ((2023.6, 97), (2024.05, 106), (2024.45, 121), (2025.3, 138), (2025.55, 141), (2025.9, 143))


def race() -> Race:
    """A race like the one on the map."""
    return Race(
        lines=(
            Line("US frontier lab", US, "us", "us2", label_at=(2023.25, 131.5)),
            Line("second US lab", US2, "us2", "us2", main=False, label_at=(2023.22, 108.5)),
            Line("DeepSeek", CN, "cn", "cn", label_at=(2024.65, 114), mark="square"),
            Line("Alibaba", CN2, "cn2", "cn2", main=False, label_at=(2024.4, 104.5)),
        ),
        now=2025.9,
        until=2027.0,
        since=2022.9,
        fans=(
            Fan(((2025.9, 154, 154, 154), (2027.0, 162, 166, 171)), "us"),
            Fan(((2025.9, 146.5, 146.5, 146.5), (2027.0, 151, 156, 162)), "cn"),
        ),
        lead=Lead(146.6, 2025.27, 2025.9, "7½", "months behind", "range 5–11"),
        low=95,
    )


ROWS = (
    Row("US labs, clouds", 1.92e6, mark="square", colour="us", text="1.9M", state="known", strong=True),
    Row("Gulf", 118e3, mark="disc", text="120k", state="known", strong=True),
    Row("China, all", 190e3, (127e3, 308e3), (150e3, 240e3), "bar", "cn", "127–308k", strong=True),
    Row("Domestic", 84e3, (45e3, 150e3), (62e3, 110e3), "square", "cn", "45–150k", indent=True),
    Row("Remote", 44e3, (35e3, 60e3), (39e3, 51e3), "ring", "remote", "35–60k", indent=True),
    Row("Licensed", 38e3, mark="disc", text="38k", state="known", indent=True),
    Row("Smuggled", 21e3, (9e3, 60e3), (14e3, 36e3), "diamond", "smug", "9–60k", indent=True),
    Row("Stockpile", state="hidden", indent=True),
)

EFFECTS = (
    Effect("US lead", "months", Band(5, 7, 9.4), Band(3.5, 6.3, 10, 5, 8), "6.3", "3.5–10", 0, 12),
    Effect(
        "China’s compute",
        "added in a year, H100e",
        Band(600, 780, 1200),
        Band(700, 980, 1400, 840, 1150),
        "980k",
        "700k–1.4M",
        100,
        1900,
    ),
    Effect("Smuggled", "H100e a quarter", Band(8, 21, 60), Band(5, 13, 42, 9, 24), "13k", "5–42k", 0, 90),
)
CAUSES = (
    Cause("A100-class chips become legal", -2.9, -1.6, -0.6, "−1.6"),
    Cause("Servicing needs a licence, SMIC yield slips", 0.1, 0.5, 1.1, "+0.5"),
    Cause("More smuggled chips seized", 0.1, 0.3, 0.6, "+0.3"),
    Cause("Bigger H20 quota", -1.2, -0.7, -0.3, "−0.7"),
)


def bands() -> Bands:
    """What four sources say of Huawei's output, and what was revealed."""
    return Bands(
        2022.75,
        2026.25,
        0,
        1000,
        estimates=(
            Estimate(
                "Own intelligence",
                ((2023, 30, 90, 160), (2024, 140, 210, 340), (2025, 280, 460, 680), (2025.9, 380, 590, 840)),
                "us2",
                "us2",
                None,
                "380–840k",
                (2025.3, 620),
            ),
            Estimate(
                "Think tank",
                ((2023.25, 60, 110, 170), (2024.25, 180, 240, 400), (2025.25, 290, 410, 560), (2025.9, 350, 480, 620)),
                "t3",
                "t2",
                -1.0,
                "350–620k",
                (2025.35, 370),
            ),
            Estimate(
                "Analyst firm",
                ((2023.75, 120, 200, 260), (2024.25, 260, 330, 420), (2025.25, 560, 650, 740), (2025.9, 700, 805, 910)),
                "cn2",
                "cn2",
                1.0,
                "700–910k",
                (2024.8, 770),
            ),
            Estimate(
                "Commerce, told Congress",
                ((2023, 50, 60, 80), (2024, 90, 120, 150), (2025, 150, 180, 210), (2025.9, 180, 205, 235)),
                "us",
                "us2",
                0.0,
                "180–235k",
                (2025.3, 145),
            ),
        ),
        known=(
            Known(
                "True count",
                ((2022.75, 30), (2023.25, 70), (2023.75, 150), (2024.25, 265), (2024.9, 462)),
                label_at=(2022.8, 120),
            ),
        ),
        events=(Event("1", 2024.25, 265, "Commerce raises its count", "Still half of the truth", 100, "right"),),
        revealed=2024.9,
        now=2025.9,
    )


def sankey() -> Sankey:
    """A supply chain with scrap."""
    return Sankey(
        nodes=(
            Node("tsmc", 0, 2100, "TSMC", "2.1M dies started", "t3", 600, ("29 of 100", "scrapped")),
            Node(
                "smic",
                0,
                1950,
                "SMIC",
                "1.95M dies started",
                "cn",
                1852,
                ("95 of 100", "scrapped (88–97)"),
                top=0.55,
                side="above",
            ),
            Node("good", 1, 1500, "Good dies", "1.5M", "t3"),
            Node("good_cn", 1, 98, "", "98k  60–230k", "cn", top=0.55, side="above"),
            Node("chips", 2, 1500, "Chips", "2.1M H100e", "ivory"),
            Node("chips_cn", 2, 98, "", "84k  45–150k", "cn", top=0.55, side="above"),
            Node("us", 3, 1300, "US labs and clouds", "1.9M", "us", side="left"),
            Node("gulf", 3, 150, "Gulf states", "120k", "ivory", side="left"),
            Node("cn", 3, 148, "China", "190k", "cn", side="left", top=0.55),
        ),
        links=(
            Link("tsmc", "good", 1500, colour="t3", alpha=0.35),
            Link("good", "chips", 1500, colour="t3", alpha=0.35),
            Link("smic", "good_cn", 98, colour="cn", alpha=0.8),
            Link("good_cn", "chips_cn", 98, colour="cn", alpha=0.6),
            Link("chips", "us", 1300, colour="us", alpha=0.5),
            Link("chips", "gulf", 150, colour="ivory", alpha=0.65),
            Link("chips", "cn", 50, colour="ivory", alpha=0.65),
            Link("chips_cn", "cn", 98, colour="cn", alpha=0.6, hatched=True),
        ),
        columns=4,
        per_column=(0.088,) * 4,
    )


def draw(surface: pygame.Surface, pen: Pen) -> None:
    """Draws the sheet."""
    px = pen.px
    surface.fill(COLOURS["panel"])
    pen.write(surface, "The US frontier leads China’s", (px(32), px(28)), "section")
    pen.write(surface, "best lab by about 7½ months", (px(32), px(52)), "section")
    pen.write(surface, "Capability index of each lab’s best released model", (px(32), px(78)), "note", "t3")
    draw_race(surface, pygame.Rect(px(32), px(106), px(340), px(330)), race(), pen)
    pen.write(surface, "Compute gained this quarter", (px(32), px(470)), "headline")
    pen.write(surface, "H100e, log scale", (px(372), px(474)), "note", "t3", align="right")
    draw_rows(surface, pygame.Rect(px(32), px(504), px(340), px(240)), ROWS, 4e3, 4e6, pen, log=True)

    left, wide = px(420), px(470)
    surface.fill(COLOURS["side"], (left - px(20), 0, wide + px(40), surface.get_height()))
    pen.write(surface, "What this probably does by 2026 Q4", (left, px(28)), "section")
    draw_key(surface, (left, px(56)), "us", 80, pen)
    foot = draw_effects(surface, pygame.Rect(left, px(92), wide, px(200)), EFFECTS, "us", pen)
    pen.rule(surface, left, foot + px(8), wide)
    pen.write(surface, "Why the lead shrinks about a month", (left, foot + px(22)), "section")
    box = pygame.Rect(left, foot + px(60), wide, px(160))
    foot = draw_causes(surface, box, CAUSES, "us", pen, "smaller lead", "larger")
    pen.rule(surface, left, foot + px(14), wide)
    pen.write(surface, "Your blended estimate", (left, foot + px(28)), "section")
    axis = Axis(200, 1000, px(790), foot + px(70))
    values = [300, 380, 420, 450, 470, 490, 505, 515, 525, 530, 535, 545, 560, 580, 600, 630, 660, 700, 760, 860]
    draw_belief(
        surface,
        pygame.Rect(left + px(60), foot + px(66), px(200), px(800) - foot - px(66)),
        Belief(tuple(map(float, values))),
        axis,
        pen,
    )
    pen.runs(
        surface, [("530k", "key_figure", "t1"), ("300–860k", "note_medium", "t2")], (left + px(250), foot + px(150))
    )
    pen.write(surface, "SMIC starts as many dies as TSMC and finishes one in twenty", (px(950), px(28)), "section")
    text = "Widths are to scale: large dies on the left, H100-equivalents on the right."
    pen.write(surface, text, (px(950), px(56)), "note", "t2")
    draw_sankey(surface, pygame.Rect(px(950), px(90), px(600), px(440)), sankey(), pen)
    pen.write(surface, "Huawei made between 200,000 and 900,000 AI chips this year", (px(950), px(560)), "section")
    draw_bands(surface, pygame.Rect(px(950), px(596), px(600), px(290)), bands(), pen)
