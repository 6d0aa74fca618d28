"""Orders: the manual, printed from what each order declares."""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from play.commands.doors import Refused, tell, tell_json
from play.dials import spaced
from play.terminal import manual
from world.cast import ROLES
from world.orders import MOVES, SHARED_REFUSALS, OrderKind
from world.scenario_text import remedy
from world.turn import ORDERS


def main(args: Namespace) -> int:
    """Print all orders, those of a role, or one."""
    found = [k for k in ORDERS if args.word in (None, k.name, k.issuer)]
    if not found:
        known = [*ROLES, *(kind.name for kind in ORDERS)]
        raise Refused(f"orders {args.word}: there is no such order or role; {remedy(args.word, known)}")
    if args.json:
        tell_json([told(kind) for kind in found])
        return 0
    for role in ROLES:
        kinds = [kind for kind in found if kind.issuer == role]
        if kinds:
            tell([f"Orders of a {spaced(role)}", ""])
            for kind in kinds:
                tell([*manual(kind, [f"every {spaced(role)}"]), ""])
    tell([f"A seat may give {MOVES} orders a quarter; a setting stays until it is changed."])
    tell([f"Any order falls where {reason}." for reason in SHARED_REFUSALS.values()])
    return 0


def told(kind: OrderKind) -> dict[str, Any]:
    """An order for machines."""
    tree = {key: value for key, value in asdict(kind).items() if key != "check"}
    return {**tree, "currency": kind.currency, "is_public": kind.is_public}
