"""The way to school over HTTP: travel, audits, barriers, crossings, guards, buses, plans and maps."""

from schoolward.domains.routes.api import (  # noqa: F401 - fill the router
    application,
    audits,
    barriers,
    buses,
    comparing,
    crossings,
    events,
    guards,
    placing,
    plans,
    school_maps,
    travel,
    zones,
)
from schoolward.domains.routes.api.routing import router

__all__ = ["router"]
