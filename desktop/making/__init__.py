"""The scripts that made the fonts and the map in `assets/`; the game never imports them."""
