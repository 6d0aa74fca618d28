import pygame
import pytest
from desktop_events import click, key, typed

from desktop import settings as store
from desktop.app import App, NoDisplay
from desktop.kit import Button, Field, Modal
from desktop.screen import FormScreen, Pop, Push, Quit, Replace, Say
from desktop.settings import Settings
from desktop.theme import COLOURS


class Front(FormScreen):
    """A screen with a button, a field and a question."""

    title = "Front"

    def controls(self):
        return (Button(name="go", label="Go"), Button(name="ask", label="Ask"), Field(name="find", label="Search"))

    def layout(self, pen):
        return {name: pygame.Rect(40 + 200 * i, 40, 160, 40) for i, name in enumerate(("go", "ask", "find"))}

    def paint(self, surface, pen):
        surface.fill(COLOURS["panel"])
        pen.write(surface, self.title, (40, 120), "finding")

    def act(self, action, pen):
        if action.kind == "answer":
            return (Say(f"answered {action.value}"),)
        if action.name == "go":
            return (Push(Back()),)
        if action.name == "ask":
            self.modal = Modal.ask("sure", "Sure?", "It cannot be undone.", (("yes", "Yes"), ("no", "No")))
        return ()

    def shortcut(self, event, pen):
        if event.key == pygame.K_q:
            return (Quit(),)
        if event.key == pygame.K_r:
            return (Replace(Back()),)
        if event.key == pygame.K_x:
            raise ValueError("quota is 95k; choose at most 90k")
        return None

    def keys(self):
        return (("Q", "quit"),)


class Back(FormScreen):
    title = "Back"

    def shortcut(self, event, pen):
        return (Pop(),) if event.key == pygame.K_b else None


@pytest.fixture
def app(display):
    app = App(Front(), Settings())
    app.frame([], 0.016)
    yield app
    pygame.display.set_mode((1600, 900))


def fed(app, *events, dt=0.016):
    app.frame(list(events), dt)
    return app


def said(app):
    return [text for text, _ in app.toasts.held]


def test_a_click_opens_a_screen_and_escape_comes_back(app):
    fed(app, *click((100, 60)))
    assert app.screen.title == "Back"
    fed(app, key(pygame.K_ESCAPE))
    assert app.screen.title == "Front"
    fed(app, key(pygame.K_ESCAPE))
    assert app.is_open


def test_the_keyboard_alone_opens_a_screen(app):
    fed(app, key(pygame.K_TAB), key(pygame.K_RETURN))
    assert app.screen.title == "Back"
    fed(app, key(pygame.K_b))
    fed(app, key(pygame.K_r))
    assert [screen.title for screen in app.screens] == ["Back"]


def test_the_window_closes_by_its_button_and_by_a_screen(app):
    fed(app, key(pygame.K_q))
    assert not app.is_open
    other = App(Front(), Settings())
    other.frame([pygame.event.Event(pygame.QUIT)], 0.01)
    assert not other.is_open


def test_the_title_of_the_window_says_which_screen_is_open(app):
    assert pygame.display.get_caption()[0] == "Chokepoint: Front"
    fed(app, *click((100, 60)))
    assert pygame.display.get_caption()[0] == "Chokepoint: Back"


def test_plus_and_minus_change_the_interface_scale(app):
    fed(app, key(pygame.K_PLUS, typed="+"))
    assert app.pen.scale.interface == 1.1
    assert "110" in said(app)[-1]
    for _ in range(9):
        fed(app, key(pygame.K_KP_PLUS))
    assert app.pen.scale.interface == 2.0
    fed(app, key(pygame.K_MINUS, typed="-"))
    assert app.settings.interface == 1.75


def test_m_reduces_motion(app):
    fed(app, key(pygame.K_m, typed="m"))
    assert app.pen.still
    fed(app, key(pygame.K_m, typed="m"))
    assert not app.pen.still


def test_letters_belong_to_a_field_that_is_written_in(app):
    fed(app, *click((480, 60)))
    fed(app, key(pygame.K_m, typed="m"), pygame.event.Event(pygame.TEXTINPUT, text="m"), key(pygame.K_q, typed="q"))
    assert not app.pen.still
    assert app.is_open
    assert app.screen.form["find"].text == "m"


def test_the_help_opens_over_a_screen_and_closes(app):
    before = pygame.image.tobytes(app.surface, "RGB")
    fed(app, key(pygame.K_SLASH, typed="?"))
    assert app.shows_help
    assert pygame.image.tobytes(app.surface, "RGB") != before
    fed(app, *click((100, 60)))
    assert not app.shows_help


