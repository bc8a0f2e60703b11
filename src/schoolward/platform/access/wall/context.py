"""Telling the database who is looking, for one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from schoolward.platform.access.clock import today
from schoolward.platform.access.viewer import Viewer

NAMES = ("agency", "account", "membership", "purpose", "at", "day", "system", "sealing")
_inside: ContextVar[Viewer | None] = ContextVar("schoolward_inside_the_wall", default=None)


class OutsideTheWall(RuntimeError):
    """A protected table was asked without :func:`within`; on PostgreSQL it would have looked empty."""


@contextmanager
def within(viewer: Viewer, *, sealing: bool = False) -> Iterator[None]:
    """Let the viewer's own part of protected tables be read and written in this block.

    On PostgreSQL a transaction whose settings are local to it (``SET LOCAL``), so that a connection which is
    pooled takes nobody's view along. On SQLite, which has no row-level security, the same discipline is asked
    for and no transaction is opened, because there it would be a writer's. ``sealing`` is for the one action
    that seals: a row that has just been sealed must still be seen by the statement that does it.
    """
    token = _inside.set(viewer)
    try:
        if connection.vendor == "postgresql":
            with transaction.atomic():
                before = _set(_values(viewer, sealing=sealing))
                yield
                _set(before)
        else:
            yield
    finally:
        _inside.reset(token)


def check(viewer: Viewer) -> None:
    """Raise :class:`OutsideTheWall` unless this very viewer's block is open."""
    if _inside.get() != viewer:
        raise OutsideTheWall("ask protected tables inside `with within(viewer):`")


def _values(viewer: Viewer, *, sealing: bool) -> list[str]:
    return [
        str(viewer.agency_id or ""),
        str(viewer.account_id or ""),
        str(viewer.membership_id or ""),
        viewer.purpose,
        viewer.at.isoformat(),
        today(viewer.at).isoformat(),
        "on" if viewer.is_system else "",
        "on" if sealing else "",
    ]


def _set(values: list[str]) -> list[str]:
    """Set all names for this transaction, and return what they were before."""
    asked = ", ".join(f"current_setting('schoolward.{name}', true)" for name in NAMES)
    told = ", ".join(f"set_config('schoolward.{name}', %s, true)" for name in NAMES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        before = [value or "" for value in cursor.fetchone()]
        cursor.execute(f"SELECT {told}", values)
    return before
