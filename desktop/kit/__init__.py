"""Controls: each a frozen state, a function from state and event to the next state, and a drawing of it."""

from desktop.kit.base import Action, Control
from desktop.kit.button import Button
from desktop.kit.choice import Choice, Tabs
from desktop.kit.field import Field
from desktop.kit.form import Form
from desktop.kit.listing import Item, Listing
from desktop.kit.modal import Modal
from desktop.kit.slider import Slider, Stepper
from desktop.kit.tip import (
    Fact,
    Notice,
    Tip,
    Toasts,
    draw_changed,
    draw_empty,
    draw_progress,
    draw_tooltip,
    draw_waiting,
)
from desktop.kit.toggle import Toggle

__all__ = [
    "Action",
    "Button",
    "Choice",
    "Fact",
    "Notice",
    "Control",
    "Field",
    "Form",
    "Item",
    "Listing",
    "Modal",
    "Slider",
    "Stepper",
    "Tabs",
    "Tip",
    "Toasts",
    "Toggle",
    "draw_changed",
    "draw_empty",
    "draw_progress",
    "draw_tooltip",
    "draw_waiting",
]
