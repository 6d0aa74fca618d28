"""Commands of bots: what is wrong is said in one sentence, and nothing is written."""

import pytest
from bots import ROGUE

from main import main


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("no-such-program --fast", "there is no program 'no-such-program'"),
        ("{folder}/plain.txt", "may not be executed"),
        ("{folder}/plain.exe", "cannot be started"),
        ("python3 'examples", "close every quotation mark"),
        ("''", "the command is empty"),
        (f"{ROGUE} rude", "it left with status 1, its last words: I do not greet (answering hello)"),
        (f"{ROGUE} newer", "it speaks protocol 2 and this game speaks 1"),
        ("true", "it left with status 0"),
        ("echo hello", "the line 'hello' is not JSON"),
        ("sleep 60", "it was not ready after 0.2 s"),
    ],
)
def test_a_command_that_starts_no_bot_is_refused_in_a_sentence(tmp_path, capfd, command, why):
    (tmp_path / "plain.txt").write_text("hello")
    (tmp_path / "plain.exe").write_text("hello")
    (tmp_path / "plain.exe").chmod(0o755)
    out = tmp_path / "out"
    words = ["contest", "--bot", f"washington={command.format(folder=tmp_path)}", "--out", str(out)]
    assert main([*words, "--start-seconds", "0.2" if command == "sleep 60" else "20"]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert why in said.err
    assert said.err.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["contest"], "add --bot washington="),
        (["contest", "--bot", "washington"], "write seat=COMMAND"),
        (["contest", "--bot", "washington="], "write seat=COMMAND"),
        (["contest", "--bot", "washingtn=true"], "did you mean washington"),
        (["contest", "--bot", "washington=true", "--bot", "washington=true"], "somebody else holds washington"),
        (["contest", "--bot", "washington=true", "--player", "washington=hawk"], "somebody else holds washington"),
        (["contest", "--bot", "washington=true", "--seconds", "0"], "--seconds 0: write seconds"),
        (["contest", "--bot", "washington=true", "--seconds", "nan"], "--seconds nan: write seconds"),
        (["contest", "--bot", "washington=true", "--game-seconds", "inf"], "--game-seconds inf: write seconds"),
        (["contest", "--bot", "washington=true", "--games", "0"], "--games 0"),
        (["contest", "november-2052", "--bot", "washington=true"], "november-2052"),
        (["run", "--player", "washington=bot:true"], "write --bot washington=COMMAND there"),
        (["protocol", "--text", "--example"], "ask for one of them"),
        (["protocol", "--example", "--seat", "mars"], "--seat mars"),
        (["protocol", "--seat", "openai"], "--seat: is of the example; add --example"),
        (["protocol", "--text", "--scenario", "tutorial"], "--scenario: is of the example; add --example"),
        (["protocol", "--example", "--scenario", "mars"], "mars"),
        (["protocol", "--out", "no/such/folder/file"], "cannot be written"),
        (["protocol", "--out", "."], "cannot be written (Is a directory)"),
        (["protocol", "--out", "tests"], "cannot be written (Is a directory)"),
    ],
)
def test_wrong_words_are_refused_in_a_sentence(capsys, words, why):
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert why in said.err
    assert said.err.count("\n") == 1