def test_a_question_keeps_every_key_until_it_is_answered(app):
    fed(app, *click((300, 60)))
    assert app.screen.modal
    fed(app, key(pygame.K_q), key(pygame.K_m, typed="m"))
    assert app.is_open
    assert not app.pen.still
    fed(app, key(pygame.K_ESCAPE))
    assert app.screen.modal is None
    assert said(app) == ["answered no"]


def test_a_refusal_is_said_and_nothing_is_lost(app):
    fed(app, key(pygame.K_x))
    assert said(app) == ["quota is 95k; choose at most 90k"]
    assert app.is_open


@pytest.mark.parametrize("size", [(1280, 720), (1024, 640), (3840, 2160), (500, 300)])
def test_a_window_may_have_any_size(app, size):
    app.surface = pygame.display.set_mode(size)
    fed(app, pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1]))
    assert (app.pen.scale.width, app.pen.scale.height) == size
    assert app.pen.scale.is_too_small == (size == (500, 300))
    assert (app.settings.width, app.settings.height) == size
    fed(app, *click((10, 10)), key(pygame.K_TAB))


def test_a_screen_that_is_left_fades_and_is_gone(app):
    fed(app, *click((100, 60)))
    assert app.leaving is not None
    fed(app, dt=0.3)
    assert app.leaving is None


def test_settings_are_kept_and_read_again(display, tmp_path):
    path = tmp_path / "desktop.json"
    app = App(Front(), kept_in=path)
    app.frame([key(pygame.K_PLUS, typed="+")], 0.01)
    app.close()
    again = App(Front(), kept_in=path)
    assert again.pen.scale.interface == 1.1
    assert store.read(path)[0].interface == 1.1


def test_a_folder_that_cannot_be_written_is_said_once(display, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    app = App(Front(), Settings(), tmp_path / "file" / "desktop.json")
    app.frame([key(pygame.K_m, typed="m")], 0.01)
    assert any("cannot be kept" in text for text, _ in app.toasts.held)
    assert app.pen.still


def test_without_a_display_there_is_a_sentence(display, monkeypatch):
    def refuse(*_):
        raise pygame.error("No available video device")

    monkeypatch.setattr(pygame.display, "set_mode", refuse)
    with pytest.raises(NoDisplay, match=r"main\.py run november-2025"):
        App(Front(), Settings())


def test_a_window_runs_until_it_is_closed(app):
    pygame.event.clear()
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    app.run()
    assert not app.is_open
    pygame.display.init()
    pygame.display.set_mode((1600, 900))


class Over(FormScreen):
    title = "Over"
    lies_over = True

    def paint(self, surface, pen):
        surface.fill(COLOURS["side"], (600, 300, 400, 200))


def test_a_screen_that_lies_over_another_shows_it_darker_round_itself_also_after_resizing(display):
    app = App(Front(), Settings(reduced_motion=True))
    app.frame([], 0.016)
    bright = app.surface.get_at((20, 300))
    app.move([Push(Over())])
    for _ in range(40):
        app.frame([], 0.016)
    dark = app.surface.get_at((20, 300))
    assert bright != dark != COLOURS["ink"]
    assert app.surface.get_at((800, 400))[:3] == COLOURS["side"]
    app.scaled(1)
    app.frame([], 0.016)
    assert app.surface.get_at((20, 300)) == dark


class Search(FormScreen):
    title = "Search"

    def controls(self):
        return (Field(name="find", label="Search"),)

    def layout(self, pen):
        return {"find": pygame.Rect(40, 40, 160, 40)}

    def ready(self, pen):
        super().ready(pen)
        self.form = self.form.focused("find")

    def paint(self, surface, pen):
        surface.fill(COLOURS["panel"])


class Door(Front):
    def shortcut(self, event, pen):
        return (Push(Search()),) if event.key == pygame.K_g else None


def test_the_letter_of_a_shortcut_is_not_written_into_the_field_that_it_leads_to(display):
    app = App(Door(), Settings())
    app.frame([], 0.016)
    app.frame([key(pygame.K_g, typed="g"), typed("g")], 0.016)
    assert app.screen.form["find"].text == ""
    app.frame([key(pygame.K_g, typed="g"), typed("g")], 0.016)
    assert app.screen.form["find"].text == "g"
    app.frame([typed("\u5317\u4eac")], 0.016)
    assert app.screen.form["find"].text == "g\u5317\u4eac"
    app.close()
