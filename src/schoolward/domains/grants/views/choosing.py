"""Choices that several forms of grants offer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from schoolward.domains.grants.models import Award
from schoolward.domains.grants.queries import NONE, line_balances
from schoolward.domains.grants.wording import dollars


def lines_with_what_is_left(award: Award) -> list[tuple[int, str]]:
    """The budget lines of an award, each with what it has left."""
    balances = line_balances(award.pk)
    return [
        (
            line.pk,
            _("%(line)s: %(left)s left")
            % {"line": line, "left": dollars(balances.get(line.pk, NONE).available)},
        )
        for line in award.lines.all()
    ]
