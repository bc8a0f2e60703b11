"""What an installation holds: nothing yet, the demonstration alone, or records that are somebody's.

Asked of the tables themselves, so that no domain can be forgotten; and as far as it goes without the models'
columns, because a database of another version is asked as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from schoolward.platform.access.models import Account
from schoolward.platform.audit import anchor
from schoolward.platform.health.wording import counted

_KEPT_BY_THE_INSTALLATION = frozenset({"audit", "jobs"})
"""Apps of ours whose rows need no person: a worker that runs on an empty installation writes there, too."""

LOADED = "demo.loaded"
_IMPORTED = "exchange.imported"
_NAMED = 3


def is_empty() -> bool:
    """Whether there is no account and no record of any domain."""
    there = _tables()
    return not any(_has_rows(model) for model in _models() if model._meta.db_table in there)


def of_others() -> str:
    """What is there that the demonstration did not make, as the end of "it holds …"; empty if nothing is.

    What people do on the pages of a demonstration is a part of it, but for what they bring in from a file.
    """
    there = _tables()
    if Account._meta.db_table in there and Account.objects.filter(is_demonstration=False).exists():
        return "accounts that are not the demonstration's"
    lost = _only_anchored(there)
    if lost:
        return lost
    loaded_at = _one("SELECT MIN(at) FROM audit_event WHERE action = %s", LOADED) if _audit(there) else None
    if loaded_at is None:
        return _records(there)
    # The demonstration is loaded at one moment, which all of its events carry.
    brought = _one("SELECT COUNT(*) FROM audit_event WHERE action = %s AND at <> %s", _IMPORTED, loaded_at)
    return "files that were brought in beside the demonstration" if brought else ""


def _only_anchored(there: set[str]) -> str:
    """What the anchor says of a database that is gone, or was put back from long ago."""
    try:
        anchored, _head = anchor.newest() or (0, "")
    except FileNotFoundError:
        return ""
    events = (_one("SELECT MAX(sequence) FROM audit_event") or 0) if _audit(there) else 0
    if anchored <= events:
        return ""
    return (
        f"an audit whose anchor knows of {counted(anchored, 'event')}, of which the database has {events:,}"
    )


def _records(there: set[str]) -> str:
    """The most numerous records by name: "45,705 incidents, 95 schools"."""
    found = [
        (_one(f"SELECT COUNT(*) FROM {_quoted(model)}"), model._meta)  # noqa: S608 - names are ours
        for model in _models()
        if model._meta.db_table in there and not getattr(model, "is_derived", False)
    ]
    most = sorted(((count, meta) for count, meta in found if count), key=lambda pair: -pair[0])[:_NAMED]
    return ", ".join(
        f"{count:,} {meta.verbose_name if count == 1 else meta.verbose_name_plural}" for count, meta in most
    )


def _models() -> Iterator[type[Model]]:
    for app in apps.get_app_configs():
        if app.name.startswith("schoolward.") and app.label not in _KEPT_BY_THE_INSTALLATION:
            yield from (model for model in app.get_models() if model._meta.managed)


def _tables() -> set[str]:
    return set(connection.introspection.table_names())


def _audit(there: set[str]) -> bool:
    return "audit_event" in there


def _has_rows(model: type[Model]) -> bool:
    return _one(f"SELECT 1 FROM {_quoted(model)} LIMIT 1") is not None  # noqa: S608 - names are ours


def _quoted(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _one(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchone()
    return found[0] if found else None
