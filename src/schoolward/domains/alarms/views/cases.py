"""What the page of a case shows: everything that the operator needs, and the one thing that comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.models import Case, CaseState, Disposition, StepKind
from schoolward.domains.alarms.moments import moment_of
from schoolward.domains.alarms.queries.losses import in_words
from schoolward.domains.alarms.queries.plans import IMPOSSIBLE, OPEN, Answering
from schoolward.domains.alarms.views import keys
from schoolward.domains.alarms.views.answers import ANSWERS
from schoolward.domains.alarms.views.telling import told
from schoolward.platform.access.permissions import check, may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo import clock

PART_HEADER = "X-Desk"
"""The desk's script asks with this header, and gets the case without the frame of a page."""
BESIDE = "beside"
"""Its value where the case stands beside the queue, whose page has a heading of its own."""

LEVELS = (
    gettext_lazy("No call needed"),
    gettext_lazy("Little is known"),
    gettext_lazy("Somebody is there"),
    gettext_lazy("Threat to property"),
    gettext_lazy("Threat to life"),
)
_CONFLICT, _UNPROCESSABLE = 409, 422


@dataclass(frozen=True)
class Refused:
    """An answer that was refused: which, about which step or contact, why, and what was sent."""

    answer: str = ""
    message: str = ""
    sent: QueryDict = field(default_factory=QueryDict)

    @property
    def step(self) -> str:
        """The step that it is about."""
        return self.sent.get("step_id", "")

    @property
    def contact(self) -> str:
        """The contact that it is about."""
        return self.sent.get("contact_id", "")


def has_place(refused: Refused, found: Answering, *, acts: bool, is_open: bool) -> bool:
    """Whether the page still shows what was pressed, so that the refusal can stand beside it."""
    if refused.answer in ("take-over", "note", "close"):
        return True
    if refused.answer == "reopen":
        return not is_open
    if refused.answer in ("step", "impossible"):
        return acts and any(
            str(state.step.pk) == refused.step and state.state == OPEN for state in found.steps
        )
    if refused.answer == "call":
        listed = {"", *(str(state.contact.pk) for state in found.contacts)}
        return acts and refused.contact in listed
    return acts and refused.answer in ("evidence", "police", "guard", "abort")


def case_or_404(viewer: Viewer, number: str) -> Case:
    """The case of this number if the viewer may see it; otherwise nobody learns that it is there."""
    case = queries.case_by_number(viewer, number)
    if case is None:
        raise Http404
    return case


def context_of(case: Case, viewer: Viewer, refused: Refused | None = None) -> dict[str, Any]:
    """What the template of a case needs."""
    found = queries.answering(case)
    called = queries.responders(viewer)
    signals = queries.signals_of(case)
    is_open = case.state != CaseState.CLOSED
    may_answer = may(viewer, "alarms.answer")
    mine = case.claimed_by_id is not None and case.claimed_by_id == viewer.account_id
    acts = may_answer and is_open and (mine or case.state == CaseState.WAITING)
    refused = refused or Refused()
    lost = queries.still_lost(case)
    return {
        "case": case,
        "heading": 2,
        "found": found,
        "judgement": found.judgement,
        "shows_numbers": queries.reads_numbers(viewer),
        "wants_confirmation": found.judgement.level >= actions.THREAT_LEVEL,
        "still_lost": in_words(lost),
        # Whatever a case of lost systems ends as, that some are lost still wants a word.
        "denying": " ".join(sorted(Disposition.values if lost else actions.DENYING)),
        "standing": queries.standing_of(case, at=viewer.at),
        "level_words": LEVELS[found.judgement.level],
        "levels": [
            {"number": number, "words": words, "is_reached": number <= found.judgement.level}
            for number, words in enumerate(LEVELS)
        ],
        "signals": signals,
        "more_signals": max(0, case.signal_count - len(signals)),
        "told": told(found.entries, called, shows_numbers=queries.reads_numbers(viewer)),
        "last_entry": found.entries[-1].pk if found.entries else 0,
        **clocks(viewer),
        "may_answer": may_answer,
        "acts": acts,
        "mine": mine,
        "is_open": is_open,
        "held_by_another": case.state == CaseState.CLAIMED and not mine,
        "next": next_of(case, found, mine=mine) if may_answer else None,
        "agencies": [
            {
                "value": agency.value,
                "label": called.police[agency].title,
                "number": called.police[agency].phone,
                "is_right": agency == found.agency,
            }
            for agency in found.agencies
        ],
        "guard": called.guard,
        "lacks_numbers": not called.guard.phone
        or not all(called.police[agency].phone for agency in found.agencies),
        "may_enter_numbers": may(viewer, "people.numbers"),
        "outcomes": keys.outcomes(),
        "presence": keys.presence(),
        "clearing": keys.clearing(),
        "dispositions": keys.dispositions(),
        "causes": keys.causes(),
        "impossible": IMPOSSIBLE,
        "refused": refused,
        "refused_on_top": bool(refused.answer) and not has_place(refused, found, acts=acts, is_open=is_open),
    }


