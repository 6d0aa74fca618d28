import json

import pygame
import pytest
from desktop_events import key, moved
from tables import settled, table

from desktop import foresight, saves, tables
from desktop.kit import Stepper
from desktop.screens.claims import findings
from desktop.screens.estimates import apart, around, draw_estimates, estimates
from desktop.screens.intelligence import IntelligenceScreen
from play.disputes import held_by, sentence
from play.forecasts import Forecast, ForecastError, place_of
from play.quantities import quantity
from world.phases.intelligence import QUESTIONS, truth


@pytest.fixture
def sat(tmp_path):
    found = table("washington", 2, autosave=tmp_path / "auto.json.gz")
    yield found
    found.close()


def on(screen, name, pen):
    """The screen with the keyboard on a control, come to by Tab."""
    for _ in range(len(screen.form.rects) + 1):
        if screen.form.focus == name:
            return
        screen.handle(key(pygame.K_TAB), pen)
    raise AssertionError(f"Tab never comes to {name}")


def test_a_forecast_is_made_by_keyboard_and_kept_beside_the_autosave(sat, pen):
    surface = pygame.Surface((1600, 900))
    screen = IntelligenceScreen(sat)
    settled(screen, sat, surface, pen)
    on(screen, "forecast_high", pen)
    screen.handle(key(pygame.K_RIGHT), pen)
    high = screen.form["forecast_high"]
    assert isinstance(high, Stepper)
    on(screen, "forecast_due", pen)
    screen.handle(key(pygame.K_RIGHT), pen)
    on(screen, "register", pen)
    screen.handle(key(pygame.K_RETURN), pen)
    tree = json.loads(place_of(sat.autosave).read_text("utf-8"))
    assert [one["due"] for one in tree["forecasts"]] == [4]
    assert tree["forecasts"][0]["high"] == high.value
    sat.forecasts = None
    assert foresight.forecasts_of(sat)[0].question == "huawei_output"


def test_forecasts_of_another_game_count_as_none(sat):
    foresight.register(sat, Forecast("washington", "rented", 2, 3, 1.0, 2.0, 3.0))
    path = place_of(sat.autosave)
    path.write_text(path.read_text("utf-8").replace('"game": "', '"game": "x'), "utf-8")
    sat.forecasts = None
    assert foresight.forecasts_of(sat) == ()


def test_a_broken_file_of_forecasts_is_said_in_a_sentence_and_left_alone(sat):
    path = place_of(sat.autosave)
    path.write_text("[", "utf-8")
    assert foresight.forecasts_of(sat) == ()
    assert "cannot be read" in sat.said[-1]
    assert path.read_text("utf-8") == "["


def test_another_seats_forecasts_are_not_shown(sat):
    foresight.register(sat, Forecast("beijing", "rented", 2, 3, 1.0, 2.0, 3.0))
    assert foresight.forecasts_of(sat) == ()


def test_forecasts_are_scored_when_the_game_is_over_and_not_before(sat):
    foresight.register(sat, Forecast("washington", "huawei_output", 2, 3, 1.0, 2.0, 3.0))
    assert foresight.outcomes_of(sat) == ()
    over = table("washington", 12)
    truth = float(over.model.record.quarters[5].year_output[0])
    foresight.register(over, Forecast("washington", "huawei_output", 2, 5, truth / 2, truth, truth * 2))
    foresight.register(over, Forecast("washington", "huawei_output", 3, 5, truth * 4, truth * 5, truth * 6))
    good, bad = foresight.outcomes_of(over)
    assert good.within
    assert not bad.within
    assert good.crps < 0.2 < bad.crps
    over.close()


def test_ends_out_of_order_are_refused_with_what_would_be_right():
    with pytest.raises(ForecastError, match="in that order"):
        Forecast("washington", "rented", 2, 3, 3.0, 2.0, 4.0)
    with pytest.raises(ForecastError, match="name a coming one"):
        Forecast("washington", "rented", 3, 3, 1.0, 2.0, 4.0)


