"""What happened here in the twelve months up to the day: incidents and alarms by kind and time of day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.alarms import queries as alarm_queries
from schoolward.domains.incidents import queries as incident_queries
from schoolward.platform.measures.lineage import freeze
from schoolward.reports.asking import whole
from schoolward.reports.content import short_date
from schoolward.reports.sheets.shape import Column, Part, Row, Value
from schoolward.reports.sheets.values import count, listed, words
from schoolward.reports.site_profile.composing.asked import Asked

HOURS = 3
"""How many hours stand in one column."""
_HOUR_KEYS = tuple(f"h{hour:02d}" for hour in range(0, 24, HOURS))


def _columns(*more: Column) -> tuple[Column, ...]:
    hours = (
        Column(key, f"{first:02d}–{first + HOURS:02d}", "right", "0.6")  # noqa: RUF001 - a dash
        for first, key in zip(range(0, 24, HOURS), _HOUR_KEYS, strict=True)
    )
    return (
        Column("kind", _("Kind"), width="2.2"),
        Column("total", _("All"), "right", "0.6"),
        *more,
        *hours,
    )


def _by_hour(hours: Iterable[int]) -> dict[str, Value]:
    found = dict.fromkeys(_HOUR_KEYS, 0)
    for hour in hours:
        found[_HOUR_KEYS[hour // HOURS]] += 1
    return {key: count(n) for key, n in found.items()}


def _span(asked: Asked) -> str:
    period = asked.twelve_months
    assert period.start is not None  # noqa: S101 - twelve months have a first day
    return _("%(first)s to %(last)s, by the hour at which it happened") % {
        "first": short_date(period.start),
        "last": short_date(asked.day),
    }


def incidents(asked: Asked) -> Part:
    """Records of incidents at the site's address; not collected where they do not cover the time."""
    title, period = _("Incidents at the address, twelve months"), asked.twelve_months
    reading, _lineage = whole(*freeze("incidents.at_campus", period, asked.scope))
    if not reading.collected:
        return Part("incidents", title, _columns(), (), missing=_missing(reading.note))
    found = incident_queries.at_site(asked.viewer, asked.campus.pk).filter(
        at_campus=True, local_date__gte=period.start, local_date__lte=period.end
    )
    hours: dict[str, list[int]] = {}
    for category, hour in found.order_by().values_list("category", "local_hour"):
        hours.setdefault(category, []).append(hour)
    opened: Mapping[str, object] = {
        "campus": asked.campus.pk,
        "where": "at",
        "from": period.start,
        "to": period.end,
    }
    rows = [
        _row(
            incident_queries.category_label(category),
            own,
            listed("incidents:list", **opened, category=category),
        )
        for category, own in sorted(hours.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    every = [hour for own in hours.values() for hour in own]
    rows.append(_row(_("All kinds"), every, listed("incidents:list", **opened)))
    return Part("incidents", title, _columns(), tuple(rows), note=_span(asked))


def alarms(asked: Asked) -> Part:
    """What set off the site's alarms, and how many of them were false."""
    title, period = _("Alarms, twelve months"), asked.twelve_months
    columns = _columns(Column("false", _("False"), "right", "0.7"))
    reading, _lineage = whole(*freeze("alarms.activations", period, asked.scope))
    if not reading.collected:
        return Part("alarms", title, columns, (), missing=_missing(reading.note))
    cases = alarm_queries.activations(period.start, asked.day, campus_id=asked.campus.pk)
    false = set(alarm_queries.false_activations(cases).values_list("pk", flat=True))
    kinds: dict[str, list[tuple[int, int]]] = {}
    for case in cases.order_by("opened_at"):
        kinds.setdefault(case.signal_kind, []).append((case.pk, timezone.localtime(case.opened_at).hour))
    asks: Mapping[str, object] = {"campus": asked.campus.pk, "since": period.start, "until": period.end}
    rows = [
        _alarm_row(
            alarm_queries.signal_label(kind), own, false, listed("alarms:cases", **asks, signal_kind=kind)
        )
        for kind, own in sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    every = [one for own in kinds.values() for one in own]
    rows.append(_alarm_row(_("All kinds"), every, false, listed("alarms:cases", **asks)))
    return Part("alarms", title, columns, tuple(rows), note=_span(asked))


def _missing(note: str) -> str:
    return _("Not collected. %(why)s") % {"why": note} if note else _("Not collected.")


def _row(kind: str, hours: list[int], url: str) -> Row:
    return {"kind": words(kind), "total": count(len(hours), url), **_by_hour(hours)}


def _alarm_row(kind: str, own: list[tuple[int, int]], false: set[int], url: str) -> Row:
    hours = [hour for _pk, hour in own]
    return {
        **_row(kind, hours, url),
        "false": count(sum(pk in false for pk, _hour in own)),
    }
