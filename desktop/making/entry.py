"""Entry of the frozen program: what `main.py` does, and `--frame FILE`, which draws one quarter's map and leaves.

`--frame` shows that a build is whole: fonts, map, wording, scenarios, rules and drawing are all needed for it.
"""

import sys
from collections.abc import Sequence
from pathlib import Path


def main(words: Sequence[str]) -> int:
    """Opens the door that the words name, or draws a frame; gives the exit status."""
    if len(words) == 2 and words[0] == "--frame":
        return frame(Path(words[1]))
    from main import main as opened

    return opened(words)


def frame(path: Path) -> int:
    """Plays a quarter of the tutorial, draws the first screen into a picture, and leaves."""
    import pygame

    from desktop.app import App
    from desktop.screens.opening import first
    from desktop.settings import Settings
    from desktop.table import Table
    from play.model import Chokepoint
    from play.record import EVERYTHING
    from world.scenario import read

    scenario = read("tutorial")
    seat = (scenario.cast.recommended or scenario.cast.names["seats"])[0]
    table = Table(Chokepoint(scenario, players={seat: "human"}, keep=EVERYTHING), (seat,), scenario)
    table.hand_in()
    quarters = table.resolve().value
    app = App(first(table), Settings())
    for _ in range(3):
        app.frame([], 0.1)
    pygame.image.save(app.surface, str(path))
    table.close()
    print(f"{path}: the first screen after {quarters} quarter, {pygame.display.get_driver()} driver")
    pygame.display.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
