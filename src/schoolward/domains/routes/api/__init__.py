"""The way to school over HTTP: travel, barriers, crossings, guards and walking buses."""

from schoolward.domains.routes.api import barriers, travel, walking  # noqa: F401 - fill the router
from schoolward.domains.routes.api.routing import router

__all__ = ["router"]
