"""Orders in words: screens, news and pages take them from one place, in the language that they are given."""

import pytest

from play import order_words
from play.words import Words, read
from world.turn import ORDERS

DUTCH = {"orders.kind.cap_exports": "Exportgrens", "orders.amount.cap_exports.ceiling": "Hoogste TPP"}
DUTCH |= {"orders.thing.cn": "Volksrepubliek", "orders.unit.TPP": "{value} punten", "orders.unit.any": "alles"}


def test_another_language_needs_no_code():
    words = Words(DUTCH, "nl")
    kind = next(kind for kind in ORDERS if kind.name == "cap_exports")
    ceiling = kind.amounts[0]

    def number(amount, value):
        return f"{value:.0f}"

    assert order_words.order_text(kind.name, ("cn",), str, words) == "Exportgrens, Volksrepubliek"
    assert order_words.amount_label(kind.name, ceiling.name, words) == "Hoogste TPP"
    assert order_words.value_text(kind.name, ceiling, 4800.0, words, number) == "4800 punten"
    assert order_words.value_text(kind.name, ceiling, ceiling.high, words, number) == "alles"


@pytest.mark.parametrize("kind", ORDERS, ids=lambda kind: kind.name)
def test_every_order_and_setting_has_a_title_and_a_unit(kind):
    words = read()
    assert f"orders.kind.{kind.name}" in words
    assert all(f"orders.unit.{amount.unit or 'none'}" in words for amount in kind.amounts)
