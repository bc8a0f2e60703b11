"""Reading a copy: who may, of which site, and the note of it where each reading is recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from schoolward.domains.places.queries import campus_by_slug, campus_for_cds
from schoolward.platform.access.permissions import AccessDenied, check, may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.reports.sheets.shape import Sheet
from schoolward.reports.site_profile.choosing import copy_of
from schoolward.reports.site_profile.composing import compose
from schoolward.reports.site_profile.copies import COPIES, Copy, CopyKind


class NoSuchProfile(LookupError):
    """There is no such site, or it is not the viewer's: which of both is not said."""

    def __init__(self, site: str) -> None:
        super().__init__(f"there is no site {site!r}; give a site's short name or a school's CDS code")


def check_copy(viewer: Viewer, copy: Copy) -> None:
    """Raise ``AccessDenied`` unless the viewer may read such copies at all."""
    kind = COPIES[copy]
    check(viewer, kind.permission, f"profile:{copy.value}")
    if not kind.is_open_to(viewer):
        raise AccessDenied(kind.permission, f"profile:{copy.value}")


def copies_for(viewer: Viewer, campus_id: int | None) -> list[CopyKind]:
    """The copies that the viewer may read, of one site or (``None``) of any."""
    return [
        kind
        for kind in COPIES.values()
        if may(viewer, kind.permission)
        and kind.is_open_to(viewer)
        and (campus_id is None or _is_own(viewer, campus_id, kind))
    ]


def _is_own(viewer: Viewer, campus_id: int, kind: CopyKind) -> bool:
    return kind.for_all_sites or viewer.campus_ids is None or campus_id in viewer.campus_ids


def site_for(viewer: Viewer, slug: str, copy: Copy) -> Any:
    """The site of this short name, or of a school's CDS code, whose copy the viewer may read.

    Raises ``AccessDenied`` and :class:`NoSuchProfile`.
    """
    check_copy(viewer, copy)
    campus = campus_for_cds(slug) if slug.isdigit() else campus_by_slug(slug)
    if campus is None or not _is_own(viewer, campus.pk, COPIES[copy]):
        raise NoSuchProfile(slug)
    return campus


def profile(campus: Any, copy: Copy, day: date, *, form: str, by: Viewer) -> Sheet:
    """A copy of a site's profile as of a day. Raises ``AccessDenied``.

    Where each reading of the copy is recorded, it is recorded before anything is shown. ``form`` says as
    what: page, pdf, csv, json.
    """
    check_copy(by, copy)
    note_reading(campus, copy, day, form=form, by=by)
    return copy_of(compose(campus, day, at=by.at), copy)


def note_reading(campus: Any, copy: Copy, day: date, *, form: str, by: Viewer) -> None:
    """Write into the audit who read which copy of which site; nothing for copies that need no note."""
    if not COPIES[copy].is_audited:
        return
    with transaction.atomic():
        record(
            "profiles.read",
            by=by,
            at=by.at,
            subject=f"places.Campus:{campus.pk}",
            detail={"copy": copy.value, "as_of": day.isoformat(), "form": form},
        )
