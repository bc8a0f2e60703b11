"""Programs over HTTP: the catalogue, its directory, offerings, sessions and their counts, proposals."""

# Fixed addresses first: they would else be taken for a program's short name.
from schoolward.domains.programs.api import attendance, proposals, sessions, catalogue  # noqa: F401, I001
from schoolward.domains.programs.api.routing import router

__all__ = ["router"]
