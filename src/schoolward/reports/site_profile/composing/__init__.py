"""Composing the record set of a site: everything that any copy shows, each field once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from schoolward.domains.assessments.queries import as_of as standing
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.together import together
from schoolward.reports.districts import district_name
from schoolward.reports.sheets.shape import Part
from schoolward.reports.site_profile.composing import assessed, findings, happened, site, streets, watching
from schoolward.reports.site_profile.composing.asked import Asked


@dataclass(frozen=True)
class RecordSet:
    """Everything that is known of a site as of a day. Nobody is shown it: copies are made of it."""

    campus_id: int
    name: str
    slug: str
    title: str
    district: str
    as_of: date
    invented: bool
    parts: tuple[Part, ...]


def compose(campus: Any, day: date, *, at: datetime) -> RecordSet:
    """The record set of a campus as of a day, in the order in which copies show it.

    It is read as the installation itself reads it, because what a copy shows is decided by
    :mod:`..copies` alone.
    """
    asked = Asked(campus, day, Viewer.system(at=at, name="site profile"))
    with together():
        found = standing.findings_as_of(asked.viewer, day, campus_id=campus.pk)
        done = standing.finished_by(day, campus.pk)
        results = assessed.latest_results(done)
        parts = (
            site.site(asked),
            site.schools(asked),
            assessed.assessed(asked, done),
            assessed.areas(asked, results),
            site.recommendations(asked),
            findings.by_severity(asked, found),
            findings.by_trade(asked, found),
            assessed.risk_by_layer(results),
            assessed.risk_by_zone(results),
            findings.findings(asked, found),
            happened.incidents(asked),
            happened.alarms(asked),
            streets.collisions(asked),
            watching.alarm_systems(asked),
            watching.who_to_call(asked),
            watching.plan(asked),
            findings.photographs(asked, found),
        )
    return RecordSet(
        campus_id=campus.pk,
        name=campus.name,
        slug=campus.slug,
        title=_("Site security profile"),
        district=district_name(),
        as_of=day,
        invented=any(one.invented for one in done)
        or any(one.finding.invented for one in found)
        or site.has_invented_students(day)
        or streets.are_invented(asked),
        parts=parts,
    )
