"""Play the golden games again and rewrite their texts: `python -m tests.play.golden`."""

from tests.play.golden import GAMES, golden, path_of

for doctrine in GAMES:
    path_of(doctrine).write_text(golden(doctrine), "utf-8", newline="\n")
    print(f"written: {path_of(doctrine).name}")
