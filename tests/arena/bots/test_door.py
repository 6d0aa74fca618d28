"""The door: whatever a bot does, the game goes on, and a forfeit has a reason."""

import json
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from bots import QUICK, ROGUE, answer_of, question, scripted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arena.bots.door import Forfeit
from arena.bots.process import Gone, Limits, Process, Silent
from world.turn import ORDERS

ORDERED = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["orders", "ready", "view", None]),
        "ask": st.one_of(st.integers(-2, 4), st.none(), st.floats(), st.integers(2**64, 2**80)),
        "orders": st.lists(
            st.fixed_dictionaries(
                {
                    "order": st.sampled_from([*(kind.name for kind in ORDERS), "", "no\x1bsuch", "\ud800"]),
                    "amounts": st.dictionaries(
                        st.sampled_from(["ceiling", "share", "spend", "x" * 100]),
                        st.one_of(st.floats(), st.integers(-(2**70), 2**70), st.booleans(), st.text(max_size=3)),
                        max_size=3,
                    ),
                },
                optional={"picks": st.lists(st.sampled_from(["cn", "us", "nobody", "tokyo"]), max_size=3)},
            ),
            max_size=5,
        ),
    },
    optional={"more": st.integers()},
).map(lambda tree: json.dumps(tree).encode())
LINES = st.lists(
    st.one_of(
        st.binary(max_size=60),
        ORDERED,
        st.sampled_from([b"", b"null", b"[" * 5000, b"1" * 5000, b'{"a":1,"a":2}', b'"\\ud800"', b"\x00", b'{"type":'])
        | st.recursive(
            st.none() | st.floats() | st.text(max_size=5), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
        )
        .map(json.dumps)
        .map(str.encode),
        st.sampled_from([Gone("exit", "it left"), Gone("flood", "too much"), Silent()]),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_whatever_a_bot_writes_it_is_orders_or_a_forfeit_with_a_reason(opening, validators, lines):
    bot, asked = scripted(lines), question(opening)
    for quarter in range(3):
        found, forfeit = answer_of(bot, replace(asked, game=quarter))
        if forfeit is not None:
            assert forfeit.cause in ("nonsense", "late", "exit", "flood", "gone")
            assert forfeit.why.isprintable()
            assert len(forfeit.why) < 400
        else:
            assert all(0 <= step <= opening.layout.top[dial, 0] for dial, step in found.settings.items())
    for message in bot._process.sent:
        if message["type"] == "refusal":
            validators["refusal"].validate(message)
    assert bool(bot.gone) == bot._process.is_closed


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=200), max_size=4), st.booleans())
def test_a_program_that_writes_anything_is_ended_without_a_trace(opening, tmp_path_factory, pieces, leaves):
    path = tmp_path_factory.mktemp("bot") / "bot.py"
    path.write_text(f"import os, sys\nfor x in {pieces!r}: os.write(1, x)\n" + ("" if leaves else "sys.stdin.read()"))
    before = threading.active_count()
    process = Process(f"{sys.executable} -S -I {path}", QUICK)
    with pytest.raises((Silent, Gone)):  # noqa: PT012 - any of the lines may be the last
        for _ in range(1000):
            process.line(process.clock() + 0.2)
    process.close()
    process.close()
    assert threading.active_count() == before
    assert process.status is not None


