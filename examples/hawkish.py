"""A bot for Washington that denies what it can: one JSON object a line in, one out."""

import json
import sys


def moved(dial: dict, amount: str, by: float) -> dict | None:
    """An order that moves a setting of a dial, within its bounds; None where it is at the end."""
    setting = dial["amounts"][amount]
    to = round(min(max(setting["set"] + by, setting["low"]), setting["high"]), 6)
    return None if to == setting["set"] else {"order": dial["order"], "picks": dial["picks"], "amounts": {amount: to}}


def wishes(seen: dict) -> list[dict | None]:
    """Sell less, look closer while Huawei's output is a guess, press the partner that follows least, and police."""
    dials = {(dial["order"], *dial["picks"]): dial for dial in seen["dials"]}
    belief, caught = seen["beliefs"]["huawei_output"], sum(seen["quantities"]["seized"]["values"].values())
    rules = [rule for rule in seen["rules"] if rule["order"] == "align_tools"]
    least = min(rules, key=lambda rule: rule["amounts"]["alignment"]["set"])["seat"]
    return [
        moved(dials["cap_exports", "cn"], "ceiling", -400),
        moved(dials["license_sales",], "volume", -100_000),
        moved(dials["gather_intelligence",], "spend", 50) if belief["high"] > 2 * belief["low"] else None,
        moved(dials["press_allies", least], "pressure", 0.25),
        moved(dials["fund_enforcement",], "officers", 150) if caught > 5_000 else None,
    ]


def affordable(orders: list[dict | None], seen: dict) -> list[dict]:
    """The first of the orders that moves and political capital suffice for."""
    prices = {dial["order"]: dial["price"] for dial in seen["dials"]}
    left, kept = seen["purse"]["amount"], []
    for order in filter(None, orders):
        if prices[order["order"]] <= left and len(kept) < seen["purse"]["moves"]:
            left -= prices[order["order"]]
            kept.append(order)
    return kept


asked: list[dict] = []
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        answer = {"type": "ready", "protocol": 1, "name": "hawkish"}
    elif message["type"] == "view":
        asked = affordable(wishes(message["seen"]), message["seen"])
        answer = {"type": "orders", "orders": asked}
    elif message["type"] == "refusal":
        wrong = [one["number"] for one in message["refused"]]
        answer = {"type": "orders", "orders": [one for number, one in enumerate(asked) if number not in wrong]}
    else:
        print(f"game {message['game']}: {message['score']:.1f} points", file=sys.stderr)
        continue
    print(json.dumps({**answer, "ask": message["ask"]}), flush=True)
