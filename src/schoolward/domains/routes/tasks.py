"""What is done about ways to school by the clock: their loops are compiled before anybody asks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes import queries
from schoolward.platform.demo import clock
from schoolward.platform.jobs.definition import JobContext, job
from schoolward.platform.jobs.schedule import Every


@job(title=_("Make the planning of ways to school ready"), every=Every.WEEK, one_transaction=False)
def compile_loops(context: JobContext, *, period: str) -> None:
    """Compile for the whole installation what a first plan would wait for a quarter of a minute.

    A worker does it when it starts for the first time; each week it finds what an update has changed. The
    first sheet of the network in use is drawn as well.
    """
    from schoolward.analysis.routing.rehearsing import rehearse  # brings numba and scipy

    rehearse()
    network, day = queries.current_network(), clock.today(context.at)
    for site in queries.sites_with_map(network, day)[:1] if network is not None else ():
        asked = queries.map_of(site.key, day)
        if asked is not None:
            queries.printed(asked)
    context.succeed()
