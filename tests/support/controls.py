"""One control of every kind."""

from desktop.kit import (
    Button,
    Choice,
    Field,
    Item,
    Listing,
    Slider,
    Stepper,
    Tabs,
    Toggle,
)


def every(reason=""):
    return [
        Button(name="button", label="End quarter", reason=reason),
        Choice(name="choice", options=("Open", "Licence", "Blocked"), value=1, was=0, reason=reason),
        Tabs(name="tabs", options=("Map", "Orders"), keys=("1", "2"), reason=reason),
        Slider(name="slider", label="Quota", value=40, was=20, reason=reason),
        Stepper(name="stepper", value=5, high=9, reason=reason),
        Toggle(name="toggle", label="Smuggled", channel="smuggled", reason=reason),
        Listing(name="listing", items=(Item("a"), Item("b"), Item("c")), row=28, reason=reason),
        Field(name="field", label="Search", reason=reason),
    ]
