"""Numbers in the order of commits, which is what "everything after number n" stands on."""

from __future__ import annotations

from zlib import crc32

from django.db import connection

_LOCKS = 7_368_476  # the family of advisory locks that topics take; the number only has to be ours


def hold(topic: str) -> None:
    """Make every other writer of the topic's rows wait until this transaction ends.

    Call it before the first row of the topic is written. Without it, on PostgreSQL, a transaction could take
    a number, wait, and commit after a later one had been told. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            number = crc32(topic.encode()) % 2**31
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, number])
