"""Short names of opportunities, awards and positions, as they stand in addresses and files."""

from __future__ import annotations

from itertools import count

from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from schoolward.domains.grants.actions.refusals import GrantRefused

LENGTH = 60

#: Addresses of other pages, which no award can have for its own.
RESERVED = frozenset(
    {
        "new",
        "entries",
        "requests",
        "reports",
        "positions",
        "opportunities",
        "applications",
        "accounts",
        "purposes",
        "alerts",
        "transfers",
        "calendar",
        "calendar-feeds",
    }
)


def refuse_taken_title(title: str, rows: QuerySet) -> None:
    """Raise ``GrantRefused`` for a title that one of the rows has."""
    if rows.filter(title__iexact=title.strip()).exists():
        raise GrantRefused(_("There is one of this title already. Choose another."), field="title")


def key_for(title: str, rows: QuerySet, *, otherwise: str) -> str:
    """A short name for a new row of this title that no row has yet. Raises ``GrantRefused`` for a title
    that a row has already."""
    refuse_taken_title(title, rows)
    base = slugify(title)[: LENGTH - 6].strip("-") or otherwise
    for number in count(1):
        key = base if number == 1 else f"{base}-{number}"
        if key not in RESERVED and not rows.filter(key=key).exists():
            return key
    raise AssertionError("counting ends never")
