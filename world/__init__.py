"""What is true in a batch of games, and how a turn changes it."""
