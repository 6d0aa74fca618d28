"""Who decides: Mesa agents and the doctrines they follow."""
