"""Bots: players from elsewhere, who hold seats by a protocol of JSON lines or as a Python function."""
