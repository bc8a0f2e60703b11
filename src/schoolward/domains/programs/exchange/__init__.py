"""Tables of programs, in and out as CSV and XLSX with the same columns."""

from schoolward.domains.programs.exchange import (
    catalogue,
    means,
    running,
    said,
    services,
    sessions,
    volunteers,
)

__all__ = ["catalogue", "means", "running", "said", "services", "sessions", "volunteers"]
