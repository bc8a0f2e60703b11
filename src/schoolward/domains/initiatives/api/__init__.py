"""Goals and initiatives over HTTP."""

# Goals first: their addresses would else be taken for an initiative's short name.
from schoolward.domains.initiatives.api import goals, initiatives  # noqa: F401
from schoolward.domains.initiatives.api.routing import router

__all__ = ["router"]
