"""Places: where jobs are done. The rows do not depend on it."""

from arena.places.cluster import Cluster, NoCluster
from arena.places.local import Here, Processes

__all__ = ["Cluster", "Here", "NoCluster", "Processes"]
