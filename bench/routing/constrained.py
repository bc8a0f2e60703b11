"""The safest route of at most so many times the shortest walk, on top of the safest of any length.

    python bench/routing/constrained.py [EXTRACT] [--schools 80] [--pupils 500] [--seed 5]

No other library offers it; what it is compared to is the unconstrained job in the same run.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from cities import arguments, city, trip
from machine import state

from schoolward.analysis.routing.bounded import find_bounded_routes
from schoolward.analysis.routing.chains import fold, weigh
from schoolward.analysis.routing.routes import find_routes

DETOURS = (1.5, 1.3, 1.2, 1.1, 1.05, 1.0)


def main() -> None:
    given = arguments(__doc__.splitlines()[0]).parse_args()
    network = city(given.extract)
    walks, _, _ = trip(network, given.schools, given.pupils, given.seed)
    chains = fold(network)
    stress, length = weigh(chains, network.stress), weigh(chains, network.length_m)
    find_bounded_routes(chains, stress, length, walks, detour=1.3)  # what is compiled is read or made
    print(state())
    print(f"{Path(given.extract).name}: {given.schools} schools x {given.pupils} pupils, seed {given.seed}")
    freely = min(_seconds(lambda: find_routes(chains, stress, walks)) for _ in range(3))
    print(f"as long as it likes   {freely:.3f} s")
    for detour in DETOURS:
        took, found = [], None
        for _ in range(3 if detour > 1.1 else 1):
            begun = time.process_time()
            found = find_bounded_routes(chains, stress, length, walks, detour=detour)
            took.append(time.process_time() - begun)
        assert found is not None
        reached = found.routes.reached & (found.shortest_m > 0)
        worst = np.max(found.route_m[reached] / found.shortest_m[reached])
        assert worst <= detour * (1 + 1e-6)
        held = int(np.sum(found.freely < found.routes.cost))
        open_ended = int(np.sum(found.gap > 0))
        print(
            f"at most {detour:4.2f} times    {min(took) - freely:6.3f} s more; {held:6,} pupils held back; "
            f"{open_ended:4} not proven, within {found.gap.max():.1%}"
        )


def _seconds(run) -> float:  # type: ignore[no-untyped-def]
    begun = time.process_time()
    run()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
