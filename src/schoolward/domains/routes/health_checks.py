"""Are the files of the network whole that plans are made on?"""

from __future__ import annotations

from datetime import datetime

from schoolward.domains.routes.queries.networks import current_network, folder_of
from schoolward.domains.routes.queries.surveys import forms_set_aside
from schoolward.domains.routes.queries.travel import tallies_set_aside
from schoolward.platform.health.registry import Finding, check, fail, ok, warn
from schoolward.platform.health.wording import counted


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


@check("Travel tallies and parents' forms", order=261, needs_database=True)
def counted_once(at: datetime) -> Finding:
    """None was kept twice, under two spellings of one class or number."""
    tallies, forms = tallies_set_aside(), forms_set_aside()
    if not tallies and not forms:
        return ok("none is set aside")
    return warn(
        f"{counted(tallies + forms, 'record')} set aside and not counted (tallies {tallies}, forms {forms}): "
        "a later one stands for the same class or number, written with other capitals or spaces",
        "Open them from the list of travel tallies; take them away, or correct those of another class.",
    )
