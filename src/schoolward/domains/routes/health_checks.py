"""Are the files of the network whole that plans are made on?"""

from __future__ import annotations

from datetime import datetime

from schoolward.domains.routes.queries.networks import current_network, folder_of
from schoolward.platform.health.registry import Finding, check, fail, ok


@check("Street network", order=260, needs_database=True)
def street_network(at: datetime) -> Finding:
    """Every file of the current network is what was written."""
    from schoolward.analysis.routing.saved import SavedProblem, load

    network = current_network()
    if network is None:
        return ok("none is known; plans of schools need one")
    try:
        load(folder_of(network.digest))
    except SavedProblem as problem:
        return fail(
            str(problem), "Bring `networks/` back from the backup, or `schoolward routes use` it again."
        )
    return ok(f"{network.title}, {network.edges:,} pieces of street")