def test_the_order_that_narrows_a_range_goes_into_the_draft(sat, pen):
    surface = pygame.Surface((1600, 900))
    screen = IntelligenceScreen(sat)
    settled(screen, sat, surface, pen)
    way = screen.found[0][0]
    assert way.after.width < sat.view().belief("huawei_output").width[0, 0] * 1.5
    on(screen, "way_0", pen)
    screen.handle(key(pygame.K_RETURN), pen)
    assert way.settings.items() <= sat.sitting.settings.items()


def test_spending_more_narrows_more_than_waiting(sat, pen):
    screen = IntelligenceScreen(sat)
    settled(screen, sat, pygame.Surface((1600, 900)), pen)
    spend, wait, _ = screen.found[0]
    assert spend.after.width < wait.after.width


def test_what_a_seat_has_in_its_own_books_is_shown_as_known(pen):
    found = table("huawei", 2)
    screen = IntelligenceScreen(found)
    screen.at = screen.questions.index("memory_left")
    settled(screen, found, pygame.Surface((1600, 900)), pen)
    true = float(found.model.world.stacks[found.model.cast.champion, 0])
    assert screen.dispute().known == pytest.approx(true)
    found.close()


def test_labels_are_moved_apart_and_stay_inside():
    placed = apart([20.0, 22.0, 105.0], 20, 0, 100)
    assert placed == [10.0, 30.0, 80.0]


def test_labels_stay_on_their_side_of_a_line_or_there_is_no_line():
    placed = around([48.0, 49.0, 52.0], 20, (0, 45), (55, 100))
    assert placed == [5.0, 25.0, 55.0]
    assert around([10.0, 20.0, 30.0], 20, (0, 45), (55, 100)) is None


@pytest.mark.parametrize("seat", ["washington", "huawei"])
@pytest.mark.parametrize("size", [(1600, 900, 1.0), (1280, 720, 1.0), (1600, 900, 1.5)])
def test_nothing_that_is_said_of_a_question_is_cut_or_lies_over_other_words(seat, size, pen_for):
    pen, found = pen_for(*size), table(seat, 4)
    surface = pygame.Surface(size[:2])
    screen = IntelligenceScreen(found)
    for at in range(len(screen.questions)):
        screen.at = at
        settled(screen, found, surface, pen)
        told = []
        pen.type.witness = lambda text, size, box, most, told=told: told.append((text, pygame.Rect(box)))
        screen.paint_main(surface, pen)
        draw_estimates(surface, screen.chart(pen), screen.plot(), pen)
        pen.type.witness = None
        assert not [text for text, _ in told if text.endswith("…") and text != pen.words("intelligence.waiting")]
        labels = [box for text, box in told if text in names_of(screen)]
        assert all(not one.colliderect(other) for n, one in enumerate(labels) for other in labels[n + 1 :])
        assert labels
    found.close()


def names_of(screen):
    return {sentence(source.title) for source in screen.dispute().sources}


def test_sources_of_the_same_question_differ_by_hatch_and_own_belief_alone_is_strong(sat):
    screen = IntelligenceScreen(sat)
    for at in range(len(screen.questions)):
        screen.at = at
        drawn = estimates(screen.plot(), [2026.0, 2026.25, 2026.5], 2026.0)
        slants = [one.lean for one in drawn[:-1]]
        assert len(set(slants)) == len(slants)
        assert [one.is_strong for one in drawn] == [False] * len(slants) + [True]


def test_the_finding_says_by_what_factor_sources_differ(sat, pen):
    plot = IntelligenceScreen(sat).plot()
    said = [source.said[-1].told.middle for source in plot.dispute.sources]
    assert f"{max(said) / min(said):.1f}" in findings(plot, pen)[0]
    assert "460" in pen.words("intelligence.claim.huawei_output", value="460–820k")


