"""Bench: what games cost by the thousand, on more cores, through other programs' doors, and as they grow."""
