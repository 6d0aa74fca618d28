"""The arena: programs against programs, at scale, in the tools that people already use."""
