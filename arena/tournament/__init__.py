"""Tournaments: every pairing of players under common luck, and what a population of them shows."""
