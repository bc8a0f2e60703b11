"""An edition as the one data file that its printed form, its web page and its JSON are made from."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from schoolward.platform.access.roles import Role
from schoolward.platform.measures import registry as measures
from schoolward.platform.measures.display import CENTS, display
from schoolward.reports import registry
from schoolward.reports.checks import question_of
from schoolward.reports.content import long_date, span_of
from schoolward.reports.models import CellReading, Correction, State
from schoolward.reports.queries import Contents

STATE_LABELS = {
    State.DRAFT: _("Draft: not approved"),
    State.REVIEW: _("In review: not approved"),
    State.APPROVED: _("Approved: not published"),
    State.SUPERSEDED: _("Superseded by a later edition"),
}


def paper(found: Contents, files: list[dict[str, str]]) -> dict[str, Any]:
    """The data of ``page.typ``. ``files`` are the names and checksums of what is published beside it."""
    edition, kind = found.edition, registry.get(found.edition.report)
    invented = _(" Demonstration data.") if edition.invented else ""
    return {
        "meta": {
            "title": str(kind.heading),
            "division": edition.division,
            "office": _("Division: %(division)s") % {"division": edition.division},
            "description": f"{kind.described}: {edition.subject}",
            "keywords": [_("school safety"), _("board of education"), edition.district],
            "date": dict(zip(("year", "month", "day"), edition.meeting_date.timetuple()[:3], strict=True)),
            "language": "en",
            "region": "US",
            "state": str(edition.state),
            "state_label": str(STATE_LABELS.get(State(edition.state), "")),
            "footer": _("%(name)s Figures as of %(day)s.%(invented)s")
            % {"name": _name(found), "day": long_date(edition.as_of), "invented": invented},
            "notice": _(
                "Demonstration: many records behind these figures are generated or invented. The data annex "
                "says which."
            )
            if edition.invented
            else "",
            "standfirst": _(
                "Every figure carries a small number that leads to the data annex: there stand the measure, "
                "the records behind the figure, and where to open them. Letters lead to the sources."
            ),
        },
        "form": form_of(found),
        "corrections": [correction_of(correction) for correction in found.corrections],
        "sections": [
            {
                "key": section.key,
                "numeral": section.numeral,
                "title": section.title,
                "blocks": found.sections.get(section.key, []),
            }
            for section in kind.sections
            if not section.on_form
        ],
        "cells": [cell_of(found, cell) for cell in found.cells if not cell.in_chart],
        "sources": found.sources,
        "annex": {
            "opening": [{"kind": "paragraph", "runs": [{"text": _opening(found)}]}],
            "cells_caption": _("The numbers of this paper, in the order in which they appear"),
            "sources_title": _("Sources, and what is invented among them")
            if edition.invented
            else _("Sources"),
            "parts": found.annex,
        },
        "files": files,
    }


def form_of(found: Contents) -> dict[str, Any]:
    """The board item form."""
    edition, kind = found.edition, registry.get(found.edition.report)
    return {
        "district": edition.district,
        "agenda_item": edition.agenda_item or _("(to be assigned)"),
        "meeting_date": long_date(edition.meeting_date),
        "subject": edition.subject,
        "item_types": [
            {"label": label, "checked": key == edition.item_type} for key, label in kind.item_types
        ],
        "division": edition.division,
        "parts": [
            {"key": section.key, "title": section.title, "blocks": found.sections.get(section.key, [])}
            for section in kind.sections
            if section.on_form
        ],
        "documents": list(kind.documents),
        "minutes": _("%(count)s minutes") % {"count": edition.minutes_planned},
        "submitted_by": edition.submitted_by_role,
        "approved_by": edition.approved_by_role,
        "minutes_text": edition.minutes_text
        or _("To be written by the board's secretary after the meeting."),
    }


def cell_of(found: Contents, cell: CellReading) -> dict[str, Any]:
    """A number's row in the annex."""
    period, _scope = question_of(cell)
    return {
        "id": cell.position,
        "shown": cell.shown,
        "title": cell.title,
        "measure": cell.measure_key,
        "version": cell.measure_version,
        "period": span_of(period),
        "scope": cell.campus_name,
        "parts": parts_of(cell),
        "records_shown": number_format(cell.record_count, force_grouping=True) if cell.collected else "–",  # noqa: RUF001
        "digest": cell.record_digest if cell.collected and not cell.suppressed else "",
        "url": records_url(found, cell),
        "trace": _("open the records") if cell.collected and not cell.suppressed else "",
    }


def parts_of(cell: CellReading) -> str:
    """What was divided by what."""
    if cell.value is None:
        return ""
    if cell.denominator is None or cell.numerator is None:
        return _("a sum") if cell.unit in CENTS else _("a count")
    unit, against = _units_of_parts(cell)
    return _("%(numerator)s of %(denominator)s") % {
        "numerator": display(cell.numerator, unit),
        "denominator": display(cell.denominator, against),
    }


def _units_of_parts(cell: CellReading) -> tuple[str, str]:
    """The units of numerator and denominator: money, or none that stands beside a number."""
    unit = cell.unit if cell.unit in CENTS else ""
    try:
        measure = measures.get(cell.measure_key)
    except measures.UnknownMeasure:
        return unit, unit
    unit = unit or (measure.parts_unit if measure.parts_unit in CENTS else "")
    against = measure.denominator_unit or unit
    return unit, against if against in CENTS else ""


def records_url(found: Contents, cell: CellReading) -> str:
    """Where the records behind a number open: the frozen ones, or for a live number today's."""
    if not found.is_live:
        return f"{settings.SITE_URL}/reports/{found.edition.pk}/numbers/{cell.position}"
    asked = {"from": cell.period_start, "to": cell.period_end, "as_of": cell.as_of}
    query = urlencode({name: str(day) for name, day in asked.items() if day})
    return f"{settings.SITE_URL}/trace/{cell.measure_key}?{query}"


def _opening(found: Contents) -> str:
    edition = found.edition
    if edition.pk is None:
        return _("This draft was not kept. Its numbers were read when it was printed.")
    if edition.frozen_at is None:
        return _("This is a draft. Its numbers were read when it was printed; review freezes them.")
    return _(
        "The numbers of this edition were frozen on %(moment)s and have not been changed since. Each one "
        "was read by a named measure whose value and records come from the same query; the digest is the "
        "SHA-256 of the list of its records, so that anyone can check that the records shown are the "
        "records counted."
    ) % {"moment": f"{timezone.localtime(edition.frozen_at):%B %-d, %Y at %H:%M}"}


def _name(found: Contents) -> str:
    """What the paper calls itself at the foot of each page."""
    edition = found.edition
    if edition.pk is None:
        return _("Draft, not kept.")
    if found.copy:
        return _("Edition %(number)s, annotated copy %(copy)s.") % {
            "number": edition.number,
            "copy": found.copy,
        }
    return _("Edition %(number)s.") % {"number": edition.number}


def correction_of(correction: Correction) -> dict[str, Any]:
    """A correction as readers see it."""
    return {
        "day": long_date(timezone.localdate(correction.at)),
        "number": correction.cell.position if correction.cell else None,
        "text": correction.text,
        "role": str(Role(correction.role).label) if correction.role in Role.values else correction.role,
    }
