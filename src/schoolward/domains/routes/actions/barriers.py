"""Barriers: reported, photographed, described and decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.routes.actions.moving import keep_step, move_barrier
from schoolward.domains.routes.actions.places_near import on_the_way
from schoolward.domains.routes.actions.recording import (
    RouteRefused,
    StandsAlready,
    audit,
    known_value,
    own_row,
    own_site,
    past_day,
    some_words,
    within,
    written,
)
from schoolward.domains.routes.models import (
    Barrier,
    BarrierKind,
    Owner,
    Severity,
    TimeOfDay,
)
from schoolward.domains.routes.queries.standing import same_barriers
from schoolward.domains.routes.states import transition_for
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.actions import store_file
from schoolward.platform.files.store import FileTooLarge, FileTypeRefused, Readable

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/heic"})
"""What a photograph may be: pictures as phones take them."""

DESCRIPTIVE = frozenset(
    {
        "kind",
        "title",
        "description",
        "place",
        "longitude",
        "latitude",
        "owner",
        "severity",
        "time_of_day",
    }
)


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    for name, choices in (
        ("kind", BarrierKind),
        ("owner", Owner),
        ("severity", Severity),
        ("time_of_day", TimeOfDay),
    ):
        if name in found:
            known_value(found[name], choices.values, name)
    for name in ("title", "place"):
        if name in found:
            found[name] = some_words(found[name], name)
            within(len(found[name]), 1, 200, name)
    return found


@transaction.atomic
def report_barrier(
    *,
    campus_id: int,
    kind: str,
    title: str,
    place: str,
    longitude: float,
    latitude: float,
    by: Viewer,
    at: datetime,
    description: str = "",
    owner: str = Owner.UNKNOWN,
    severity: str = Severity.MEDIUM,
    time_of_day: str = TimeOfDay.ALWAYS,
    found_on: date | None = None,
    reference: str = "",
    source: str = "",
    photo: Readable | None = None,
    photo_name: str = "",
    invented: bool = False,
) -> Barrier:
    """Report a barrier near a site. It gets a reference of its own when none is given.

    Raises :class:`RouteRefused` for what cannot be, a place too far from the site, a reference that is taken
    or a photograph that is none; :class:`StandsAlready` where an open barrier says the same about the same
    place; ``AccessDenied`` at a site that is not the viewer's.
    """
    own_site(campus_id, by=by, permission="routes.report")
    on_the_way(longitude, latitude, campus_id=campus_id)
    day = found_on or timezone.localdate(at)
    past_day(day, at, "found_on")
    values = _checked(
        {
            "kind": kind,
            "title": title,
            "place": place,
            "owner": owner,
            "severity": severity,
            "time_of_day": time_of_day,
        }
    )
    reference = reference.strip()
    if reference and Barrier.objects.filter(reference=reference).exists():
        raise RouteRefused(
            _("Another barrier has this reference. Leave it empty to get a new one."), field="reference"
        )
    if source and Barrier.objects.filter(source=source).exists():
        raise RouteRefused(_("This record has its barrier already."), field="source")
    told = {"title": values["title"], "place": values["place"]}
    for same in same_barriers(by, campus_id=campus_id, longitude=longitude, latitude=latitude, **told):
        raise StandsAlready(
            _(
                "%(reference)s says the same about this place and is open. "
                "If this is another barrier, say in the title or the place how it differs."
            )
            % {"reference": same.reference},
            same,
            field="title",
        )
    barrier = Barrier.objects.create(
        # The number comes from the row itself; until it is known a placeholder keeps the column unique.
        reference=reference or f"new-{at.timestamp()}-{title}"[:40],
        campus_id=campus_id,
        description=description.strip(),
        longitude=longitude,
        latitude=latitude,
        source=source,
        found_on=day,
        reported_by_id=by.account_id,
        invented=invented,
        **values,
    )
    if not reference:
        barrier.reference = f"B-{barrier.pk:05d}"
        barrier.save(update_fields=["reference"])
    keep_step(barrier, "", by=by, at=at)
    audit("barrier_reported", barrier, by=by, reference=barrier.reference, site=campus_id)
    if photo is not None:
        _put_photo(barrier, photo, photo_name, by=by)
    return barrier


@transaction.atomic
def add_photo(*, barrier_id: int, photo: Readable, photo_name: str, by: Viewer, at: datetime) -> Barrier:
    """Give a barrier its photograph, or another. Raises :class:`RouteRefused` where it is no picture."""
    barrier = own_row(Barrier, barrier_id, by=by, permission="routes.report")
    _put_photo(barrier, photo, photo_name, by=by)
    return barrier


def _put_photo(barrier: Barrier, photo: Readable, name: str, *, by: Viewer) -> None:
    try:
        stored = store_file(photo, name=name, by=by, at=by.at, allowed=PICTURES)
    except (FileTooLarge, FileTypeRefused) as refused:
        raise RouteRefused(str(refused), field="photo") from None
    written(
        barrier, {"photo": stored, "photo_name": stored.first_name}, "barrier_photo", by=by, file=stored.pk
    )


@transaction.atomic
def describe_barrier(*, barrier_id: int, changes: Mapping[str, Any], by: Viewer, at: datetime) -> Barrier:
    """Change what an open barrier says. Raises :class:`RouteRefused` where it is closed or declined, and
    ``ValueError`` for a field that has an action of its own."""
    if foreign := set(changes) - DESCRIPTIVE:
        raise ValueError(f"not descriptive: {', '.join(sorted(foreign))}")
    barrier = own_row(Barrier, barrier_id, by=by, permission="routes.decide")
    if not barrier.is_open:
        raise RouteRefused(_("This barrier is closed or declined. Reopen it with a reason first."))
    values = _checked(changes)
    if {"longitude", "latitude"} & set(values):
        place = values.get("longitude", barrier.longitude), values.get("latitude", barrier.latitude)
        on_the_way(*place, campus_id=barrier.campus_id)
    written(barrier, values, "barrier_described", by=by, reference=barrier.reference)
    return barrier


@transaction.atomic
def decide_barrier(*, barrier_id: int, move: str, by: Viewer, at: datetime, reason: str = "") -> Barrier:
    """Accept, decline or reopen a barrier. Raises :class:`RouteRefused` for a move that the state does not
    allow, and for a reason that is wanting."""
    barrier = own_row(Barrier, barrier_id, by=by, permission="routes.decide")
    found = transition_for(move, barrier.state)
    if found is None or not found.by_hand:
        raise RouteRefused(
            _("A barrier that is %(state)s cannot be moved so.") % {"state": barrier.get_state_display()}
        )
    move_barrier(barrier, move, by=by, at=at, reason=reason)
    return barrier
