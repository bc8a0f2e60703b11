"""Openings and closings of one batch held against the schedules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from schoolward.domains.alarms.builder.arming import WORDS, Deviation, Span, closing, opening, spans_on
from schoolward.domains.alarms.builder.known import Known, spans_of
from schoolward.domains.alarms.builder.routing import Routed, Source, Way
from schoolward.domains.alarms.models import CaseKind, Signal, SignalKind
from schoolward.domains.alarms.new_rows import NewSignal

LOOKED_BACK = timedelta(days=4)
"""So far back an opening is looked for: over a long week-end."""


class Deviations:
    """Which openings and closings of a batch depart from the schedule. Ask in order of time."""

    def __init__(self, signals: Sequence[NewSignal], known: Known) -> None:
        self._known = known
        systems = {signal.system_id for signal in signals if signal.system_id is not None}
        self._spans = spans_of(systems) if systems else {}
        self._opened: dict[int, datetime] = {}
        if self._spans:
            first = signals[0].received_at
            rows = (
                Signal.objects.filter(
                    system_id__in=set(self._spans),
                    kind=SignalKind.OPENING,
                    is_test=False,
                    received_at__gte=first - LOOKED_BACK,
                    received_at__lt=first,
                )
                .order_by()
                .values_list("system_id")
                .annotate(last=Max("received_at"))
            )
            self._opened = {system: last for system, last in rows if system is not None}

    def judge(self, one: Routed) -> Source | None:
        """The case that an opening or closing opens because it departs from the schedule, if it does."""
        signal = one.signal
        if one.way is not Way.ARMING or signal.system_id is None or signal.system_id not in self._spans:
            return None
        local = timezone.localtime(signal.received_at)
        day = local.date()
        opened = self._opened.get(signal.system_id)
        opened_on = None if opened is None else timezone.localdate(opened)
        today = self._on(signal, day)
        if signal.kind == SignalKind.OPENING:
            deviation = opening(today, local, opened_before=opened_on == day)
            self._opened[signal.system_id] = signal.received_at
        else:
            yesterday = self._on(signal, day - timedelta(days=1))
            deviation = closing(today, yesterday, local, opened_on=opened_on)
        if deviation is None:
            return None
        return source_of(deviation, signal.system_id, signal.account, day)

    def _on(self, signal: NewSignal, day: date) -> list[Span]:
        assert signal.system_id is not None  # noqa: S101 - asked of known systems only
        is_school_day = signal.campus_id is not None and self._known.is_school_day(signal.campus_id, day)
        return spans_on(self._spans[signal.system_id], day, is_school_day=is_school_day)


def source_of(deviation: Deviation, system: int, account: str, day: date) -> Source:
    """One case for each system, day and kind of deviation."""
    return Source(
        f"arming:{day}:{deviation}:{system}", CaseKind.SCHEDULE, f"Account {account} {WORDS[deviation]}"
    )
