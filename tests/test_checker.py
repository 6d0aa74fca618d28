"""While tests run, every call is checked against its annotations: types, and the length of every axis."""

from dataclasses import dataclass

import numpy as np
import pytest
from checker import checked, has_arrays, jaxtyped
from jaxtyping import Float, TypeCheckError

from world.flows import safe_ratio
from world.orders import Amount

Array = np.ndarray


def sold(made: Float[Array, "fabs worlds"], price: Float[Array, " worlds"]) -> Float[Array, "fabs worlds"]:
    return made * price


def halved(made: Float[Array, " worlds"]) -> Float[Array, " worlds"]:
    return made[::2]


@checked
def own(made: Float[Array, " worlds"]) -> Float[Array, " worlds"]:
    return made


@checked
def kept_whole(made: Float[Array, " worlds"]) -> Float[Array, " worlds"]:
    own(made[:1])
    return own(made)


def test_an_axis_has_one_length_throughout_a_call():
    assert checked(sold)(np.ones((3, 5)), np.ones(5)).shape == (3, 5)
    with pytest.raises(TypeCheckError):
        checked(sold)(np.ones((3, 5)), np.ones(1))


def test_an_answer_has_the_axes_that_the_arguments_had():
    with pytest.raises(TypeCheckError):
        checked(halved)(np.ones(4))


def test_an_axis_may_have_another_length_in_the_next_call_and_in_a_call_within():
    assert [kept_whole(np.ones(worlds)).size for worlds in (2, 7)] == [2, 7]


@pytest.mark.parametrize("made", [np.ones(5), np.ones((1, 3, 5)), np.ones((3, 5), np.int64), [[1.0]]])
def test_axes_kind_of_number_and_kind_of_thing_are_checked(made):
    with pytest.raises(TypeCheckError):
        checked(sold)(made, np.ones(5))


def test_a_function_without_arrays_is_checked_and_takes_whole_numbers_for_floats():
    def doubled(share: float) -> float:
        return 2 * share

    assert not has_arrays(doubled)
    assert checked(doubled)(3) == 6
    with pytest.raises(TypeCheckError):
        checked(doubled)("3")


def test_arrays_are_found_inside_other_annotations_and_suspected_where_one_cannot_be_read():
    def held(books: dict[str, Float[Array, " worlds"] | None]) -> None: ...

    def unknown(books: "nowhere.Books") -> None: ...  # noqa: F821

    assert has_arrays(held)
    assert has_arrays(unknown)


def test_the_fields_of_a_dataclass_are_checked_when_it_is_made():
    @dataclass(frozen=True)
    class Stock:
        chips: Float[Array, "blocs worlds"]
        price: Float[Array, " worlds"]

    made = jaxtyped(Stock, typechecker=None)
    assert made(np.ones((2, 5)), np.ones(5)).price.shape == (5,)
    with pytest.raises(TypeCheckError):
        made(np.ones((2, 5)), np.ones(4))


def test_the_functions_and_dataclasses_of_the_rooms_are_checked():
    with pytest.raises(TypeCheckError):
        safe_ratio([1.0], np.ones(1))
    with pytest.raises(TypeCheckError):
        Amount("ceiling", "low", 1.0, step=1.0, unit="TPP", help="most capable chip allowed")
