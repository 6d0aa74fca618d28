"""The protocol: all that is sent fits its schema, and tells nothing but the view."""

import json

import numpy as np
import pytest
from bots import STORY, question
from jsonschema import Draft202012Validator
from tests_support import scrambled

from arena.bots.declared import Order
from arena.bots.example import dialogue
from arena.bots.process import Limits
from arena.bots.protocol import manual
from arena.bots.read import reading
from arena.bots.schema import schema
from arena.bots.sent import Question, hello, news, refusal, result, seen_by
from main import main
from world.scenario import read
from world.state import take
from world.turn import ORDERS
from world.view import View, view

SEATS = ("washington", "tsmc", "huawei", "openai", "malaysia-route")


@pytest.mark.parametrize("seat", SEATS)
def test_all_that_is_sent_fits_the_schema(games, validators, seat):
    world = games(5).played(2, "random")
    looking, before = (view(take(w, np.array([1])), seat) for w in (world, games(5).world))
    seen, past = (seen_by(one, STORY) for one in (looking, before))
    sent = Question(looking, STORY, 7, news(past, seen), [{"number": 0, "why": "x"}], "late", seen)
    for message in (
        hello(looking, STORY, 3, Limits()),
        sent.message(4, 9.87654),
        refusal(5, 7, 1.0, [{"number": 0, "order": "buy", "why": "x"}]),
        result(seen, 7, 51.2, {"late": 2}),
        *(line for _, line in dialogue(read("november-2025"), seat)),
    ):
        line = json.loads(json.dumps(message, allow_nan=False))
        if line["type"] == "orders":
            line["orders"] = line["orders"][:1]  # the other shows a refusal
        validators[line["type"]].validate(line)


def test_the_schema_knows_every_order_and_its_bounds(validators):
    whole = schema()
    assert whole["$defs"]["Order"]["anyOf"] == [{"$ref": f"#/$defs/{kind.name}"} for kind in ORDERS]
    for kind in ORDERS:
        validator = Draft202012Validator(whole["$defs"][kind.name])
        amount = kind.amounts[-1]
        order = {"order": kind.name, "picks": ["x"] * len(kind.picks), "amounts": {amount.name: amount.high}}
        assert validator.is_valid(order), kind.name
        for wrong in ({"amounts": {amount.name: amount.high + 1}}, {"picks": ["x"] * 9}, {"amounts": {}}, {"more": 1}):
            assert not validator.is_valid({**order, **wrong}), (kind.name, wrong)
    order = {"order": "allow_lag", "amounts": {"generations": 2}}
    assert validators["orders"].is_valid({"type": "orders", "ask": 1, "orders": [order]})
    assert not validators["orders"].is_valid({"type": "orders", "ask": 1, "orders": [{**order, "order": "levy_taxes"}]})


@pytest.mark.parametrize("seat", SEATS)
def test_hidden_columns_change_nothing_that_is_sent(games, seat):
    world = take(games(16).played(3), np.arange(2))
    number = world.cast.at("seats", seat)
    other = scrambled(world, number)
    orders = [one["orders"] for who, one in dialogue(read("november-2025"), seat) if who == "bot" and "orders" in one]
    sent = []
    for true in (world, other):
        looking = View(true, (number,), np.array([0]))
        wrong = reading(looking, [Order.model_validate(one) for one in orders[0]]).wrong
        seen = seen_by(looking, STORY)
        messages = hello(looking, STORY, 1, Limits()), question(looking).message(1, 10.0), refusal(2, 0, 1.0, wrong)
        sent.append(json.dumps([*messages, result(seen, 0, float(looking.own("objective")[0, 0]), {})]))
    assert sent[0] == sent[1]


def test_news_tell_of_rules_that_others_moved(games):
    world = games(5).world
    before = seen_by(view(take(world, np.array([0])), "openai"), STORY)
    after = json.loads(json.dumps(before))
    after["rules"][0]["amounts"]["ceiling"]["set"] = 100.0
    after["quantities"]["released"]["values"]["deepseek"] = True
    told = news(before, after)
    assert any(line.startswith("washington set cap_exports") and " to 100 TPP" in line for line in told)
    assert "deepseek released a model." in told
    assert news(None, after) == []


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ([], '"$defs"'),
        (["--text"], "refusal: Some orders would not stand."),
        (["--example"], '"type": "hello"'),
        (["--example", "--seat", "tsmc"], '"seat": "tsmc"'),
    ],
)
def test_protocol_prints_or_writes(tmp_path, capsys, words, what):
    assert main(["protocol", *words]) == 0
    printed = capsys.readouterr().out
    assert what in printed
    assert main(["protocol", *words, "--out", str(tmp_path / "file")]) == 0
    assert (tmp_path / "file").read_text("utf-8") == printed


def test_the_manual_names_every_field():
    text = "\n".join(manual())
    for name in ("ask", "seconds", "dropped", "forfeited", "beliefs", "line_bytes"):
        assert f"  {name} (" in text
