"""Cells that the tables of initiatives have in common."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.exchange.columns import CellError, one_of

role = one_of([(role.value, role.label) for role in HUMAN_ROLES])


def short_name(cell: str) -> str:
    """Read a key: small letters, digits and hyphens, at most 60."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell) or len(cell) > 60:
        raise CellError(
            _("is not a short name"), _("Write small letters, digits and hyphens, such as camera-repair.")
        )
    return cell
