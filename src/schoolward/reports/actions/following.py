"""What comes after publication: corrections and the board's minutes. The edition itself is not changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.reports.errors import ReportError, require_state
from schoolward.reports.keeping import keep_annotated
from schoolward.reports.models import CellReading, Correction, Edition, State


@transaction.atomic
def correct(
    *, edition: Edition, text: str, by: Viewer, at: datetime, cell: CellReading | None = None
) -> Correction:
    """Tell readers of a mistake in a published edition, on its page and in an annotated copy of its files.

    The edition and its files stay as they were published. Raises ``CannotPrint``.
    """
    check(by, "reports.correct")
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    require_state(edition, State.PUBLISHED, State.SUPERSEDED)
    if not text.strip():
        raise ReportError(_("Say what was wrong and what is right."))
    if cell is not None and cell.edition_id != edition.pk:
        raise ReportError(_("That number belongs to another edition."))
    correction = Correction.objects.create(
        edition=edition,
        cell=cell,
        text=text.strip(),
        account_id=by.account_id,
        account_name=by.account_name,
        role=str(by.role),
        at=at,
    )
    keep_annotated(edition, by=by, at=at)
    record(
        "reports.corrected",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={"correction": correction.pk, "cell": cell.position if cell else None},
    )
    return correction


@transaction.atomic
def write_minutes(*, edition: Edition, text: str, by: Viewer, at: datetime) -> Edition:
    """Write the board's minutes; the one field of the form that stays open after publication.

    A published edition then has an annotated copy that holds them. Raises ``CannotPrint``.
    """
    check(by, "reports.minutes")
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    edition.minutes_text = text.strip()
    edition.save(update_fields=["minutes_text"])
    if edition.state in (State.PUBLISHED, State.SUPERSEDED):
        keep_annotated(edition, by=by, at=at)
    record(
        "reports.minutes_written",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={"characters": len(edition.minutes_text)},
    )
    return edition
