"""The way to school over HTTP: travel, walk audits, barriers, crossings, guards and walking buses."""

from schoolward.domains.routes.api import (  # noqa: F401 - fill the router
    application,
    audits,
    barriers,
    buses,
    crossings,
    guards,
    travel,
)
from schoolward.domains.routes.api.routing import router

__all__ = ["router"]
