"""The walk on a phone: one stretch a page, one tap an answer, everything saved at once."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.analysis.assessing.shapes import Mark
from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.actions.filled_walk import asked_now, has_conditions
from schoolward.domains.assessments.forms import PhotoForm
from schoolward.domains.assessments.models import Walk
from schoolward.domains.assessments.views.filled import walk_of_form
from schoolward.domains.assessments.views.showing import (
    progress_of,
    shown_devices,
    shown_items,
    shown_sections,
)
from schoolward.domains.assessments.walk_forms import unrated_questions
from schoolward.domains.assessments.walk_journals import journal_of
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.files.queries import response as file_response
from schoolward.platform.files.store import FileTooLarge, FileTypeRefused
from schoolward.platform.ui.form_pages import FORM, form_page, sent

_UNPROCESSABLE = 422
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_SEEN = 100
"""So many entries stand at an item at most: two of each device."""


def walk_or_404(viewer: Viewer, pk: int) -> Walk:
    """The walk of this number if the viewer may see it; otherwise nobody learns that it is there."""
    return get_object_or_404(queries.walks(viewer), pk=pk)


def is_mine(walk: Walk, viewer: Viewer) -> bool:
    """Whether the viewer answers in this walk; others look."""
    return (
        walk.submitted_at is None
        and walk.assessor_id == viewer.account_id
        and may(viewer, "assessments.walk")
    )


@require_safe
@requires("assessments.answers")
def walk(request: HttpRequest, pk: int) -> HttpResponse:
    """One stretch of the walk, with its items and how far the whole is."""
    viewer = viewer_of(request)
    found = walk_or_404(viewer, pk)
    journal = journal_of(found)
    asked = asked_now(journal, at=viewer.at)
    answers = queries.current_answers(found.pk)[found.pk]
    sections = shown_sections(asked, answers)
    if not sections:
        return walk_of_form(request, found, is_mine=is_mine(found, viewer))
    keys = [section.key for section in sections]
    wanted = request.GET.get("part", "")
    key = wanted if wanted in keys else next((one.key for one in sections if one.is_open), keys[0])
    place = keys.index(key)
    last = queries.last_time(found)
    items = shown_items([one for one in asked if one.section == key], answers, last, found, journal)
    context: dict[str, Any] = {
        "walk": found,
        "sections": sections,
        "section": sections[place],
        "earlier": sections[place - 1] if place else None,
        "later": sections[place + 1] if place + 1 < len(sections) else None,
        "items": items,
        "progress": progress_of(asked, answers),
        "is_mine": is_mine(found, viewer),
        "can_repeat": any(one.last is not None and one.answer is None for one in items),
        "plan": queries.plan_for_pins(found),
        "devices": shown_devices(journal),
        "elsewhere": len(asked_elsewhere(found)),
    }
    return render(request, "assessments/walk.html", context)


def asked_elsewhere(walk: Walk) -> list[str]:
    """What the walk's form asks beside its items: only the page with scripts and ODK Collect ask that."""
    version = walk.assessment.version if walk.assessment is not None else None
    return unrated_questions(version) if version is not None else []


def read_answer(text: str) -> Given:
    """An answer as a form sends it: a whole number, or a mark. Raises ``AssessmentRefused``."""
    if text in list(Mark):
        return Mark(text)
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text)
    raise actions.AssessmentRefused(_("Choose one of the answers."), field="answer")


