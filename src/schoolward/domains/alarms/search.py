"""How alarm cases and signals are found and put into words."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schoolward.domains.alarms.models import Case, Signal
from schoolward.domains.alarms.queries import cases, signals
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, register


def describe_case(case: Case, viewer: Viewer) -> Hit:
    """Number and title, where and when it was, and how it stands."""
    place = case.campus.name if case.campus is not None else ""
    when = f"{timezone.localtime(case.opened_at):%Y-%m-%d %H:%M}"
    outcome = str(case.get_disposition_display() if case.disposition else case.get_state_display())
    detail = " · ".join(part for part in (place, when, outcome) if part)
    return Hit(f"{case.number} {case.title}", _page("alarms:case", case.number), detail)


def find_cases(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Cases whose number, title or site holds the text, the newest first."""
    matching = cases(viewer).filter(
        Q(number__icontains=text) | Q(title__icontains=text) | Q(campus__name__icontains=text)
    )
    return matching.order_by("-opened_at", "-pk")[:limit]


def describe_signal(signal: Signal, viewer: Viewer) -> Hit:
    """Account, code and meaning, and when it was received."""
    when = f"{timezone.localtime(signal.received_at):%Y-%m-%d %H:%M:%S}"
    place = signal.campus.name if signal.campus is not None else ""
    detail = " · ".join(part for part in (place, when, signal.meaning) if part)
    return Hit(str(signal), _page("alarms:signal", signal.pk), detail)


def find_signals(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """The newest signals of an account. Only by account: there are far too many to look through texts."""
    account = text.strip().upper()
    if not account.isalnum() or not 3 <= len(account) <= 16:
        return []
    return signals(viewer).filter(system__account=account).order_by("-received_at", "-pk")[:limit]


def _page(name: str, key: object) -> str:
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


register(
    RecordKind("alarms.Case", _("Alarm cases"), describe_case, find_cases, related=("campus",), order=50)
)
register(
    RecordKind(
        "alarms.Signal", _("Alarm signals"), describe_signal, find_signals, related=("campus",), order=55
    )
)
