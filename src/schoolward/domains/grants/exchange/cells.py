"""Cells that the tables of grants have in common."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from schoolward.platform.exchange.columns import CellError, money

MOST_DOLLARS = 10_000_000_000
_unsigned = money(MOST_DOLLARS)


def short_name(cell: str) -> str:
    """Read a key: small letters, digits and hyphens, at most 60."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell) or len(cell) > 60:
        raise CellError(
            _("is not a short name"), _("Write small letters, digits and hyphens, such as safer-doors.")
        )
    return cell


def signed_money(cell: str) -> int:
    """Read an amount that may be negative, with a minus or in brackets as ledgers print it: (1,200.50)."""
    bracketed = re.fullmatch(r"\((.+)\)", cell)
    if bracketed:
        return -_unsigned(bracketed[1].strip())
    if cell.startswith("-"):
        return -_unsigned(cell[1:].strip())
    if cell.endswith("-"):
        return -_unsigned(cell[:-1].strip())
    return _unsigned(cell)


def exact(cents: int | None) -> str:
    """An amount as it comes in again: 1200.50."""
    return "" if cents is None else f"{Decimal(cents) / 100:.2f}"
