"""Starting an edition and writing it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.measures.period import Period, PeriodError
from schoolward.reports import registry
from schoolward.reports.actions.errors import ReportError, require_state
from schoolward.reports.composing import Composer
from schoolward.reports.content import Composition
from schoolward.reports.models import Edition, Section, State
from schoolward.reports.registry import ReportKind

FORM_FIELDS: tuple[str, ...] = (
    "agenda_item",
    "meeting_date",
    "subject",
    "item_type",
    "division",
    "minutes_planned",
    "submitted_by_role",
    "approved_by_role",
    "minutes_text",
)


class EditionExists(ReportError):
    """There is an open draft of this report for this date."""


class UnfitDate(ReportError):
    """No figures can stand at this date: it is still to come, or no year of a school."""


class StaleText(ReportError):
    """Somebody else saved the section since it was opened."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else saved this section since you opened it. Copy your text, then reload.")
        )


def latest_before(report: str, as_of: date, *, below: int | None = None) -> Edition | None:
    """The edition that a new one follows: the last one before or on this date that was not given up."""
    editions = Edition.objects.filter(report=report, as_of__lte=as_of)
    if below is not None:
        editions = editions.filter(number__lt=below)
    return editions.order_by("-as_of", "-number").first()


@transaction.atomic
def draft_edition(
    *,
    report: str,
    as_of: date,
    by: Viewer,
    at: datetime,
    agenda_item: str = "",
    invented: bool = False,
) -> Edition:
    """Start an edition. Its texts begin as the last edition's, or as the report's starting texts.

    Raises :class:`EditionExists` when a draft of the same report and date is open, and :class:`UnfitDate`
    for a day that has not come yet by the clock: published, it would supersede what is true today.
    """
    check(by, "reports.edit")
    kind = registry.get(report)
    if as_of > (latest := timezone.localdate(at)):
        raise UnfitDate(
            _("Figures cannot stand at %(day)s, which is still to come. Give a day up to %(latest)s.")
            % {"day": as_of, "latest": latest}
        )
    try:
        Period.previous_school_year(as_of)
    except PeriodError as error:
        raise UnfitDate(_("Figures cannot stand there: %(why)s.") % {"why": error}) from error
    if Edition.objects.filter(report=kind.key, as_of=as_of, state=State.DRAFT).exists():
        raise EditionExists(_("A draft for this date is open already. Go on with that one."))
    last = latest_before(kind.key, as_of)
    number = (Edition.objects.filter(report=kind.key).aggregate(last=Max("number"))["last"] or 0) + 1
    edition = Edition.objects.create(
        report=kind.key,
        number=number,
        as_of=as_of,
        created_at=at,
        invented=invented,
        agenda_item=agenda_item,
        meeting_date=kind.meeting_dates(as_of),
        **{field: kind.form[field] for field in FORM_FIELDS if field in kind.form},
    )
    texts = dict(last.sections.values_list("key", "body")) if last else {}
    Section.objects.bulk_create(
        Section(
            edition=edition,
            key=section.key,
            order=order,
            body=texts.get(section.key) or kind.starting_text(section.key),
        )
        for order, section in enumerate(kind.sections)
    )
    record(
        "reports.drafted",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={
            "report": kind.key,
            "as_of": as_of,
            "number": number,
            "texts_from": last.number if last else None,
        },
    )
    return edition


@transaction.atomic
def edit_section(*, edition: Edition, key: str, body: str, version: int, by: Viewer, at: datetime) -> Section:
    """Save a section's text. Tokens must read: an unknown measure is refused with the nearest key.

    Raises :class:`StaleText` when the section was saved by somebody else since ``version``, and
    ``SectionError`` when a token cannot be read.
    """
    check(by, "reports.edit")
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    require_state(edition, State.DRAFT)
    kind = registry.get(edition.report)
    preview(kind, edition.as_of, key, body)
    section = edition.sections.select_for_update().get(key=key)
    if section.version != version:
        raise StaleText
    section.body = body.replace("\r\n", "\n").strip()
    section.version += 1
    section.save(update_fields=["body", "version"])
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
    title = next(section.title for section in kind.sections if section.key == key)
    return Composer(as_of, blocks=kind.blocks).compose([(key, title, body)])


@transaction.atomic
def edit_form(*, edition: Edition, values: dict[str, object], by: Viewer, at: datetime) -> Edition:
    """Change the board item form. After publication only the minutes may still be written."""
    check(by, "reports.edit")
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    unknown = set(values) - set(FORM_FIELDS)
    if unknown:
        raise ValueError(f"not fields of the form: {sorted(unknown)}")
    if set(values) != {"minutes_text"}:
        require_state(edition, State.DRAFT)
    for name, value in values.items():
        setattr(edition, name, value)
    edition.save(update_fields=list(values))
    record(
        "reports.form_edited",
        by=by,
        at=at,
        subject=f"reports.Edition:{edition.pk}",
        detail={"fields": sorted(values)},
    )
    return edition
