"""Alarm systems and what belongs to them, in and out as CSV and XLSX with the same columns."""

from schoolward.domains.alarms.exchange import accounts, contacts, permits, plans, schedules, zones

__all__ = ["accounts", "contacts", "permits", "plans", "schedules", "zones"]
