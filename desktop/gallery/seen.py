"""Colours as different eyes see them, so that sheets and tests can check them."""

import numpy as np

from desktop.theme import Colour

SIGHTS = ("seen", "deutan", "protan", "tritan", "grey")
MATRICES = {
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
"""Full dichromacy in linear RGB. Source: Machado, Oliveira and Fernandes 2009, severity 1.0."""


def linear(colour: Colour) -> np.ndarray:
    """Linear light (0 to 1) of an sRGB colour."""
    part = np.array(colour) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def coded(light: np.ndarray) -> Colour:
    """The sRGB colour of linear light."""
    light = np.clip(light, 0, 1)
    part = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    red, green, blue = (round(float(value) * 255) for value in part)
    return red, green, blue


def seen(colour: Colour, sight: str) -> Colour:
    """A colour as it looks to eyes of a kind."""
    if sight == "seen":
        return colour
    light = linear(colour)
    if sight == "grey":
        return coded(np.full(3, float((light * (0.2126, 0.7152, 0.0722)).sum())))
    return coded(np.array([float((light * row).sum()) for row in MATRICES[sight]]))


def oklab(colour: Colour) -> np.ndarray:
    """A colour in OKLab, times 100. Source: Ottosson 2020."""
    red, green, blue = linear(colour)
    long = 0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue
    medium = 0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue
    short = 0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue
    a, b, c = (float(np.cbrt(value)) for value in (long, medium, short))
    return 100 * np.array(
        [
            0.2104542553 * a + 0.793617785 * b - 0.0040720468 * c,
            1.9779984951 * a - 2.428592205 * b + 0.4505937099 * c,
            0.0259040371 * a + 0.7827717662 * b - 0.808675766 * c,
        ]
    )
