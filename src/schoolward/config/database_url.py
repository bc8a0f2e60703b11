"""What DATABASE_URL says, or a sentence about what is wrong with it. It holds a password: never quoted."""

from __future__ import annotations

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

_POSTGRESQL = ("postgres", "postgresql", "psql", "pgsql")
_IN_MEMORY = ("", ":memory:")
_FORMS = "postgres://user:password@host:5432/name (or postgresql://), or sqlite:////absolute/path"


def read(url: str) -> dict[str, Any]:
    """Return Django's settings of the database at this address.

    Raises ``ImproperlyConfigured`` for a scheme that Schoolward does not work with, for PostgreSQL without
    a database, and for an address that falls apart.
    """
    scheme, found, rest = url.partition("://")
    if not found:
        raise ImproperlyConfigured(f"DATABASE_URL is no address; write it as {_FORMS}.")
    if scheme not in (*_POSTGRESQL, "sqlite"):
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {scheme}://, which does not work here; write it as {_FORMS}."
        )
    if scheme == "sqlite" and rest.partition("/")[0] not in _IN_MEMORY:
        # Taken as a host and left out, it would give a database in memory, gone with the process.
        raise ImproperlyConfigured(
            "DATABASE_URL names a host for SQLite, which has none; write three slashes before a path in this "
            "folder, four before an absolute one."
        )
    try:
        settings = environ.Env.db_url_config(url)
    except ValueError:
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read; write it as {_FORMS}, with %23, %2F and %40 for #, / and @ in a "
            "password."
        ) from None
    if scheme in _POSTGRESQL and not settings["NAME"]:
        raise ImproperlyConfigured(f"DATABASE_URL names no database; write it as {_FORMS}.")
    return dict(settings)
