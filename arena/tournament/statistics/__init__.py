"""Statistics of tournaments: pure functions on arrays, which know neither the game nor its files."""
