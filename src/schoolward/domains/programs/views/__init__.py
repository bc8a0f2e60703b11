"""Pages of programs."""

from schoolward.domains.programs.views import (
    attendance,
    catalogue,
    pages,
    people,
    proposals,
    rules,
    running,
    sessions,
)

__all__ = ["attendance", "catalogue", "pages", "people", "proposals", "rules", "running", "sessions"]
