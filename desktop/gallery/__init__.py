"""The gallery: sheets that show how everything is drawn, as pictures or in a window. No game is behind them."""
