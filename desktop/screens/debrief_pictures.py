"""The parts of the debrief as pictures, and the sentences over and under them."""

import pygame

from desktop.ending import Ending
from desktop.pen import Pen, ink
from desktop.screens.debrief_race import draw_lead, draw_race
from desktop.screens.debrief_side import draw_otherwise, draw_score, is_short, voice
from desktop.screens.debrief_views import belief_finding, belief_note, draw_beliefs, draw_flows, is_low

STORY = 3
"""Lines that the story may take."""


def decision(ending: Ending, pen: Pen) -> str:
    """Whether one order decided the lead, in a sentence."""
    found = [point for point in ending.points if point.holds]
    decided = max(found, key=lambda point: abs(point.held), default=None)
    if decided:
        return pen.words("debrief.decision", title=decided.title, who=decided.who, when=decided.when)
    return pen.words("debrief.no_decision" if ending.points else "debrief.no_points")


def story(ending: Ending, pen: Pen) -> str:
    """What the score means, whether one order decided the lead, and who played."""
    return " ".join((ending.meaning, decision(ending, pen), *handed_over(ending, pen)))


def handed_over(ending: Ending, pen: Pen) -> tuple[str, ...]:
    """That programs played the seat in the end, where they did."""
    left = ending.told.seat.left_after
    return (pen.words("debrief.handed_over", quarter=left, **voice(ending, pen)),) if left else ()


def story_lines(ending: Ending, wide: int, pen: Pen) -> list[str]:
    """The story in lines of a width; where they are too many, without the order, which is told under the race."""
    lines = pen.lines(story(ending, pen), wide, "body")
    if len(lines) <= STORY:
        return lines
    return pen.lines(" ".join((ending.meaning, *handed_over(ending, pen))), wide, "body")


def again_note(ending: Ending, turn: int, quarter: str, is_watching: bool, wide: int, pen: Pen) -> str:
    """What the person ordered in the quarter to start again from, or what starting again is."""
    if is_watching:
        return pen.words("debrief.again_watch")
    titles = ending.moved_in(turn)
    if not titles:
        return pen.words("debrief.again_note")
    text = pen.words("debrief.again_orders", quarter=quarter, title=titles[0])
    if len(titles) == 1 and pen.width(text, "note") <= wide:
        return text
    name = "debrief.again_several" if len(titles) > 1 else "debrief.again_note"
    return pen.words(name, quarter=quarter, count=len(titles))


def side_picture(ending: Ending, side: pygame.Rect, buttons: int, note: str, pen: Pen) -> pygame.Surface:
    """The score and what moved it, over the buttons, with a note under it."""
    picture = pygame.Surface(side.size)
    picture.fill(ink("side"))
    foot = draw_score(picture, pygame.Rect(0, 0, side.width, side.height), ending, pen)
    pen.rule(picture, 0, foot + pen.px(10), side.width)
    short = is_short(side, pen)
    notes = [] if short else pen.lines(note, side.width, "note")
    top, bottom = foot + pen.px(18), buttons - side.top - len(notes) * pen.line("note") - pen.px(14)
    draw_otherwise(picture, pygame.Rect(0, top, side.width, bottom - top), ending, pen, short)
    for at, line in enumerate(notes):
        pen.write(picture, line, (0, bottom + pen.px(8) + at * pen.line("note")), "note", "t3")
    return picture


def view_picture(
    ending: Ending, view: str, size: tuple[int, int], race: pygame.Rect, lead_top: int, pen: Pen
) -> pygame.Surface:
    """One of the views; the lead is drawn under the race where there is room for it."""
    picture = pygame.Surface(size)
    picture.fill(ink("panel"))
    whole = picture.get_rect()
    if view == "race":
        draw_race(picture, race, ending, pen)
        if whole.height - lead_top > pen.px(100):
            draw_lead(picture, pygame.Rect(0, lead_top, whole.width, whole.height - lead_top), ending, pen)
        return picture
    finding, note = ending.flows, pen.words("debrief.flows_note")
    if view == "beliefs":
        finding, note = belief_finding(ending, pen), belief_note(ending, pen)
    low = is_low(whole, pen)
    box = pen.paragraph(picture, finding, (0, 0), whole.width, "section", "t1", count=2)
    if not low:
        box = pen.paragraph(picture, note, (0, box.bottom + pen.px(2)), whole.width, "note", "t3", count=2)
    top = box.bottom + pen.px(8 if low else 14)
    rest = pygame.Rect(0, top, whole.width, whole.height - top)
    (draw_beliefs if view == "beliefs" else draw_flows)(picture, rest, ending, pen)
    return picture
