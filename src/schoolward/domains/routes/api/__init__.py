"""The way to school over HTTP: travel, barriers, crossings, guards, walking buses, plans and maps of schools."""

from schoolward.domains.routes.api import (  # noqa: F401 - fill the router
    barriers,
    placing,
    plans,
    school_maps,
    travel,
    walking,
)
from schoolward.domains.routes.api.routing import router

__all__ = ["router"]
