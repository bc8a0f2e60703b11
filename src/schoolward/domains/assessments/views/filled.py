"""Filled forms on the page of an assessment: what else was asked, its files, and what has not come yet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from schoolward.domains.assessments import queries
from schoolward.domains.assessments.filled_forms import FilledQuestions, filled_questions, waiting_files
from schoolward.domains.assessments.models import Assessment, Filling, Walk
from schoolward.domains.assessments.views.openrosa import collect_facts
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.files.queries import response as file_response
from schoolward.protocols.xforms.session import Told


@dataclass(frozen=True)
class ShownAnswer:
    """One answer in words; ``file`` is the number of the kept file that it names, if that has come."""

    question: str
    answer: str
    file: int | None
    is_missing: bool


@dataclass(frozen=True)
class ShownFilling:
    """A filled form as the page shows it: groups of questions, and the files that have not come."""

    filling: Filling
    groups: list[tuple[str, list[ShownAnswer]]]
    waiting: list[str]
    unreadable: str


def shown_fillings(assessment: Assessment, viewer: Viewer) -> list[ShownFilling]:
    """The filled forms of an assessment's walks, as far as the viewer may see them."""
    held = queries.fillings(viewer).filter(walk__assessment=assessment)
    found = [filled_questions(filling.walk) for filling in held.order_by("walk__number")]
    return [_shown(one) for one in found if one is not None]


def _shown(found: FilledQuestions) -> ShownFilling:
    files = dict(found.filling.files.values_list("name", "pk"))
    groups = [
        (
            " · ".join(headings),
            [_answer(one, files) for one in told],
        )
        for headings, told in groupby(found.told, key=lambda one: one.headings)
    ]
    is_open = found.filling.walk.submitted_at is None and not found.unreadable
    waiting = waiting_files(found.filling) if is_open else []
    return ShownFilling(found.filling, groups, waiting, found.unreadable)


def _answer(one: Told, files: dict[str, int]) -> ShownAnswer:
    file = files.get(one.value) if one.is_file else None
    return ShownAnswer(one.question, one.answer, file, one.is_file and file is None)


def walk_of_form(request: HttpRequest, found: Walk, *, is_mine: bool) -> HttpResponse:
    """A walk whose form rates nothing: it is filled as a whole, elsewhere."""
    context = {
        "walk": found,
        "title": found.assessment.version.title if found.assessment and found.assessment.version else "",
        "is_mine": is_mine,
        "is_filled": queries.fillings(viewer_of(request)).filter(walk=found).exists(),
        **collect_facts(request, found),
    }
    return render(request, "assessments/walk_of_form.html", context)


@require_safe
@requires("assessments.answers")
def filling_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file that a filled form names."""
    filling = get_object_or_404(queries.fillings(viewer_of(request)), pk=pk)
    kept = filling.files.select_related("file").filter(pk=file).first()
    if kept is None:
        raise Http404
    return file_response(kept.file, name=kept.name)


@require_safe
@requires("assessments.answers")
def filling_xml(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The filled form as it came."""
    filling = get_object_or_404(queries.fillings(viewer_of(request)), pk=pk)
    return file_response(filling.file, name=f"walk-{filling.walk_id}.xml")
