"""The shape of a draft: what is not as the declarations have it is noted, and left out."""

from datetime import date
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from world.scenario_schema import Listed, Mark, Sourced, file_model
from world.scenario_text import Draft, Keys, described, is_number, remedy


def _bare(annotation: Any) -> Any:
    """An annotation without its description and without None."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(a for a in get_args(annotation) if a is not type(None))
        else:
            return annotation


def annotation_at(path: Keys) -> Any:
    """What belongs at a path of a scenario whose items stand by name (None: nothing does)."""
    found: Any = file_model(by_name=True)
    for key in path:
        if isinstance(found, type) and issubclass(found, BaseModel):
            if key not in found.model_fields:
                return None
            found = _bare(found.model_fields[key].annotation)
        elif get_origin(found) in (dict, list):
            found = _bare(get_args(found)[-1])
        else:
            return None
    return found


def allowed_at(path: Keys) -> list[str]:
    """The keys that may stand in the table at a path, where they are known without a cast."""
    found = annotation_at(path)
    if isinstance(found, type) and issubclass(found, BaseModel):
        return list(found.model_fields)
    if get_origin(found) is dict:
        return list(get_args(get_args(found)[0]))
    return []


def _node(tree: Any, path: Keys) -> Any:
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree


def _shown(node: object) -> str:
    if isinstance(node, dict):
        return "a table"
    if isinstance(node, list):
        return "a list"
    if isinstance(node, bool):
        return str(node).lower()
    text = repr(node) if isinstance(node, str) else str(node)
    return text if len(text) <= 40 else text[:36] + " …" + (text[-1] if isinstance(node, str) else "")


def _wanted(annotation: Any) -> str:
    """What to write where something of another kind was found."""
    simple = {
        float: "write a number",
        int: "write a whole number",
        bool: "write true or false",
        str: "write a text in quotes",
        date: "write a date such as 2025-12-31",
        Mark: 'write { value = true, source = "…" }',
        Listed: 'write { values = [1, 2], source = "…" }',
    }
    if annotation in simple:
        return simple[annotation]
    if get_origin(annotation) is Literal:
        return remedy("", get_args(annotation))
    if get_origin(annotation) is list:
        return "write a list in brackets"
    if isinstance(annotation, type) and issubclass(annotation, Sourced):
        return 'write { value = …, source = "…" }'
    return "write a table of keys"


def _sentence(error: Any, path: Keys, draft: Draft) -> tuple[Keys, str]:
    """Where a complaint of pydantic belongs, and the complaint as a sentence."""
    above, last = path[:-1], path[-1]
    for end in range(1, len(path)):
        here = path[:end]
        if get_origin(annotation_at(here)) is dict and is_number(_node(draft.tree, here)):
            names = remedy("", allowed_at(here) or ["each name", "every"])
            return here, f"{described(here)} is one number, but there is one for each name; {names}"
    if last == "[key]":
        names = remedy(path[-2], allowed_at(path[:-2]))
        return above, f"{described(path[:-2])} knows no '{path[-2]}'; {names}"
    if error["type"] == "extra_forbidden":
        place = f"{described(above)}: " if above else ""
        return path, f"{place}unknown key '{last}'; {remedy(last, allowed_at(above))}"
    if error["type"] == "missing":
        return above, f"{described(above)} lacks '{last}'; {_wanted(annotation_at(above))}"
    return path, f"{described(path)} is {_shown(error['input'])}; {_instead(error, path)}"


def _instead(error: Any, path: Keys) -> str:
    """What to write in place of a value of the wrong kind."""
    annotation = annotation_at(path)
    if get_origin(annotation) is Literal:
        return remedy(error["input"], get_args(annotation))
    if error["type"] == "finite_number":
        return "write a finite number"
    if annotation is float and isinstance(error["input"], int) and not isinstance(error["input"], bool):
        return "write a smaller number"
    if error["type"].endswith("_type"):
        return _wanted(annotation)
    return str(error["msg"]).replace("Input should be", "write a number").replace("String should", "it should")


def _cut(path: Keys) -> Keys:
    """What to leave out for a mistake: the whole number it is in, or just what is wrong."""
    for end in range(1, len(path)):
        shape = annotation_at(path[:end])
        if isinstance(shape, type) and issubclass(shape, Sourced):
            return path[:end]
    return path


def _replaced(tree: Any, path: Keys, new: Any = None) -> Any:
    """A tree with something else at a path, or with nothing there."""
    if not path or not isinstance(tree, dict) or path[0] not in tree:
        return tree
    rest = {key: node for key, node in tree.items() if key != path[0]}
    if len(path) > 1:
        rest[path[0]] = _replaced(tree[path[0]], path[1:], new)
    elif new is not None:
        rest[path[0]] = new
    return rest


def _meant(path: Keys, found: object) -> Any:
    """The word that one of a few was probably meant to be, so that reading can go on."""
    annotation = annotation_at(path)
    if path[-1] == "[key]" or get_origin(annotation) is not Literal:
        return None
    close = get_close_matches(str(found), get_args(annotation), n=1, cutoff=0.5)
    return close[0] if close else None


def check_shape(draft: Draft) -> None:
    """Note everything in a draft that has the wrong shape; mend it or leave it out of the tree."""
    for _ in range(5):
        try:
            file_model(by_name=True).model_validate(draft.tree)
        except ValidationError as found:
            errors = found.errors(include_url=False, include_context=False)
        else:
            return
        noted = [(_sentence(e, tuple(map(str, e["loc"])), draft), e) for e in errors]
        for (path, text), error in noted:
            draft.wrong(path, text)
            meant = _meant(tuple(map(str, error["loc"])), error["input"])
            if meant is None:
                draft.left_out.append(_cut(path))
                draft.tree = _replaced(draft.tree, _cut(path))
            else:
                draft.tree = _replaced(draft.tree, path, meant)
