"""``/trace/<key>``: from a number to the records that it was counted from."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from schoolward.home.queries.trace import all_lines, open_number
from schoolward.home.question import BadQuestion, ask, explains_bad_questions, spans
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo import clock
from schoolward.platform.exchange.writers import write_csv
from schoolward.platform.measures.display import CENTS
from schoolward.platform.measures.reading import Number, Reading, open_part
from schoolward.platform.measures.registry import Measure, NoSuchPart, Part, UnknownMeasure, get
from schoolward.platform.ui.record_pages import COLUMNS, NoRecordNumber, file_rows, place_asked

PART_TITLES: dict[Part, str | Promise] = {
    Part.NUMERATOR: gettext_lazy("Counted"),
    Part.DENOMINATOR: gettext_lazy("Held against"),
    Part.OUTSTANDING: gettext_lazy("Outstanding"),
}


def measure_or_404(key: str, viewer: Viewer) -> Measure:
    """The measure of this key, if the viewer may read it."""
    try:
        found = get(key)
    except UnknownMeasure as error:
        raise Http404(str(error)) from error
    check(viewer, found.permission, f"measure:{key}")
    return found


@require_safe
@requires("measures.view")
@explains_bad_questions
def trace(request: HttpRequest, key: str) -> HttpResponse:
    """The definition, the value with what it is held against, and its records page by page."""
    viewer = viewer_of(request)
    measure = measure_or_404(key, viewer)
    today = clock.today(viewer.at)
    question = ask(request.GET, today=today, viewer=viewer)
    try:
        opened = open_number(
            key,
            question,
            viewer,
            part=_part(request),
            **place_asked(request.GET),
        )
    except NoSuchPart as error:
        raise BadQuestion(_no_such_part(error)) from None
    except NoRecordNumber as error:
        raise BadQuestion(str(error)) from None
    return render(
        request,
        "home/trace.html",
        {
            "measure": measure,
            "question": question,
            "spans": spans(today),
            "opened": opened,
            "link": f"{question.query()}&part={opened.part}",
            "reading": opened.reading,
            "parts": part_choices(opened.reading),
        },
    )


@require_safe
@requires("measures.view")
@explains_bad_questions
def trace_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The records behind a number as CSV: every one by its key, those that the viewer may see in words."""
    viewer = viewer_of(request)
    measure_or_404(key, viewer)
    question, part = ask(request.GET, today=clock.today(viewer.at), viewer=viewer), _part(request)
    try:
        # Asked here and not while the rows go out: then it would be too late to say so.
        opened = open_part(key, question.period, question.scope, part)
    except NoSuchPart as error:
        raise BadQuestion(_no_such_part(error)) from None
    record(
        "measures.records_exported",
        by=viewer,
        at=viewer.at,
        subject=f"measure:{key}",
        detail={**question.parameters(), "part": part},
    )
    host = request.build_absolute_uri("/").rstrip("/")
    unit = opened.reading.measure.record_unit
    rows = file_rows(all_lines(key, question, viewer, part=part), unit=unit, host=host)
    columns: tuple[str, ...] = COLUMNS
    if opened.amount is None:
        rows = (row[: len(COLUMNS)] for row in rows)
    else:
        columns = (*COLUMNS, "dollars" if unit in CENTS else "amount")
    response = StreamingHttpResponse(write_csv(columns, rows), content_type="text/csv; charset=utf-8")
    name = f"{key}-records" if part is Part.NUMERATOR else f"{key}-{part}-records"
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _part(request: HttpRequest) -> Part:
    text = request.GET.get("part", "").strip()
    try:
        return Part(text) if text else Part.NUMERATOR
    except ValueError:
        raise BadQuestion(
            _("“part” is “%(text)s”. Write one of: %(parts)s.")
            % {"text": text[:40], "parts": ", ".join(Part)}
        ) from None


def _no_such_part(error: NoSuchPart) -> str:
    return _("These records cannot be opened: %(why)s.") % {"why": error}


def part_choices(reading: Reading) -> list[tuple[Part, str | Promise, Number | None]]:
    """The parts of a share with their names and how many records each has; nothing for a plain count."""
    if len(reading.parts) == 1 or reading.numerator is None or reading.denominator is None:
        return []
    sizes: dict[Part, Number | None] = {
        Part.NUMERATOR: reading.records,
        # A sum is no number of records; how many there are shows when they are opened.
        Part.DENOMINATOR: None if reading.measure.parts_unit else reading.denominator,
        Part.OUTSTANDING: reading.denominator - reading.numerator,
    }
    return [(part, PART_TITLES[part], sizes[part]) for part in reading.parts]
