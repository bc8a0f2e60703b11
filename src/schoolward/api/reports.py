"""Reports over HTTP; the router is the reports' own."""

from schoolward.reports.api import router

__all__ = ["router"]
