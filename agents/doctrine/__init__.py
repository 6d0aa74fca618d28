"""Doctrines: pure functions from what a seat sees to what it orders."""
