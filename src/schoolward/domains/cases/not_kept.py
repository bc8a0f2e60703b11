"""Groups by which no difference is told, because nothing is kept of them, and why (docs/decisions/0099)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class NotKept:
    """A group that differences are often asked by."""

    key: str
    title: Promise
    why: Promise


NOT_KEPT: tuple[NotKept, ...] = (
    NotKept(
        "gender",
        _("Gender"),
        _(
            "No step here depends on it. Whoever says neither of two answers is one of very few: to hide "
            "them, the others would be hidden as well."
        ),
    ),
    NotKept(
        "disability",
        _("Disability"),
        _(
            "It is told of a diagnosis and a special education plan, which stay with the school. What a "
            "program must know to serve somebody, the family tells it."
        ),
    ),
    NotKept(
        "foster_care",
        _("Foster care"),
        _(
            "It is told by a juvenile court's file, which is closed. So few are in it that every count here "
            "would be hidden: it would be kept, and tell nobody anything."
        ),
    ),
)
"""In the order in which the page of diversion by group shows them."""
