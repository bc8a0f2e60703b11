"""What watches the site and who is called about it: alarm systems with their zones, numbers, and the plan."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.alarms import queries as alarms
from schoolward.domains.assessments.queries.as_of import site_plan_as_of
from schoolward.domains.people.queries import response_numbers
from schoolward.reports.sheets.shape import Column, Part, Picture, Row, Value
from schoolward.reports.sheets.values import absent, day, words
from schoolward.reports.site_profile.composing.asked import Asked


def alarm_systems(asked: Asked) -> Part:
    """The systems in service on the day, zone by zone. Nothing of how they report: lines, accounts, keys."""
    columns = (
        Column("system", _("System"), width="1.6"),
        Column("zone", _("Zone"), width="0.6"),
        Column("title", _("Where"), width="2"),
        Column("device", _("What watches"), width="1.4"),
    )
    in_service = (Q(valid_from__isnull=True) | Q(valid_from__lte=asked.day)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=asked.day)
    )
    rows: list[Row] = []
    for system in alarms.systems(asked.viewer).filter(in_service, campus_id=asked.campus.pk):
        page = reverse("alarms:system", args=[system.pk])
        title = words(system.title or _("Alarm system"), page)
        zones = sorted(alarms.zones(asked.viewer).filter(system=system), key=_by_number)
        rows += [
            {
                "system": title,
                "zone": words(zone.number),
                "title": words(zone.title),
                "device": words(zone.get_device_display()),
            }
            for zone in zones
        ]
        if not zones:
            rows.append({"system": title, "zone": absent(), "title": absent(), "device": absent()})
    return Part(
        "alarm_systems",
        _("Alarm systems and zones"),
        columns,
        tuple(rows),
        missing=_("Not collected: no alarm system is entered for this site."),
    )


def _by_number(zone: Any) -> tuple[int, str]:
    """Panels number zones with digits, or with letters and digits: 2 stands before 10."""
    return len(zone.number), zone.number


def who_to_call(asked: Asked) -> Part:
    """The site's call list, by role and office, and the numbers of those who answer for its ground."""
    columns = (Column("who", _("Who"), width="2"), Column("phone", _("Number")))
    listed = [
        {"who": words(contact.title), "phone": words(contact.phone)}
        for contact in alarms.contacts(asked.viewer).filter(campus_id=asked.campus.pk).order_by("order")
    ]
    for number in response_numbers(asked.viewer):
        if number.serves in ("everywhere", asked.campus.jurisdiction):
            listed.append({"who": words(number.title), "phone": words(number.phone)})
    return Part(
        "who_to_call",
        _("Who to call"),
        columns,
        tuple(listed),
        missing=_("Not collected: no call list is entered for this site."),
    )


def plan(asked: Asked) -> Part:
    """The plan of the site."""
    columns = (Column("picture", _("Plan")), Column("added", _("Added")))
    found = site_plan_as_of(asked.campus.pk, asked.day)
    rows = (_plan(asked, found),) if found is not None else ()
    return Part(
        "plan",
        _("Plan of the site"),
        columns,
        rows,
        "pictures",
        missing=_("Not collected: no plan of this site was brought in."),
    )


def _plan(asked: Asked, found: Any) -> Row:
    alt = _("Plan of the site %(site)s") % {"site": asked.campus.name}
    page = reverse("reports:profile_plan", args=[asked.campus.slug])
    return {
        "picture": Value(found.file_name, alt, page, Picture(found.file, alt)),
        "added": day(timezone.localdate(found.added_at)),
    }
