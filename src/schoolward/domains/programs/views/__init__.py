"""Pages of programs."""

from schoolward.domains.programs.views import (
    catalogue,
    pages,
    people,
    proposals,
    rules,
    running,
    sessions,
)

__all__ = ["catalogue", "pages", "people", "proposals", "rules", "running", "sessions"]
