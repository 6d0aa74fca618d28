"""The example bots play full games, and the games replay without them."""

import json
import re
import shutil

import pytest
from bots import HAWKISH, PLAIN, ROOT, STEADY_LAB, question

from arena.bots.declared import Orders
from arena.bots.process import Limits
from arena.bots.sent import refusal
from main import main
from play.replay import first_difference
from play.results import read_run
from play.save import read_save


def test_the_python_example_plays_a_full_game_that_replays_without_it(tmp_path, capfd):
    words = ["contest", "--games", "1", "--bot", f"washington={HAWKISH}", "--stderr"]
    assert main([*words, "--out", str(tmp_path / "run"), "--save", str(tmp_path / "saves")]) == 0
    said = capfd.readouterr().err
    assert "washington (hawkish): asked for 12 quarters, none forfeited" in said
    assert "game 0: " in said
    save = read_save(tmp_path / "saves/game-00000.json.gz")
    assert save.is_over
    assert first_difference(save) == ""
    assert main(["replay", str(tmp_path / "run"), "--game", "0"]) == 0
    assert "to the last bit" in capfd.readouterr().out
    run = read_run(tmp_path / "run")
    assert run.about["outside"]["washington"]["forfeited"] == 0
    assert run.about["players"]["washington"] == f"bot:{HAWKISH}"


def test_the_python_example_is_short():
    assert len((ROOT / "examples/hawkish.py").read_text("utf-8").splitlines()) < 60


@pytest.mark.skipif(shutil.which("node") is None, reason="the example in JavaScript needs node, which is not here")
def test_the_javascript_example_plays_a_full_game(capfd):
    bots = ["--bot", f"openai={STEADY_LAB}", "--bot", f"deepseek={STEADY_LAB}"]
    assert main(["contest", "--games", "1", "--json", *bots]) == 0
    told = json.loads(capfd.readouterr().out)["outside"]
    for seat in ("openai", "deepseek"):
        assert (told[seat]["name"], told[seat]["asked"], told[seat]["forfeited"]) == ("steady lab", 12, 0)


def test_the_example_mends_what_is_refused(opening, door):
    bot = door(HAWKISH, opening, Limits())
    first = bot.orders(question(opening))
    assert first.settings
    assert not first.wrong
    bot._ask += 1
    bot.tell(refusal(bot._ask, 0, 1.0, [{"number": 0, "order": "cap_exports", "why": "for a test"}]))
    second = bot._answer(Orders, bot.clock() + 10)
    assert len(second.orders) == len({dial.order for dial in second.orders}) < 3


def blocks():
    """The programs in docs/bots.md."""
    return re.findall(r"```python\n(.*?)```", (ROOT / "docs/bots.md").read_text("utf-8"), re.DOTALL)


def test_the_bot_in_the_page_plays_as_it_stands(tmp_path, capfd):
    (tmp_path / "bot.py").write_text(blocks()[0], "utf-8")
    assert main(["contest", "tutorial", "--games", "1", "--bot", f"washington={PLAIN} {tmp_path / 'bot.py'}"]) == 0
    assert "asked for 4 quarters, none forfeited" in capfd.readouterr().err


def test_the_function_in_the_page_plays_as_it_stands(capsys):
    exec(compile(blocks()[1].replace("november-2025", "tutorial"), "docs/bots.md", "exec"), {})
    assert len(capsys.readouterr().out.strip("[]\n").split()) == 8
