"""What a person changes on a campus or about a school by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.addresses import is_intersection, normalise
from schoolward.domains.places.hooks import campuses_changed
from schoolward.domains.places.models import Campus, Origin, School, SchoolOccupancy
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


class CannotMove(Exception):
    """A school cannot move as asked. The message says why and what to do."""


class BadAddress(ValueError):
    """The address is none of a building, or another campus has it. The message says which."""

    field = "address"


class UnfitName(ValueError):
    """The text cannot be kept as a name. The message says why and what to do."""


def change_campus(
    *,
    campus: Campus,
    name: str,
    address: str,
    zip_code: str,
    jurisdiction: str,
    longitude: float | None,
    latitude: float | None,
    notes: str,
    by: Viewer,
    at: datetime,
) -> Campus:
    """Change what is known of a campus. A name or point that changes is from now on kept from imports.

    Raises ``AccessDenied`` and :class:`BadAddress`.
    """
    check(by, "places.edit", f"places.Campus:{campus.pk}")
    key = normalise(address)
    if not key[:1].isdigit() or is_intersection(address):
        raise BadAddress(_("This is not the address of a building. Write it as 5735 47th Avenue."))
    if Campus.objects.filter(address_key=key).exclude(pk=campus.pk).exists():
        raise BadAddress(_("Another site has this address. Two schools at one address share one site."))
    values = {
        "name": name,
        "address": address,
        "address_key": key,
        "zip_code": zip_code,
        "jurisdiction": jurisdiction,
        "longitude": longitude,
        "latitude": latitude,
        "notes": notes,
    }
    with transaction.atomic():
        kept = Campus.objects.select_for_update().get(pk=campus.pk)
        changed = sorted(field for field, value in values.items() if getattr(kept, field) != value)
        if not changed:
            return kept
        for field in changed:
            setattr(kept, field, values[field])
        if "name" in changed:
            kept.name_origin = Origin.EDITED
        if "longitude" in changed or "latitude" in changed:
            kept.point_origin = Origin.EDITED
        kept.save()
        record(
            "places.campus_changed",
            by=by,
            at=at,
            subject=f"places.Campus:{kept.pk}",
            detail={"fields": changed},
        )
        if {"address_key", "longitude", "latitude"} & set(changed):
            campuses_changed(by=by, at=at)
    return kept


def move_school(*, school: School, to: Campus, on: date, by: Viewer, at: datetime) -> SchoolOccupancy:
    """Let a school operate on another campus from the day ``on``; it is at its old one up to the day before.

    Raises ``AccessDenied`` and :class:`CannotMove`.
    """
    check(by, "places.edit", f"places.School:{school.pk}")
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        owned = list(SchoolOccupancy.objects.filter(school=school).select_related("campus"))
        last = max(owned, key=lambda o: o.valid_from or date.min, default=None)
        if last is None:
            raise CannotMove(_("This school has no site yet. Bring it in with the school directory."))
        if last.campus_id == to.pk:
            raise CannotMove(_("The school is there already."))
        if last.valid_from and on <= last.valid_from:
            raise CannotMove(
                _("The school came to %(site)s on %(day)s. Choose a later day.")
                % {"site": last.campus, "day": last.valid_from}
            )
        if last.valid_to and on > last.valid_to:
            raise CannotMove(
                _("The school closed on %(day)s. Choose a day up to then.") % {"day": last.valid_to}
            )
        closes = last.valid_to
        last.valid_to = on - timedelta(days=1)
        last.save(update_fields=["valid_to"])
        made = SchoolOccupancy.objects.create(school=school, campus=to, valid_from=on, valid_to=closes)
        record(
            "places.school_moved",
            by=by,
            at=at,
            subject=f"places.School:{school.pk}",
            detail={"from": last.campus_id, "to": to.pk, "on": on},
        )
        campuses_changed(by=by, at=at)
    return made


def verify_former_name(*, school: School, former_name: str, by: Viewer, at: datetime) -> School:
    """Note that the former name was checked against a public source, and how it reads there (blank: it had
    none). Imports of the directory leave it alone from now on.

    Raises ``AccessDenied`` and :class:`UnfitName`.
    """
    check(by, "places.edit", f"places.School:{school.pk}")
    name = " ".join(former_name.split())
    longest = School._meta.get_field("former_name_note").max_length or 0
    if len(name) > longest:
        raise UnfitName(_("A name has at most %d characters. Leave out what is no part of it.") % longest)
    if "\0" in name:
        raise UnfitName(_("The name holds a NUL character. Leave it out."))
    with transaction.atomic():
        school.former_name_note = name
        school.former_name_verified = True
        school.save(update_fields=["former_name_note", "former_name_verified"])
        record("places.former_name_verified", by=by, at=at, subject=f"places.School:{school.pk}")
    return school
