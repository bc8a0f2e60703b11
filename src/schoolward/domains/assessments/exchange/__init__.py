"""Assessments in and out as CSV and XLSX. The modules register their own."""

from schoolward.domains.assessments.exchange import findings, register  # noqa: F401 - register themselves
from schoolward.domains.assessments.exchange.register import COLUMN_NAMES, values_of

__all__ = ["COLUMN_NAMES", "values_of"]
