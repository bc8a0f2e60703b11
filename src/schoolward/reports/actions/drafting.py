"""Starting an edition, writing it, and giving it up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.reports import registry
from schoolward.reports.beginning import FORM_FIELDS, begin, last_published
from schoolward.reports.composing import Composer
from schoolward.reports.content import Composition
from schoolward.reports.errors import ReportError, require_state
from schoolward.reports.models import Author, Edition, Section, State
from schoolward.reports.printing import check_printable
from schoolward.reports.registry import ReportKind


class EditionExists(ReportError):
    """There is an open draft of this report for this date."""


class StaleText(ReportError):
    """Somebody else saved the section since it was opened."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else saved this section since you opened it. Copy your text, then reload.")
        )


@transaction.atomic
def draft_edition(*, report: str, as_of: date, by: Viewer, at: datetime) -> Edition:
    """Start an edition. Its texts begin as the last published edition's, or as the report's starting texts.

    Raises :class:`EditionExists` when a draft of the same report and date is open, and ``UnfitDate`` for a
    day at which no figures can stand.
    """
    check(by, "reports.edit")
    kind = registry.get(report)
    edition, texts = begin(kind, as_of, at=at)
    if Edition.objects.filter(report=kind.key, as_of=as_of, state=State.DRAFT).exists():
        raise EditionExists(_("A draft for this date is open already. Go on with that one."))
    last = last_published(kind.key, as_of)
    edition.save()
    Section.objects.bulk_create(
        Section(edition=edition, key=key, order=order, body=body)
        for order, (key, body) in enumerate(texts.items())
    )
    record(
        "reports.drafted",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={
            "report": kind.key,
            "as_of": as_of,
            "number": edition.number,
            "texts_from": last.number if last else None,
        },
    )
    return edition


@transaction.atomic
def edit_section(*, edition: Edition, key: str, body: str, version: int, by: Viewer, at: datetime) -> Section:
    """Save a section's text. Tokens must read: an unknown measure is refused with the nearest key.

    Raises :class:`StaleText` when the section was saved by somebody else since ``version``, ``SectionError``
    when a token cannot be read, and ``CannotPrint`` for a character that no typeface has.
    """
    check(by, "reports.edit")
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    require_state(edition, State.DRAFT)
    kind = registry.get(edition.report)
    check_printable(body.replace("\r\n", "\n"))
    Composer(edition.as_of, blocks=kind.blocks).check_one(key, _title_of(kind, key), body)
    section = edition.sections.select_for_update().get(key=key)
    if section.version != version:
        raise StaleText
    section.body = body.replace("\r\n", "\n").strip()
    section.version += 1
    section.save(update_fields=["body", "version"])
    note_author(edition, by)
    record(
        "reports.section_edited",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={"section": key, "version": section.version, "characters": len(section.body)},
    )
    return section


def preview(kind: ReportKind, as_of: date, key: str, body: str) -> Composition:
    """Compose one section by itself, live. Raises ``SectionError``."""
    return Composer(as_of, blocks=kind.blocks).compose([(key, _title_of(kind, key), body)])


def _title_of(kind: ReportKind, key: str) -> str:
    return next(section.title for section in kind.sections if section.key == key)


@transaction.atomic
def edit_form(*, edition: Edition, values: Mapping[str, object], by: Viewer, at: datetime) -> Edition:
    """Change the board item form of a draft. Raises ``CannotPrint``."""
    check(by, "reports.edit")
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    unknown = set(values) - set(FORM_FIELDS)
    if unknown:
        raise ValueError(f"not fields of the form: {sorted(unknown)}")
    require_state(edition, State.DRAFT)
    check_printable("\n".join(str(value) for value in values.values()))
    for name, value in values.items():
        setattr(edition, name, value)
    edition.save(update_fields=list(values))
    note_author(edition, by)
    record(
        "reports.form_edited",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={"fields": sorted(values)},
    )
    return edition


@transaction.atomic
def discard(*, edition: Edition, by: Viewer, at: datetime, reason: str = "") -> None:
    """Give up a draft. Its texts go; that it was there, and why it went, stays in the audit."""
    check(by, "reports.edit")
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    require_state(edition, State.DRAFT)
    record(
        "reports.discarded",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={
            "report": edition.report,
            "as_of": edition.as_of,
            "number": edition.number,
            "round": edition.round,
            "reason": reason.strip(),
        },
    )
    edition.delete()


def note_author(edition: Edition, by: Viewer) -> None:
    """Take down that this person wrote some of the edition."""
    if by.account_id is not None:
        Author.objects.get_or_create(edition=edition, account_id=by.account_id)
