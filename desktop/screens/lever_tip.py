"""What is told of a dial when one rests on it: how it stands, its bounds and history, its price, the claim it answers to."""

from desktop.kit import Fact
from desktop.pen import Pen
from desktop.screens.draft import Draft
from desktop.screens.levers import label_of
from desktop.screens.order_words import bites_text, claim_text, price_text, value_text
from play.order_words import title_of


def tip_of(row: int, draft: Draft, pen: Pen) -> tuple[str, tuple[Fact, ...], str]:
    """Title, facts and foot of the tooltip of a dial."""
    words = pen.words
    dial = draft.book.dials[row]
    kind, amount = dial.kind, dial.amount

    def shown(value: float) -> str:
        return value_text(kind.name, amount, value, words)

    facts = [Fact(words("orders.force_label"), shown(draft.force(row)))]
    if draft.standing[row] != draft.working[row]:
        facts.append(Fact(words("orders.set_label"), shown(draft.was(row))))
    if draft.is_changed(row):
        facts.append(Fact(words("orders.draft_label"), shown(draft.now(row))))
    bounds = words("orders.bounds", low=shown(amount.low), high=shown(amount.high))
    facts.append(Fact(words("orders.bounds_label"), "", bounds))
    past = draft.history(row)
    if len(past) > 1:
        span = words("orders.bounds", low=shown(min(past)), high=shown(max(past)))
        facts.append(Fact(words("orders.usual_label"), "", shown(past[0]) if min(past) == max(past) else span))
    facts.append(Fact(words("orders.price_label"), "", price_text(kind, words).rstrip(".")))
    if not draft.table.is_over:
        facts.append(Fact(words("orders.bites_label"), "", bites_text(kind, draft.table, words).rstrip(".")))
    claim = claim_text(kind.claim, words)
    is_alone = len(kind.amounts) == 1 and not kind.picks
    help_ = "" if is_alone else f"{label_of(dial, draft, words)}: {amount.help}."
    foot = " ".join(part for part in (help_, claim and words("orders.answers", claim=claim)) if part)
    return title_of(kind.name, words), tuple(facts), foot
