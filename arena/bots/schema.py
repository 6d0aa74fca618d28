"""Schema: the JSON Schema of the protocol, from the messages and orders that are declared."""

from typing import Any

from pydantic.json_schema import models_json_schema

from arena.bots.declared import PROTOCOL, SENT, TAKEN
from world.orders import OrderKind
from world.scenario import RULES_VERSION
from world.turn import ORDERS

Tree = dict[str, Any]


def schema() -> Tree:
    """The schema of one line, of whatever kind; `$defs` holds each message, and each order that there is."""
    messages = [*SENT, *TAKEN]
    _, found = models_json_schema([(one, "validation") for one in messages], ref_template="#/$defs/{model}")
    defs = found["$defs"]
    defs["Order"] = {
        "description": "One order, of a kind that the seat may give (hello says which).",
        "anyOf": [{"$ref": f"#/$defs/{kind.name}"} for kind in ORDERS],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Chokepoint bots, protocol {PROTOCOL}, rules {RULES_VERSION}",
        "description": "One line of the dialogue. The game sends "
        f"{', '.join(one.__name__.lower() for one in SENT)}; a bot answers with "
        f"{' or '.join(one.__name__.lower() for one in TAKEN)}.",
        "oneOf": [{"$ref": f"#/$defs/{one.__name__}"} for one in messages],
        "$defs": {**defs, **{kind.name: order_schema(kind) for kind in ORDERS}},
    }


def order_schema(kind: OrderKind) -> Tree:
    """The schema of an order of a kind; the names to pick from are in `hello`, as they belong to the scenario."""
    amounts = {
        amount.name: {
            "type": "number",
            "minimum": amount.low,
            "maximum": amount.high,
            "description": f"{amount.help}; {amount.unit or 'a number'}, in steps of {amount.step:g} from {amount.low:g}",
        }
        for amount in kind.amounts
    }
    picks = [{"type": "string", "description": f"{pick.name}: {pick.help}"} for pick in kind.picks]
    listed: Tree = {"type": "array", "minItems": len(picks), "maxItems": len(picks)}
    return {
        "type": "object",
        "description": f"{kind.summary} For a {kind.issuer}.",
        "properties": {
            "order": {"const": kind.name},
            "picks": {**listed, "prefixItems": picks} if picks else listed,
            "amounts": {
                "type": "object",
                "properties": amounts,
                "additionalProperties": False,
                "minProperties": 1,
            },
        },
        "required": ["order", "picks", "amounts"] if picks else ["order", "amounts"],
        "additionalProperties": False,
    }
