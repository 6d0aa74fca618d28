"""Sweeps: many sets of a scenario's numbers, each played with the same luck, and what outcomes make of it."""