def test_every_question_is_asked_about_under_the_name_of_its_own_quantity(sat):
    cast, world = sat.model.cast, sat.model.world
    screen = IntelligenceScreen(sat)
    for at, name in enumerate(screen.questions):
        screen.at = at
        true = QUESTIONS[name].told(float(truth(world)[cast.at("questions", name), 0]))
        found = float(quantity(cast, screen.figure_in_focus()).of(sat.state(None))[0])
        months = 3 if QUESTIONS[name].unit == "wafers/month" else 1
        assert found == pytest.approx(true * months, rel=1e-5), name


def test_a_forecast_that_falls_due_is_told_in_the_feed_and_marked_on_the_chart(sat, pen):
    foresight.register(sat, Forecast("washington", "huawei_output", 1, 2, 1e5, 2e5, 3e5))
    foresight.register(sat, Forecast("beijing", "huawei_output", 1, 2, 1e5, 2e5, 3e5))
    (card,) = foresight.due_cards(sat, "washington", 2, pen.words)
    assert pen.words("forecast.noun.huawei_output") in card.headline
    assert "200k" in card.causes[0]
    assert foresight.due_cards(sat, "washington", 1, pen.words) == ()
    foresight.register(sat, Forecast("washington", "rented", 1, 2, 1e5, 2e5, 3e5))
    (card,) = foresight.due_cards(sat, "washington", 2, pen.words)
    assert len(card.causes) == 2
    assert IntelligenceScreen(sat).plot().forecasts[0].due == 2


def test_forecasts_go_with_a_free_save_and_with_a_branch(sat, tmp_path, monkeypatch):
    monkeypatch.setattr(saves, "folder", lambda: tmp_path)
    early = Forecast("washington", "rented", 1, 4, 1.0, 2.0, 3.0)
    late = Forecast("washington", "rented", 2, 4, 1.0, 2.0, 4.0)
    foresight.register(sat, early)
    foresight.register(sat, late)
    path = tmp_path / "mine.json.gz"
    sat.sitting.save(path)
    foresight.lay_beside(sat, path)
    again = tables.taken_up(path)
    assert foresight.forecasts_of(again) == (early, late)
    assert again.autosave != path
    assert place_of(again.autosave).exists()
    branch = foresight.carried(sat, tables.branched(sat, 1))
    assert foresight.forecasts_of(branch) == (early,)
    saves.removed(path)
    assert not place_of(path).exists()
    again.close()
    branch.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one | {"low": "much"},
        lambda one: one | {"median": float("nan")},
        lambda one: one | {"due": 10**9},
        lambda one: one | {"due": None},
        lambda one: {"seat": one["seat"]},
        lambda one: [one],
    ],
)
def test_a_file_of_forecasts_with_nonsense_in_it_is_said_and_breaks_nothing(sat, change, pen):
    foresight.register(sat, Forecast("washington", "huawei_output", 2, 3, 1.0, 2.0, 3.0))
    path = place_of(sat.autosave)
    tree = json.loads(path.read_text("utf-8"))
    tree["forecasts"] = [change(tree["forecasts"][0])]
    path.write_text(json.dumps(tree), "utf-8")
    sat.forecasts = None
    assert foresight.forecasts_of(sat) == ()
    assert "delete the file" in sat.said[-1]


def test_what_one_believed_is_scored_beside_what_one_said():
    over = table("washington", 12)
    held = held_by(over.view(2), "huawei_output")
    foresight.register(over, Forecast("washington", "huawei_output", 2, 5, held.low, held.middle, held.high))
    outcomes = foresight.outcomes_of(over)
    assert foresight.off_by_belief(over, outcomes) == pytest.approx(outcomes[0].crps)
    over.close()


def test_moving_the_pointer_draws_no_picture_anew(sat, pen):
    surface = pygame.Surface((1600, 900))
    screen = IntelligenceScreen(sat)
    settled(screen, sat, surface, pen)
    before = set(pen.pictures)
    for x in range(100, 1500, 200):
        screen.handle(moved((x, 400)), pen)
        screen.draw(surface, pen)
    assert not [key for key in pen.pictures.keys() - before if key[0] in ("intelligence", "estimates", "fog")]
