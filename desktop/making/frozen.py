"""Makes a program that needs no Python: `python -m desktop.making.frozen [--out DIR]`.

What comes out is a folder for the system that it is made on, to be zipped and given away; start `Chokepoint` in it. Then the
program is tried: it has to play a quarter and draw a frame without a window. Needs pyinstaller (the extra `frozen`).
"""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "Chokepoint"
ROOMS = ("world", "agents", "play", "desktop")
LEFT_OUT = (
    *("tkinter", "matplotlib", "IPython", "PIL", "pytest", "hypothesis", "beartype", "mypy", "fontTools"),
    *("desktop.making.fonts", "desktop.making.map", "desktop.making.frozen", "desktop.making.screens"),
)
"""Modules that no player needs."""
WAIT = 120
"""Seconds that the trial may take."""


def words(out: Path, work: Path) -> list[str]:
    """What pyinstaller is told."""
    found = [str(ROOT / "desktop/making/entry.py"), "--name", NAME, "--noconfirm", "--log-level", "WARN"]
    found += ["--paths", str(ROOT), "--distpath", str(out), "--workpath", str(work), "--specpath", str(work)]
    found += ["--add-data", f"{ROOT / 'assets'}{os.pathsep}assets", "--hidden-import", "main"]
    for room in ROOMS:
        found += ["--collect-submodules", room]
    for name in LEFT_OUT:
        found += ["--exclude-module", name]
    return found


def size(folder: Path) -> float:
    """How large a folder is, in MB; links count for nothing."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6


def program(out: Path) -> Path:
    """The program in a build."""
    return out / NAME / (f"{NAME}.exe" if sys.platform == "win32" else NAME)


def tried(path: Path) -> str:
    """What the program said when it drew a frame without a window; raises subprocess.SubprocessError where it cannot."""
    quiet = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "frame.png"
        done = subprocess.run(
            [path, "--frame", picture], cwd=folder, env=quiet, capture_output=True, text=True, timeout=WAIT, check=True
        )
        if not picture.is_file():
            raise subprocess.SubprocessError(f"{path} drew nothing")
    return done.stdout.strip().splitlines()[-1].rpartition(": ")[2]


def main(given: Sequence[str] | None = None) -> int:
    """Builds, tries and measures; gives the exit status."""
    parser = ArgumentParser(prog="python -m desktop.making.frozen", description="a program that needs no Python")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the folder goes")
    out = parser.parse_args(given).out.resolve()
    if find_spec("PyInstaller") is None:
        print("pyinstaller is not there; install it with: pip install pyinstaller", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as work:
        subprocess.run([sys.executable, "-m", "PyInstaller", *words(out, Path(work))], cwd=ROOT, check=True)
    try:
        said = tried(program(out))
    except subprocess.SubprocessError as error:
        print(f"{program(out)} was made, but does not run: {error} {getattr(error, 'stderr', '')}", file=sys.stderr)
        return 1
    print(f"{out / NAME}: {size(out / NAME):.0f} MB; tried: {said}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
