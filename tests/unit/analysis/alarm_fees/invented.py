"""Invented ordinances and alarms, as short as a test wants them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from schoolward.analysis.alarm_fees import Event, Ordinance, read_ordinance


def edition(**rules: Any) -> dict[str, Any]:
    """One edition: calendar year, one alarm free, then $50, unless `rules` say otherwise."""
    return {
        "valid_from": "2012-01-01",
        "window": {"kind": "calendar-year"},
        "schedules": [{"types": ["*"], "tiers": [{"from": 2, "cents": 5000}]}],
        **rules,
    }


def whole(*editions: dict[str, Any], **top: Any) -> dict[str, Any]:
    """A rules file of these editions, as JSON would hold it."""
    named = {"key": "x", "title": "Invented", "time_zone": "America/Los_Angeles", "source": "invented"}
    return {**named, "editions": list(editions), **top}


def ordinance(*editions: dict[str, Any], **top: Any) -> Ordinance:
    """The ordinance of these editions."""
    return read_ordinance(json.dumps(whole(*(editions or (edition(),)), **top)))


def alarm(
    event: str, text: str, system: str = "a", *, reset_minutes: int | None = None, **more: Any
) -> Event:
    """A false alarm at a time in UTC."""
    time = datetime.fromisoformat(text).replace(tzinfo=UTC)
    reset = None if reset_minutes is None else time + timedelta(minutes=reset_minutes)
    return Event(event, time, system, reset_at=reset, **more)
