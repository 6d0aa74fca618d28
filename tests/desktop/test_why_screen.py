import pygame
import pytest
from desktop_events import key
from tables import settled, table

from desktop.screens.parts import amount, rows_of
from desktop.screens.why import WhyOverlay
from play.asking import true_why
from play.why import carried


def number(text):
    return float(text.replace("\u2212", "-").replace("+", "").replace("\u202f", "") or 0)


def adds_up(told):
    """Whether printed parts add up to the printed sum, and printed inner parts to theirs."""
    printed = [(line.is_inner, number(amount(line.units, told.places))) for line in told.lines]
    outer = sum(size for is_inner, size in printed if not is_inner)
    assert outer == pytest.approx(number(amount(told.total.units, told.places)), abs=1e-9 * 10 ** max(0, -told.places))
    at = 0
    while at < len(printed):
        inner = []
        while at + 1 + len(inner) < len(printed) and printed[at + 1 + len(inner)][0]:
            inner.append(printed[at + 1 + len(inner)][1])
        if inner:
            assert sum(inner) == pytest.approx(printed[at][1])
        at += 1 + len(inner)


@pytest.mark.parametrize(("seat", "name"), [("washington", "stock_cn"), ("huawei", "huawei_chips")])
def test_printed_parts_add_up_also_when_a_seat_is_opened(seat, name, pen):
    found, surface = table(seat, 2), pygame.Surface((1600, 900))
    screen = WhyOverlay(found, name)
    settled(screen, found, surface, pen)
    adds_up(screen.told)
    opening = next((at for at, line in enumerate(screen.told.lines) if line.seat), None)
    if opening is not None:
        assert screen.form.focus == "parts"
        for _ in range(opening):
            screen.handle(key(pygame.K_DOWN), pen)
        screen.handle(key(pygame.K_RETURN), pen)
        settled(screen, found, surface, pen)
        assert any(line.is_inner for line in screen.told.lines)
        adds_up(screen.told)
    found.close()


def test_on_the_opening_day_it_says_that_nothing_has_happened(pen):
    found, surface, said = table("washington", 0), pygame.Surface((1600, 900)), []
    pen.type.witness = lambda text, size, box, most: said.append(text)
    settled(WhyOverlay(found, "lead"), found, surface, pen)
    pen.type.witness = None
    assert "Why: nothing has happened yet; ask again after the first quarter." in " ".join(said)
    found.close()


def test_when_the_game_is_over_what_was_under_way_opens_into_earlier_orders(pen, monkeypatch):
    monkeypatch.setattr("desktop.screens.why.carried", lambda *asked: carried(*asked, pairs=1))
    monkeypatch.setattr("desktop.screens.why.true_why", lambda *asked, **more: true_why(*asked, **more, pairs=4))
    monkeypatch.setattr("desktop.screens.why.path", lambda *asked: [])
    found, surface = table("huawei", 12), pygame.Surface((1600, 900))
    assert found.is_over
    screen = WhyOverlay(found, "huawei_chips")
    settled(screen, found, surface, pen)
    if not screen.opened:
        screen.open(next(line for line in screen.told.lines if line.is_coming))
    settled(screen, found, surface, pen)
    assert screen.told.lines[[line.is_coming for line in screen.told.lines].index(True) + 1].is_inner
    adds_up(screen.told)
    said = []
    pen.type.witness = lambda text, size, box, most: said.append(text)
    settled(screen, found, surface, pen)
    pen.type.witness = None
    assert screen.chosen.is_earlier
    assert any(text.startswith("How it came about through what ") for text in said)
    assert not [text for text in said if "_" in text]
    screen.handle(key(pygame.K_LEFT), pen)
    settled(screen, found, surface, pen)
    assert screen.told.why.stop == 11
    found.close()


def test_parts_of_a_change_that_was_seen_add_up_to_it_in_every_world(pen):
    found, surface = table("washington", 4), pygame.Surface((1600, 900))
    screen = WhyOverlay(found, "lead")
    settled(screen, found, surface, pen)
    leads = [found.seen(turn)["quantities"]["lead"]["values"][""] for turn in (3, 4)]
    assert screen.told.seen == pytest.approx(leads)
    rows = rows_of(screen.told.why, screen.told.past, leads[1] - leads[0])
    assert sum(values for _, values, inner in rows if not inner) == pytest.approx(leads[1] - leads[0])
    adds_up(screen.told)
    assert screen.told.total.units / 10**screen.told.places == pytest.approx(leads[1] - leads[0], abs=0.006)
    rose = leads[1] > leads[0]
    assert f"The US lead {'rose' if rose else 'fell'} from" in screen.headline(screen.told, pen)
    found.close()


def test_a_seat_opens_into_its_orders_in_the_words_of_people(pen):
    found, surface, said = table("washington", 2), pygame.Surface((1600, 900)), []
    screen = WhyOverlay(found, "smuggled_h100e")
    settled(screen, found, surface, pen)
    screen.open(next(line for line in screen.told.lines if line.seat))
    pen.type.witness = lambda text, size, box, most: said.append(text)
    settled(screen, found, surface, pen)
    pen.type.witness = None
    orders = [line.words for line in screen.told.lines if line.order is not None]
    assert orders
    assert not [text for text in said if "_" in text or "(order" in text]
    assert all(text.startswith(("raises ", "lowers ", "changes ", "moves ")) for text in orders)
    found.close()


def test_the_chosen_cause_tells_what_else_it_moved(pen):
    found, surface, said = table("beijing", 2), pygame.Surface((1600, 900)), []
    screen = WhyOverlay(found, "smuggled_h100e")
    settled(screen, found, surface, pen)
    chance = [line.source.luck for line in screen.told.lines].index("diversion.seizure")
    for _ in range(chance):
        screen.handle(key(pygame.K_DOWN), pen)
    pen.type.witness = lambda text, size, box, most: said.append(text)
    settled(screen, found, surface, pen)
    pen.type.witness = None
    assert screen.chosen.source.luck == "diversion.seizure"
    assert "What else moved through chance: which consignments customs seized" in said
    assert "Smuggled chips seized" in said
    found.close()


@pytest.mark.parametrize("question", ["smic_yield", "huawei_output", "advanced_wafers", "smuggled"])
def test_a_disputed_question_can_be_asked_why(question, pen):
    found, surface = table("washington", 2), pygame.Surface((1600, 900))
    screen = WhyOverlay(found, question)
    settled(screen, found, surface, pen)
    assert screen.wrong == ""
    adds_up(screen.told)
    found.close()
