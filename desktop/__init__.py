"""The desktop: the game in a window, drawn to one visual language."""
