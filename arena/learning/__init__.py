"""Learning: the game as an environment of PettingZoo (every seat) and of Gymnasium (one seat, in one world or many).

import gymnasium, arena.learning

env = gymnasium.make("Chokepoint-v0", seat="nvidia")
many = gymnasium.make_vec("Chokepoint-v0", num_envs=256, seat="nvidia")
"""

from arena.learning.acting import LearningError

try:
    import gymnasium

    from arena.learning.parallel import ChokepointParallelEnv
    from arena.learning.single import ChokepointEnv
    from arena.learning.vector import ChokepointVectorEnv
except ModuleNotFoundError as missing:
    if missing.name not in ("gymnasium", "pettingzoo"):
        raise
    raise ModuleNotFoundError(
        f"arena.learning needs {missing.name}, which is not installed; run: "
        "python -m pip install -r requirements-arena.txt",
        name=missing.name,
    ) from None

__all__ = ["NAME", "ChokepointEnv", "ChokepointParallelEnv", "ChokepointVectorEnv", "LearningError"]

NAME = "Chokepoint-v0"
"""What `gymnasium.make` and `gymnasium.make_vec` know the environment by."""

if NAME not in gymnasium.registry:
    gymnasium.register(
        id=NAME,
        entry_point="arena.learning.single:ChokepointEnv",
        vector_entry_point="arena.learning.vector:ChokepointVectorEnv",
    )
