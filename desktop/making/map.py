"""Makes `assets/map/land.npz` from Natural Earth: `python -m desktop.making.map countries-50m.json`.

The file is the one of that name in the package world-atlas (`npm pack world-atlas`): Natural Earth 1:50m, public domain, as
TopoJSON. What is kept: the outline of every country north of 60° south as rings of whole hundredths of a degree, and for
each ring whose land it is (0 another country, 1 the United States, 2 China with Hong Kong and Macao, 3 Taiwan).
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
WHOSE = {"840": 1, "156": 2, "344": 2, "446": 2, "158": 3}
PER_DEGREE = 100
SMALLEST = 0.02
"""Rings whose box is smaller than this, in square degrees, would be less than a pixel."""


def arcs(topology: dict[str, Any]) -> list[np.ndarray]:
    """Longitude and latitude, in degrees, along each arc."""
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def ring(indices: list[int], lines: list[np.ndarray]) -> np.ndarray:
    """The closed line that the arcs make, one after the other; ~n is arc n from its end."""
    parts = [lines[i] if i >= 0 else lines[~i][::-1] for i in indices]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def rings(topology: dict[str, Any]) -> list[tuple[int, np.ndarray]]:
    """Whose land it is, and the outline, for every piece of land that the map can show."""
    lines, kept = arcs(topology), []
    for country in topology["objects"]["countries"]["geometries"]:
        whose = WHOSE.get(str(country.get("id")).zfill(3), 0)
        polygons = country.get("arcs", [])
        if country["type"] == "Polygon":
            polygons = [polygons]
        for polygon in polygons:
            outline = ring(polygon[0], lines)
            box = np.ptp(outline, axis=0)
            if outline[:, 1].max() > -60 and (box.prod() > SMALLEST or whose in (2, 3)):
                kept.append((whose, outline))
    return kept


def main(path: Path) -> None:
    """Writes the asset."""
    found = rings(json.loads(path.read_text("utf-8")))
    for _, outline in found:
        outline[:, 0] = np.unwrap(outline[:, 0], period=360)  # steps stay short where a ring crosses 180°
    whole = [np.round(outline * PER_DEGREE).astype(np.int32) for _, outline in found]
    whole = [outline[np.r_[True, (np.diff(outline, axis=0) != 0).any(axis=1)]] for outline in whole]
    np.savez_compressed(
        ROOT / "assets/map/land.npz",
        starts=np.array([outline[0] for outline in whole], np.int32),
        steps=np.concatenate([np.diff(outline, axis=0) for outline in whole]).astype(np.int16),
        points=np.array([len(outline) for outline in whole], np.int32),
        whose=np.array([whose for whose, _ in found], np.uint8),
    )
    print(f"{len(whole)} rings, {sum(map(len, whole))} points")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("write python -m desktop.making.map FILE, where FILE is countries-50m.json of the package world-atlas")
    main(Path(sys.argv[1]))
