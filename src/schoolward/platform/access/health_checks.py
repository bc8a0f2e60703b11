"""Do the walls around protected records stand?"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from schoolward.platform.access.wall import standing
from schoolward.platform.health.registry import Finding, check, fail, ok, warn
from schoolward.platform.health.wording import counted


@check("Protected records", order=85, needs_database=True)
def walls(at: datetime) -> Finding:
    """Row-level security and triggers around protected records are up, and nobody passes them by."""
    missing = standing.missing(connection)
    if missing:
        return fail(
            f"not there: {', '.join(missing)}",
            "Find out who took it down, then put it up again: `schoolward privacy wall`.",
        )
    passes_by, owns = standing.who_connects(connection)
    if passes_by:
        return fail(
            "the role in DATABASE_URL passes row-level security by",
            "Use a role without SUPERUSER and BYPASSRLS (docs/how-to/install-on-a-server.md).",
        )
    tables = counted(len(standing.protected()), "table")
    if owns:
        return warn(
            f"{tables} walled, by a role that owns them and could take the wall down",
            "Let the service connect as a role that owns nothing (docs/how-to/install-on-a-server.md).",
        )
    return ok(f"{tables} of protected records walled")
