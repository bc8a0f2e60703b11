"""The audit as it is shown: of an event about a sealed record, only that something sealed was asked for."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from schoolward.platform.access.models import SealedPart, Sealing
from schoolward.platform.audit.models import Event

#: Numbers of persons are random and long (``cases.models.youth.new_number``); those of other rows are not.
_OF_A_PERSON = re.compile(r"\d{12,}")


def marked(events: QuerySet[Event]) -> QuerySet[Event]:
    """The events with ``is_sealed``: whether the subject, or the record that an event names, is sealed."""
    named = Q()
    for name in (OuterRef("subject"), OuterRef("named_record")):
        for orders in (Sealing.objects.in_force(), SealedPart.objects.in_force()):
            named |= Q(Exists(orders.filter(record=name)))
    return events.annotate(named_record=KT("detail__record")).annotate(is_sealed=named)


def shown_subject(event: Event) -> str:
    """What an event from :func:`marked` is about, in the words of whoever may read the audit."""
    return _("a sealed record") if event.is_sealed else event.subject  # type: ignore[attr-defined]


def shown_detail(event: Event) -> dict[str, Any]:
    """The detail of an event from :func:`marked`; nothing where it is about a sealed record.

    Of a path that was refused, no number of a person: an order that seals one does not name the path.
    """
    if event.is_sealed:  # type: ignore[attr-defined]
        return {}
    detail = dict(event.detail)
    if isinstance(detail.get("path"), str):
        detail["path"] = _OF_A_PERSON.sub("…", detail["path"])
    return detail
