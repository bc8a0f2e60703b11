"""The audit as it is shown: of an event about a sealed record, only that something sealed was asked for."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from schoolward.platform.access.models import Sealing
from schoolward.platform.audit.models import Event


def marked(events: QuerySet[Event]) -> QuerySet[Event]:
    """The events with ``is_sealed``: whether the subject, or the record that an event names, is sealed."""
    sealed = Sealing.objects.filter(sealed_at__isnull=False)
    about = Q(record=OuterRef("subject")) | Q(record=OuterRef("named_record"))
    return events.annotate(named_record=KT("detail__record")).annotate(is_sealed=Exists(sealed.filter(about)))


def shown_subject(event: Event) -> str:
    """What an event from :func:`marked` is about, in the words of whoever may read the audit."""
    return _("a sealed record") if event.is_sealed else event.subject  # type: ignore[attr-defined]


def shown_detail(event: Event) -> dict[str, Any]:
    """The detail of an event from :func:`marked`; nothing where it is about a sealed record."""
    return {} if event.is_sealed else event.detail  # type: ignore[attr-defined]