@require_POST
@requires("assessments.walk")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one answer; the item comes back as it is kept, with the progress."""
    viewer = viewer_of(request)
    found = walk_or_404(viewer, pk)
    code = request.POST.get("code", "")
    problem = ""
    try:
        actions.give_answers(
            walk_id=pk,
            answers=[
                actions.GivenAnswer(
                    code=code,
                    answer=read_answer(request.POST.get("answer", "")),
                    note=request.POST.get("note", ""),
                    client_id=_client_id(request),
                    seen=_seen(request),
                )
            ],
            by=viewer,
            at=now(viewer.at),
        )
    except actions.AssessmentRefused as refusal:
        problem = str(refusal)
    return _item_again(request, found, code, problem)


def _client_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        raise actions.AssessmentRefused(_("The page is too old. Load it anew.")) from None


def _seen(request: HttpRequest) -> tuple[str, ...]:
    """The entries of devices that stood at the item when the page was made."""
    named = request.POST.get("seen", "").split(",")[:MOST_SEEN]
    return tuple(id for id in named if _UUID.fullmatch(id))


def _item_again(request: HttpRequest, found: Walk, code: str, problem: str) -> HttpResponse:
    """The item alone for a page that is up to date; the whole stretch for one without scripts."""
    viewer = viewer_of(request)
    journal = journal_of(found)
    asked = asked_now(journal, at=viewer.at)
    one = next((one for one in asked if one.item.code == code), None)
    if not request.htmx or one is None:  # type: ignore[attr-defined]
        if problem:
            messages.error(request, problem)
        part = f"?part={one.section}#item-{code}" if one is not None else ""
        return redirect(reverse("assessments:walk", args=[found.pk]) + part)
    answers = queries.current_answers(found.pk)[found.pk]
    shown = shown_items([one], answers, queries.last_time(found), found, journal)[0]
    context = {
        "walk": queries.walks(viewer).get(pk=found.pk),
        "shown": shown,
        "problem": problem,
        "is_mine": is_mine(found, viewer),
        "progress": progress_of(asked, answers),
        "plan": queries.plan_for_pins(found),
        "is_part": True,
    }
    answer = render(request, "assessments/_item.html", context)
    if has_conditions(journal):
        # Other items may be asked now, or no longer.
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@requires("assessments.walk")
def as_last_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what is open in a stretch as the assessment before did."""
    viewer = viewer_of(request)
    walk_or_404(viewer, pk)
    section = request.POST.get("part", "")
    try:
        kept = actions.answer_as_last_time(walk_id=pk, section=section, by=viewer, at=now(viewer.at))
    except actions.AssessmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("%(n)d answered as last time. Change what is different.") % {"n": kept.new},
        )
    return redirect(f"{reverse('assessments:walk', args=[pk])}?part={section}")


@FORM
@requires("assessments.walk")
def photo_add(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Add a photograph to an item: at once from the walk, or with its place on the plan."""
    viewer = viewer_of(request)
    found = walk_or_404(viewer, pk)
    one = next((one for one in queries.asked_in(found) if one.item.code == code), None)
    if one is None:
        raise Http404
    plan = queries.plan_for_pins(found)
    form = PhotoForm(
        sent(request),
        request.FILES if request.method == "POST" else None,
        has_plan=plan is not None,
        initial={"client_id": uuid4()},
    )
    problem = ""
    if form.is_valid():
        try:
            _keep_photo(form, pk, code, plan.pk if plan else None, viewer)
        except (FileTooLarge, FileTypeRefused, actions.AssessmentRefused) as refusal:
            problem = str(refusal)
            form.add_error("photo", problem)
        else:
            if not request.htmx:  # type: ignore[attr-defined]
                messages.success(request, _("The photograph is kept."))
    if request.htmx and form.is_bound:  # type: ignore[attr-defined]
        return _item_again(request, found, code, problem or _first_error(form))
    back = f"{reverse('assessments:walk', args=[pk])}?part={one.section}#item-{code}"
    if form.is_valid():
        return redirect(back)
    if plan is not None:
        context = {
            "form": form,
            "plan": plan,
            "one": one,
            "cancel_url": back,
            "campus_id": found.campus_id,
            "submit_label": _("Keep the photograph"),
        }
        status = _UNPROCESSABLE if form.is_bound else 200
        return render(request, "assessments/photo.html", context, status=status)
    return form_page(
        request,
        form,
        title=_("Photograph"),
        lead=one.item.text,
        button=_("Keep the photograph"),
        back=back,
    )


def _first_error(form: PhotoForm) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "")


def _keep_photo(form: PhotoForm, pk: int, code: str, plan_id: int | None, viewer: Viewer) -> None:
    given = form.cleaned_data
    across, down = given.get("across"), given.get("down")
    upload = given["photo"]
    actions.add_photo(
        walk_id=pk,
        code=code,
        stream=upload,
        file_name=upload.name or "",
        caption=given["caption"],
        client_id=given["client_id"],
        pin=actions.Pin(
            longitude=given["longitude"],
            latitude=given["latitude"],
            plan_id=None if across is None and down is None else plan_id,
            x=None if across is None else across / 100,
            y=None if down is None else down / 100,
        ),
        by=viewer,
        at=now(viewer.at),
    )


@require_safe
@requires("assessments.answers")
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A photograph, for those who may see its walk."""
    kept = get_object_or_404(queries.photos(viewer_of(request)), pk=pk)
    return file_response(kept.file, name=kept.file_name)
