"""Goals, initiatives and status updates in and out as CSV and XLSX, with the same columns."""

from schoolward.domains.initiatives.exchange.goals import Goals, Objectives
from schoolward.domains.initiatives.exchange.initiatives import (
    INITIATIVE_COLUMN_NAMES,
    Initiatives,
    StatusUpdates,
    initiative_row,
)

__all__ = [
    "INITIATIVE_COLUMN_NAMES",
    "Goals",
    "Initiatives",
    "Objectives",
    "StatusUpdates",
    "initiative_row",
]
