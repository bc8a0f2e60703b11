"""A first plan at once: lines grow from the school outwards, to the nearest stop that may still join."""

from __future__ import annotations

import numpy as np

from schoolward.analysis.walking_bus.instance import Instance
from schoolward.analysis.walking_bus.plan import Plan


def greedy(instance: Instance) -> Plan:
    """A plan that keeps the rule: each line is prolonged by the nearest stop until none may join, then the
    next.

    There always is one: everybody may walk the direct way alone.
    """
    count = len(instance.stops) + 1
    most = instance.pupils_per_leader
    parents = np.zeros(count, dtype=np.int64)
    free = np.ones(count, dtype=bool)
    free[0] = False
    while free.any():
        end, walked, pupils = 0, 0.0, 0
        while True:
            lengths = instance.length_m[:, end] + walked
            may = free & (lengths <= instance.limit_m)
            if most is not None:
                may &= pupils + instance.pupils <= most
            if not may.any():
                break
            joined = int(np.argmin(np.where(may, instance.length_m[:, end], np.inf)))
            parents[joined] = end
            free[joined] = False
            end, walked = joined, float(lengths[joined])
            pupils += int(instance.pupils[joined])
    return Plan(instance, parents)
