import json

import pygame
import pytest
from desktop_events import key
from tables import settled, table

from desktop.kit import Stepper
from desktop.screens import forecasting
from desktop.screens.estimates import apart
from desktop.screens.intelligence import IntelligenceScreen
from play.forecasts import Forecast, ForecastError, place_of


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
    assert forecasting.forecasts_of(sat)[0].question == "huawei_output"


def test_forecasts_of_another_game_count_as_none(sat):
    forecasting.register(sat, Forecast("washington", "rented", 2, 3, 1.0, 2.0, 3.0))
    path = place_of(sat.autosave)
    path.write_text(path.read_text("utf-8").replace('"game": "', '"game": "x'), "utf-8")
    sat.forecasts = None
    assert forecasting.forecasts_of(sat) == ()


def test_a_broken_file_of_forecasts_is_said_in_a_sentence_and_left_alone(sat):
    path = place_of(sat.autosave)
    path.write_text("[", "utf-8")
    assert forecasting.forecasts_of(sat) == ()
    assert "cannot be read" in sat.said[-1]
    assert path.read_text("utf-8") == "["


def test_another_seats_forecasts_are_not_shown(sat):
    forecasting.register(sat, Forecast("beijing", "rented", 2, 3, 1.0, 2.0, 3.0))
    assert forecasting.forecasts_of(sat) == ()


def test_forecasts_are_scored_when_the_game_is_over_and_not_before(sat):
    forecasting.register(sat, Forecast("washington", "huawei_output", 2, 3, 1.0, 2.0, 3.0))
    assert forecasting.outcomes_of(sat) == ()
    over = table("washington", 12)
    truth = float(over.model.record.quarters[5].year_output[0])
    forecasting.register(over, Forecast("washington", "huawei_output", 2, 5, truth / 2, truth, truth * 2))
    forecasting.register(over, Forecast("washington", "huawei_output", 3, 5, truth * 4, truth * 5, truth * 6))
    good, bad = forecasting.outcomes_of(over)
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
    placed = apart([10.0, 12.0, 95.0], 20, 0, 100)
    assert placed == [10.0, 30.0, 80.0]