WAYS = {
    "utf8": ("nonsense", "is not UTF-8"),
    "deep": ("nonsense", "nested too deeply"),
    "nan": ("nonsense", "NaN is no number of JSON"),
    "infinity": ("nonsense", "-Infinity is no number of JSON"),
    "overflow": ("nonsense", "write a finite number"),
    "huge": ("nonsense", "has 6000 digits"),
    "twice": ("nonsense", "'orders' is written twice"),
    "unknown": ("nonsense", "hint is not known; orders has type, ask, orders"),
    "list": ("nonsense", "is no object"),
    "words": ("nonsense", "is not JSON"),
    "empty": ("nonsense", "is not JSON"),
    "early": ("nonsense", "ask is 99999 and the question was 1"),
    "text": ("nonsense", "orders.0.amounts.generations"),
    "truth": ("nonsense", "orders.0.amounts.generations"),
    "surrogate": ("nonsense", "orders.0.order"),
    "null": ("nonsense", "is no object"),
    "crash": ("exit", "it left with status 3, its last words: ?[31mno such card"),
    "lines": ("flood", "more than 64 lines"),
    "line": ("flood", "a line of more than 65536 bytes"),
    "partial": ("late", "no answer to view within 0.2 s"),
    "mute": ("exit", "it closed its output"),
    "child": ("exit", "it left with status 0"),
    "unmended": ("late", "no answer to refusal within 0.2 s"),
    "silent": ("late", "no answer to view within 0.2 s"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_bot_that_misbehaves_forfeits_the_quarter_and_is_told_of(opening, door, way):
    cause, why = WAYS[way]
    bot = door(f"{ROGUE} {way}", opening)
    with pytest.raises(Forfeit) as forfeit:
        bot.orders(question(opening))
    assert forfeit.value.cause == cause
    assert why in forfeit.value.why
    assert forfeit.value.why.isprintable()
    assert bool(bot.gone) == (cause in ("exit", "flood"))
    bot.close()
    assert bot._process.status is not None
    assert not any(thread.is_alive() for thread in bot._process._threads)


def test_a_bot_that_crashed_is_not_asked_again(opening, door):
    bot = door(f"{ROGUE} crash 2", opening)
    assert bot.orders(question(opening)).settings == {}
    for cause in ("exit", "gone", "gone"):
        with pytest.raises(Forfeit) as forfeit:
            bot.orders(question(opening))
        assert forfeit.value.cause == cause


def test_children_that_a_bot_leaves_behind_are_ended(opening, door):
    bot = door(f"{ROGUE} child", opening)
    with pytest.raises(Forfeit):
        bot.orders(question(opening))
    child = int(bot.last_words)
    bot.close()
    assert not is_running(child)


def test_a_child_that_takes_long_to_end_has_ended_when_its_bot_was_closed(tmp_path):
    """The system needs a while to take 128 MB back, in which a killed process still counts as running."""
    large = "b = bytearray(1 << 27); print(flush=True); import time; time.sleep(60)"
    path = tmp_path / "bot.py"
    path.write_text(
        "import os, subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', {large!r}], stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\nprint(child.pid, flush=True)\nos._exit(0)\n"
    )
    for _ in range(5):
        process = Process(f"{sys.executable} -S -I {path}", Limits())
        child = int(process.line(process.clock() + 30))
        process.close()
        assert not is_running(child)


def is_running(pid):
    """Whether a process has not ended; one that ended and that nobody asked about has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_bot_that_ignores_the_end_of_its_input_is_ended(opening, door):
    bot = door(f"{ROGUE} stubborn", opening)
    assert bot.orders(question(opening)).settings == {}
    bot.close()
    assert bot._process.status == -9


def test_a_bot_that_does_not_read_is_let_go(opening, door):
    bot = door(f"{ROGUE} deaf", opening, Limits(turn=0.001, grace=0.05, silences=100))
    for _ in range(20):
        with pytest.raises(Forfeit) as forfeit:
            bot.orders(question(opening))
    assert forfeit.value.cause == "gone"
    assert "did not read" in forfeit.value.why


def test_what_a_bot_says_on_standard_error_is_kept_within_bounds(opening, door):
    bot = door(f"{ROGUE} noise", opening, Limits())
    assert bot.orders(question(opening)).settings == {}
    bot.close()
    assert 0 < len(bot.last_words) <= Limits().kept


def test_answers_that_come_late_are_passed_over(opening):
    good = {"order": "allow_lag", "amounts": {"generations": 2}}
    late = {"type": "orders", "ask": 1, "orders": [good]}
    bot = scripted([Silent(), late, {"type": "orders", "ask": 2, "orders": []}])
    with pytest.raises(Forfeit, match="no answer to view within"):
        bot.orders(question(opening))
    assert bot.orders(question(opening)).settings == {}


def test_three_silences_in_a_row_end_a_bot(opening):
    answer = {"type": "orders", "ask": 2, "orders": []}
    bot = scripted([Silent(), answer, Silent(), Silent(), Silent()])
    causes = []
    for _ in range(6):
        _, forfeit = answer_of(bot, question(opening))
        causes.append(forfeit.cause if forfeit else "")
    assert causes == ["late", "", "late", "late", "late", "gone"]
    assert "3 times in a row" in bot.gone


def test_the_time_of_a_game_is_used_up_and_begins_anew_with_the_next(opening):
    times = iter(range(0, 10_000, 40))
    answers = [{"type": "orders", "ask": ask, "orders": []} for ask in range(1, 20)]
    bot = scripted(answers, Limits(game=120.0), lambda: float(next(times)))
    asked = 0
    with pytest.raises(Forfeit, match="120 s for the game are used up"):  # noqa: PT012
        for _ in range(10):
            bot.orders(question(opening, 0))
            asked += 1
    assert 0 < asked < 3
    assert bot.orders(question(opening, 1)).settings == {}


def test_one_chance_to_mend_and_the_rest_is_dropped(opening):
    good = {"order": "allow_lag", "picks": [], "amounts": {"generations": 2}}
    bad = {"order": "allow_everything", "picks": [], "amounts": {"x": 2}}
    bot = scripted([{"type": "orders", "ask": ask, "orders": [bad, good]} for ask in (1, 2)])
    found = bot.orders(question(opening))
    assert [message["type"] for message in bot._process.sent] == ["view", "refusal"]
    assert [(one["number"], "no order 'allow_everything'" in one["why"]) for one in found.dropped] == [(0, True)]
    assert len(found.settings) == 1


@pytest.mark.parametrize(
    ("orders", "why"),
    [
        ([{"order": "cap_exports", "picks": ["cn"], "amounts": {"ceiling": 6050}}], "between two steps of 100"),
        ([{"order": "cap_exports", "picks": ["mars"], "amounts": {"ceiling": 6000}}], "group is 'mars'"),
        ([{"order": "buy", "picks": ["licensed"], "amounts": {"share": 1}}], "washington may not give it"),
        ([{"order": "allow_lag", "amounts": {"generations": 2}}] * 2, "is set twice"),
        ([{"order": "allow_lag", "amounts": {"generations": 1e30}}], "write 0 to 4"),
        (
            [
                {"order": name, "picks": picks, "amounts": {amount: value}}
                for name, picks, amount, value in (
                    ("allow_lag", [], "generations", 1),
                    ("license_sales", [], "volume", 10_000),
                    ("fund_enforcement", [], "officers", 75),
                    ("gather_intelligence", [], "spend", 10),
                )
            ],
            "no move left",
        ),
    ],
)
def test_a_refusal_gives_the_games_own_reason(opening, orders, why):
    bot = scripted([{"type": "orders", "ask": 1, "orders": orders}, {"type": "orders", "ask": 2, "orders": []}])
    assert bot.orders(question(opening)).settings == {}
    told = bot._process.sent[-1]
    assert told["type"] == "refusal"
    assert any(why in one["why"] for one in told["refused"]), told
