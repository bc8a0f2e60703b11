"""Which database, as plain values: what a receiver takes from the settings once, at its start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schoolward.domains.alarms.receiver.storing.store import Store


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A SQLite file, or the connection parameters of a PostgreSQL (libpq's names)."""

    path: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of_settings(cls, settings: Mapping[str, Any]) -> DatabaseAddress:
        """The address in Django's settings of a database."""
        if settings["ENGINE"].endswith("sqlite3"):
            return cls(path=str(settings["NAME"]))
        named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        given = {libpq: settings.get(django) for libpq, django in named.items()}
        options = {
            name: value
            for name, value in settings.get("OPTIONS", {}).items()
            if name.startswith(("ssl", "target_", "options"))
        }
        return cls(parameters={name: value for name, value in given.items() if value} | options)


def open_store(address: DatabaseAddress) -> Store:
    """Connect. Raises `StoreDown` when the database does not answer."""
    # Only the driver that is needed: a receiver on SQLite does without libpq.
    if address.path:
        from schoolward.domains.alarms.receiver.storing.sqlite import SqliteStore

        return SqliteStore(address.path)
    from schoolward.domains.alarms.receiver.storing.postgresql import PostgresqlStore

    return PostgresqlStore(address.parameters)
