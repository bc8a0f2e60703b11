"""Entering an incident by hand, and correcting one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.offences import category_named
from schoolward.domains.incidents.actions.changing import overwrite, values_of
from schoolward.domains.incidents.actions.derivation import Derivation
from schoolward.domains.incidents.actions.tallies import Changes
from schoolward.domains.incidents.columns import Prepared
from schoolward.domains.incidents.models import Incident, Placement, Source
from schoolward.domains.places import queries as places
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.protocols.police_records import Records

_CLOCK_SLACK = timedelta(minutes=5)
_FIRST_YEAR = 1900  # as in imports: an earlier one is a slip


class IncidentRefused(ValueError):
    """An entry that makes no sense. `field` names the entry; the message says what to write instead."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class IncidentDraft:
    """What a person enters: when, where (a site, or an address), what. Never who."""

    occurred_at: datetime
    category: str
    campus_id: int | None = None
    address: str = ""
    description: str = ""
    code: str = ""
    spot: str = ""
    case_number: str = ""


def record_incident(*, draft: IncidentDraft, by: Viewer, at: datetime) -> Incident:
    """Keep an incident that somebody entered by hand, attributed and counted.

    Raises `IncidentRefused` (nothing is written) and `AccessDenied`, also for a site that is not the
    viewer's.
    """
    check(by, "incidents.record")
    rows = _prepare(draft, by, at)
    with transaction.atomic():
        incident = Incident.objects.create(
            agency_id=by.agency_id,
            source=Source.MANUAL,
            source_key=_next_number(at),
            spot=draft.spot,
            case_number=draft.case_number,
            record_class=RecordClass.LAW_ENFORCEMENT_UNIT,
            recorded_at=at,
            **values_of(rows, 0),
        )
        _count(rows)
        record("incidents.recorded", by=by, at=at, subject=f"incidents.Incident:{incident.pk}")
    return incident


def correct_incident(*, incident: Incident, draft: IncidentDraft, by: Viewer, at: datetime) -> Incident:
    """Overwrite an incident that was entered by hand with what is right.

    A record of a police file is corrected at its source, by importing the file again. Raises
    `IncidentRefused` and `AccessDenied`.
    """
    check(by, "incidents.correct", f"incidents.Incident:{incident.pk}")
    _check_site(incident.campus_id, by)
    if incident.source != Source.MANUAL:
        message = _("This record came from a file. Correct it there and import the file again.")
        raise IncidentRefused("", message)
    rows = _prepare(draft, by, at)
    before = {name: getattr(incident, name) for name in (*values_of(rows, 0), "spot", "case_number")}
    with transaction.atomic():
        changes = Changes()
        overwrite(
            incident.pk, rows, 0, at=at, changes=changes, spot=draft.spot, case_number=draft.case_number
        )
        changes.write()
        incident.refresh_from_db()
        changed = sorted(name for name, value in before.items() if getattr(incident, name) != value)
        record(
            "incidents.corrected",
            by=by,
            at=at,
            subject=f"incidents.Incident:{incident.pk}",
            detail={"fields": changed},
        )
    return incident


def _prepare(draft: IncidentDraft, by: Viewer, at: datetime) -> Prepared:
    if draft.occurred_at > at + _CLOCK_SLACK:
        raise IncidentRefused("occurred_at", _("This lies in the future. Check the date and the time."))
    if draft.occurred_at.year < _FIRST_YEAR:
        raise IncidentRefused("occurred_at", _("The year lies before 1900. Check the date."))
    if category_named(draft.category) is None:
        raise IncidentRefused("category", _("Choose what happened."))
    address, longitude, latitude, at_site = draft.address.strip(), np.nan, np.nan, False
    if draft.campus_id is not None:
        campus = places.campus_by_pk(draft.campus_id)
        if campus is None:
            raise IncidentRefused("campus", _("Choose one of the sites."))
        _check_site(campus.pk, by)
        address, at_site = campus.address, campus.longitude is not None
        if campus.longitude is not None and campus.latitude is not None:
            longitude, latitude = campus.longitude, campus.latitude
    elif by.campus_ids is not None:
        raise IncidentRefused("campus", _("Choose one of your sites."))
    elif not address:
        raise IncidentRefused("campus", _("Choose a site, or write the address."))
    records = Records(
        rows=np.array([1]),
        seconds=np.array([int(draft.occurred_at.timestamp())], dtype=np.int64),
        is_utc=np.array([True]),
        longitude=np.array([longitude]),
        latitude=np.array([latitude]),
        number=[""],
        address=[" ".join(address.split())],
        code=[draft.code.strip()],
        description=[" ".join(draft.description.split())],
        category=[draft.category],
        district=[""],
        beat=[""],
        grid=[""],
        campus_cds=[""],
    )
    derivation = Derivation()
    utc = derivation.utc(records)
    meanings = derivation.meanings(records)
    digests = derivation.digests(records, utc, meanings)
    rows = derivation.prepare(
        records, sources=[Source.MANUAL], keys=[""], utc=utc, meanings=meanings, digests=digests
    )
    if draft.campus_id is not None and rows.campus[0] != draft.campus_id:
        raise IncidentRefused(
            "campus",
            _(
                "No school from kindergarten to grade 12 was in operation at this site on that day, so the "
                "incident would not count there. Check the day, or choose no site and write the address."
            ),
        )
    if at_site:
        rows.placement[0] = Placement.SITE.value
    return rows


def _check_site(campus_id: int | None, by: Viewer) -> None:
    if by.campus_ids is not None and campus_id not in by.campus_ids:
        raise AccessDenied("incidents.record", f"places.Campus:{campus_id}")


def _count(rows: Prepared) -> None:
    changes = Changes()
    changes.add_prepared(rows, np.array([0], dtype=np.int64))
    changes.write()


def _next_number(at: datetime) -> str:
    """Return the next number of the year, "2012-00042". Called inside the writing transaction."""
    prefix = f"{at.year}-"
    numbers = Incident.objects.filter(source=Source.MANUAL, source_key__startswith=prefix)
    last = numbers.order_by("-source_key").values_list("source_key", flat=True).first()
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:06}"
