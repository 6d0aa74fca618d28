"""The desktop: the game in a window, drawn to one visual language."""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
