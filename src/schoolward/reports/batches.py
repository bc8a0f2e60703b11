"""Papers of many sites in one go: asked for, made by a job with progress, kept as one ZIP file."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.places.queries import operating_campuses
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.actions import store_file
from schoolward.reports.corrective_actions.plan import PERMISSION, plan
from schoolward.reports.models import Batch
from schoolward.reports.sheets.files import MEDIA_TYPES, file_of
from schoolward.reports.sheets.shape import Sheet
from schoolward.reports.site_profile.copies import COPIES, Copy
from schoolward.reports.site_profile.reading import check_copy, profile

PROFILES, CORRECTIVE = "site-profile", "corrective-actions"
KINDS = tuple(MEDIA_TYPES)
_LARGEST = 1 << 30
Told = Callable[[int, int, str], None]


class UnknownPaper(LookupError):
    """There is no paper of this name for a batch."""


def check_paper(report: str, copy: str, *, by: Viewer) -> None:
    """Raise unless ``by`` may read this paper. Raises :class:`UnknownPaper` and ``AccessDenied``."""
    if report == PROFILES and copy in set(Copy):
        check_copy(by, Copy(copy))
    elif report == CORRECTIVE and not copy:
        check(by, PERMISSION)
    else:
        named = ", ".join(f"{PROFILES} ({one})" for one in Copy)
        raise UnknownPaper(f"there is no such paper; there are {named} and {CORRECTIVE}")


def sites(report: str, copy: str, day: date, *, by: Viewer) -> list[Any]:
    """The sites in operation on the day of which ``by`` may have this paper, by name."""
    found = operating_campuses(day).order_by("name", "pk")
    is_public = report == PROFILES and COPIES[Copy(copy)].for_all_sites
    if by.campus_ids is not None and not is_public:
        found = found.filter(pk__in=by.campus_ids)
    return list(found)


def sheet_of(report: str, copy: str, campus: Any, day: date, *, form: str, by: Viewer) -> Sheet:
    """The paper of one site, its reading noted where that is due."""
    if report == PROFILES:
        return profile(campus, Copy(copy), day, form=form, by=by)
    return plan(day, by=by, campus=campus)


def each_file(
    report: str,
    copy: str,
    campuses: Iterable[Any],
    day: date,
    *,
    by: Viewer,
    kinds: Iterable[str] = KINDS,
) -> Iterator[tuple[Any, list[tuple[str, bytes]]]]:
    """Site by site its files (name, content). Each site is composed once for all of its files.

    Raises ``CannotPrint``.
    """
    wanted = tuple(kinds)
    for campus in campuses:
        sheet = sheet_of(report, copy, campus, day, form="batch", by=by)
        yield campus, [file_of(sheet, kind) for kind in wanted]


def fill_batch(
    batch: Batch, *, by: Viewer, at: datetime, told: Told, kept: Callable[[int], None] | None = None
) -> int:
    """Make the papers of a batch and keep them. How many sites. Raises what reading and printing raise.

    ``kept`` is called with that number in the transaction that keeps the file.
    """
    check_paper(batch.report, batch.copy, by=by)
    campuses = sites(batch.report, batch.copy, batch.as_of, by=by)
    with tempfile.TemporaryFile() as pile:
        with zipfile.ZipFile(pile, "w", compression=zipfile.ZIP_DEFLATED) as packed:
            files = each_file(batch.report, batch.copy, campuses, batch.as_of, by=by)
            for number, (campus, made) in enumerate(files, start=1):
                for name, content in made:
                    packed.writestr(name, content)
                told(number, len(campuses), _("%(site)s is done") % {"site": campus.name})
        pile.seek(0)
        with transaction.atomic():
            batch.stored = store_file(pile, name=batch.file_name, by=by, at=at, limit=_LARGEST)
            batch.sites = len(campuses)
            batch.save(update_fields=["stored", "sites"])
            if kept is not None:
                kept(len(campuses))
    return len(campuses)
