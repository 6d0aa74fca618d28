"""The command line as a whole: every command is declared once, by its room, and declaring loads nothing."""

import inspect
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

import main
from play.commands.line import Words

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = {command.name: command for command in main.declared()}
HEAVY = (
    "numpy",
    "pydantic",
    "mesa",
    "pyarrow",
    "pandas",
    "rich",
    "pygame",
    "jinja2",
    "gymnasium",
    "pettingzoo",
    "distributed",
)


def test_no_two_commands_have_one_name():
    assert max(Counter(command.name for command in main.declared()).values()) == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_door(name):
    module, _, function = COMMANDS[name].door.partition(":")
    assert list(inspect.signature(getattr(import_module(module), function)).parameters) == ["args"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_takes(name, capsys):
    with pytest.raises(SystemExit) as left:
        main.main([name, "--help"])
    assert left.value.code == 0
    assert " ".join(COMMANDS[name].summary.split()) in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_refuses_what_it_does_not_take_in_a_sentence(name, capsys):
    with pytest.raises(SystemExit) as left:
        main.main([name, "--no-such-option"])
    output = capsys.readouterr()
    assert left.value.code == 2
    assert output.out == ""
    assert output.err.startswith("main.py")
    assert output.err.endswith(" lists what can be written\n")
    assert output.err.count("\n") == 1


def test_every_example_is_of_a_command_and_shown():
    shown = main.parser().format_help()
    for command in main.declared():
        for words, does in command.examples:
            assert words.split()[0] == command.name
            assert does in shown


def test_reading_the_words_loads_nothing_of_what_they_ask_for():
    code = f"import sys, main; main.parser(); print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_part_adds_a_flag_to_a_command_and_opens_a_door_of_its_own():
    parts = [part for command in main.declared() for part in command.parts]
    declared = [part for room in main.ROOMS for part in getattr(import_module(f"{room}.commands"), "PARTS", ())]
    assert sorted(parts) == sorted(declared)
    for part in parts:
        module, _, function = part.door.partition(":")
        assert list(inspect.signature(getattr(import_module(module), function)).parameters) == ["args"]
        assert getattr(main.parser().parse_args([part.command, "x", part.option]), part.option.strip("-"))


def test_the_flag_of_a_part_decides_which_door_is_opened(monkeypatch):
    opened = []
    for part in COMMANDS["bench"].parts:
        module, _, function = part.door.partition(":")
        monkeypatch.setattr(f"{module}.{function}", lambda args, door=part.door: opened.append(door) or 0)
        assert main.main(["bench", part.option]) == 0
    assert opened == [part.door for part in COMMANDS["bench"].parts]


def test_whatever_opens_a_save_takes_the_number_of_a_game_of_a_run():
    taking = {name: {one.dest for one in words_of(command)._actions} for name, command in COMMANDS.items()}
    assert {name for name, found in taking.items() if "game" in found} == {
        *("view", "replay", "preview", "why", "branch", "turning", "debrief", "play", "shot")
    }


def words_of(command):
    words = Words()
    command.takes(words)
    return words