def clocks(viewer: Viewer) -> dict[str, int]:
    """By which ages count: the server's now, and in the demonstration the moment at which its day stands."""
    standing = round(clock.now(viewer.at).timestamp()) if clock.stands_still() else 0
    return {"now_epoch": round(viewer.at.timestamp()), "standing_epoch": standing}


@dataclass(frozen=True)
class Next:
    """The one thing that comes next: what to say, and the key or part of the page that does it."""

    text: str
    button: str
    key: str


def next_of(case: Case, found: Answering, *, mine: bool) -> Next | None:
    """What comes next for whoever answers the case."""
    if case.state == CaseState.CLOSED:
        return None
    if case.state == CaseState.WAITING:
        return Next(_("Nobody has it yet."), _("Claim it"), "c")
    if not mine:
        return None
    for index, state in enumerate(found.steps, start=1):
        if state.prevents_closing:
            following = next((contact for contact in found.contacts if contact.is_next), None)
            if state.step.kind == "call" and following is not None:
                named = {"who": following.contact.title, "number": following.contact.phone}
                return Next(_("Call %(who)s: %(number)s") % named, _("Say how it went"), "t")
            if state.lacks_deed:
                if state.step.kind == StepKind.CALL:
                    return Next(state.step.text, _("Say how a call went"), "t")
                return Next(state.step.text, _("Decide"), "send")
            has_nothing = state.step.kind == StepKind.CAMERA and not found.cameras
            return Next(state.step.text, _("No camera here") if has_nothing else _("Done"), str(index))
    return Next(_("Every step is done."), _("Close the case"), "d")


@require_safe
@requires("alarms.view")
def case_page(request: HttpRequest, number: str) -> HttpResponse:
    """One case; without the page's frame for a desk that shows it beside the queue."""
    viewer = viewer_of(request)
    return _shown(request, case_or_404(viewer, number), viewer)


@require_POST
@requires("alarms.answer")
def answer(request: HttpRequest, number: str, answer: str) -> HttpResponse:
    """Give one answer. What refuses says so beside the button that was pressed."""
    viewer = viewer_of(request)
    check(viewer, "alarms.answer")
    given = ANSWERS.get(answer)
    case = case_or_404(viewer, number)
    if given is None:
        raise Http404
    form = given.form(request.POST)
    if not form.is_valid():
        wrong = " ".join(
            f"{form.fields[name].label if name in form.fields else ''}: {' '.join(map(str, errors))}"
            for name, errors in form.errors.items()
        )
        return _shown(request, case, viewer, Refused(answer, wrong, request.POST), _UNPROCESSABLE)
    try:
        given.action(case_id=case.pk, by=viewer, at=moment_of(case, viewer), **form.cleaned_data)
    except actions.AlarmRefused as refusal:
        again = case_or_404(viewer, number)
        return _shown(request, again, viewer, Refused(answer, str(refusal), request.POST), _CONFLICT)
    if _wants_part(request):
        return _shown(request, case_or_404(viewer, number), viewer)
    return redirect(f"{reverse('alarms:case', args=[number])}#{given.anchor}")


def _wants_part(request: HttpRequest) -> bool:
    return PART_HEADER in request.headers


def _shown(
    request: HttpRequest, case: Case, viewer: Viewer, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    template = "alarms/_case.html" if _wants_part(request) else "alarms/case.html"
    context = context_of(case, viewer, refused)
    if request.headers.get(PART_HEADER) != BESIDE:
        context["heading"] = 1
    response = render(request, template, context, status=status)
    response["Vary"] = PART_HEADER
    return response
