"""The catalogue: programs with their rules and ratings, its directory, places, and contesting a rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from schoolward.domains.programs import actions, directory, queries
from schoolward.domains.programs.api.routing import router, written
from schoolward.domains.programs.forms import (
    CapacityForm,
    ContestAnswerForm,
    ContestForm,
    PlanForm,
    ProgramForm,
    RatingForm,
)
from schoolward.domains.programs.models import CapacityReport, Program
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import RowNumber, Text, cleaned
from schoolward.protocols.open_referral import document


class PlacesIn(GuardedSchema):
    """How many places there are, are taken and are waited for. Null is not known, which is not none."""

    maximum: int
    unit: Text
    intake: Text
    taken: int | None = None
    waiting: int | None = None


class PlacesOut(PlacesIn):
    """A report of places.

    Who does not run the program learns whether one is free, and no number of young people; of fewer than
    eleven places not even that.
    """

    on: date
    vacant: int | None
    has_free: bool | None
    numbers_are_shown: bool
    invented: bool


class RatingOut(Schema):
    """What one source says, of whom and when."""

    source: str
    rating: str
    population: str
    dated: date
    date_is: str
    found_at: str


class RuleOut(Schema):
    """Who may take part, in the version that holds."""

    id: int
    version: int
    requirements: list[str]
    source: str
    written_by_role: str
    valid_from: date
    invented: bool


class ProgramOut(Schema):
    """A program as it stands today."""

    key: str
    title: str
    kind: str
    provider: str
    summary: str
    min_age: int | None
    max_age: int | None
    languages: list[str]
    how_to_join: str
    fee_cents: int | None
    parent_required: bool
    state: str
    starts_on: date | None
    pilot_until: date | None
    ended_on: date | None
    rule: RuleOut | None
    ratings: list[RatingOut]
    ratings_disagree: bool
    places: PlacesOut | None
    details_invented: bool
    invented: bool


class ContestIn(GuardedSchema):
    """What is wrong with a rule, and why: about the rule, never about a child."""

    ground: Text
    argument: Text


class ContestOut(Schema):
    """A contest with its answer, if it has one."""

    id: int
    program: str
    version: int
    ground: str
    argument: str
    on: date
    outcome: str | None
    reason: str | None


class AnswerIn(GuardedSchema):
    """The answer to a contest: ``changed`` or ``kept``, with a reason."""

    outcome: Text
    reason: Text


class ProgramIn(GuardedSchema):
    """What is said of a program. Its key should be that of the initiative that follows it, if any."""

    title: Text
    kind: Text
    provider: Text
    key: Text = ""
    summary: Text = ""
    min_age: int | None = None
    max_age: int | None = None
    languages: list[Text] = ["en"]
    how_to_join: Text = ""
    fee_cents: int | None = None
    parent_required: bool = False
    starts_on: date | None = None
    source: Text = ""


class EndedIn(GuardedSchema):
    """The day from which it is over."""

    ended_on: date


class PlanIn(GuardedSchema):
    """How much of a program there should be from a day on, and who says so."""

    valid_from: date
    sessions: int
    minutes: int
    source: Text
    weeks: int | None = None
    group_min: int | None = None
    group_max: int | None = None


class RatingIn(GuardedSchema):
    """What a source says of a program, in its own words, of whom and when."""

    source: Text
    rating: Text
    population: Text
    dated: date
    date_is: Text
    found_at: Text = ""


_COMPUTED = {"provider", "languages", "state", "rule", "ratings", "ratings_disagree", "places"}


def _out(program: Program, report: CapacityReport | None, day: date) -> dict[str, Any]:
    rated = list(program.ratings.all())
    return {
        **{name: getattr(program, name) for name in ProgramOut.model_fields if name not in _COMPUTED},
        "provider": program.provider.key,
        "languages": program.languages.split(","),
        "state": program.state_on(day),
        "rule": queries.rule_on(program, day),
        "ratings": rated,
        "ratings_disagree": queries.disagree(rated),
        "places": report,
    }


@router.get("", url_name="programs", response=list[ProgramOut])
def programs(request: HttpRequest) -> list[dict[str, Any]]:
    """The catalogue."""
    viewer = viewer_of(request)
    check(viewer, "programs.view")
    day = today(viewer.at)
    capacity = queries.latest_capacity(viewer, on=day)
    rows = queries.programs(viewer).prefetch_related("ratings")
    return [_out(one, capacity.get(one.pk), day) for one in rows]


@router.get("/services", url_name="program_services", response=dict[str, Any])
def services(request: HttpRequest) -> dict[str, Any]:
    """The catalogue as a directory of services (Open Referral HSDS 3), as its own API gives a page of
    them."""
    viewer = viewer_of(request)
    check(viewer, "programs.view")
    return document(directory.services(viewer, on=today(viewer.at)))


@router.get("/contests", url_name="program_contests", response=list[ContestOut])
def contests(request: HttpRequest, unanswered: bool = False) -> list[dict[str, Any]]:
    """What was said against rules, the newest first; or what waits for an answer, the oldest first."""
    viewer = viewer_of(request)
    check(viewer, "programs.view")
    rows = queries.unanswered(viewer) if unanswered else queries.contests(viewer)
    return [_contest(one) for one in rows]


def _contest(one: Any) -> dict[str, Any]:
    answer = getattr(one, "answer", None)
    return {
        **{name: getattr(one, name) for name in ("id", "ground", "argument", "on")},
        "program": one.rule.program.key,
        "version": one.rule.version,
        "outcome": answer.outcome if answer else None,
        "reason": answer.reason if answer else None,
    }


@router.post("/contests/{pk}/answer", url_name="program_contest_answer", response=ContestOut)
def answer(request: HttpRequest, pk: RowNumber, sent: AnswerIn) -> dict[str, Any]:
    """Answer a contest; not the one who raised it."""
    viewer = viewer_of(request)
    check(viewer, "programs.answer")
    get_object_or_404(queries.contests(viewer), pk=pk)
    written(actions.answer_contest, viewer, contest_id=pk, **cleaned(ContestAnswerForm(sent.dict())))
    return _contest(get_object_or_404(queries.contests(viewer), pk=pk))


@router.post("/rules/{pk}/take-back", url_name="program_rule_take_back", response=ProgramOut)
def take_rule_back(request: HttpRequest, pk: RowNumber) -> dict[str, Any]:
    """Take the newest version of a rule back before it is in force. The one before it goes on holding."""
    viewer = viewer_of(request)
    check(viewer, "programs.manage")
    key = get_object_or_404(queries.rules(viewer), pk=pk).program.key
    written(actions.take_back_rule, viewer, rule_id=pk)
    return program(request, key)


def _program(viewer: Viewer, key: str) -> Program:
    return get_object_or_404(queries.programs(viewer), key=key)


@router.get("/{key}", url_name="program", response=ProgramOut)
def program(request: HttpRequest, key: str) -> dict[str, Any]:
    """One program."""
    viewer = viewer_of(request)
    check(viewer, "programs.view")
    day = today(viewer.at)
    found = _program(viewer, key)
    return _out(found, queries.latest_capacity(viewer, on=day).get(found.pk), day)


@router.post("/{key}/places", url_name="program_places", response={201: PlacesOut})
def places(request: HttpRequest, key: str, sent: PlacesIn) -> Status[Any]:
    """Report places: numbers, no list. The same numbers twice on a day are one report."""
    viewer = viewer_of(request)
    check(viewer, "programs.record")
    found = _program(viewer, key)
    made = written(actions.report_capacity, viewer, program_id=found.pk, **cleaned(CapacityForm(sent.dict())))
    return Status(201, made)


@router.post("/{key}/contests", url_name="program_contest", response={201: ContestOut})
def contest(request: HttpRequest, key: str, sent: ContestIn) -> Status[Any]:
    """Say that the rule that holds today is wrong."""
    viewer = viewer_of(request)
    check(viewer, "programs.contest")
    rule = queries.rule_on(_program(viewer, key), today(viewer.at))
    fields = cleaned(ContestForm(sent.dict()))
    made = written(actions.contest_rule, viewer, rule_id=rule.pk if rule else 0, **fields)
    return Status(201, _contest(made))


def _said(viewer: Viewer, sent: ProgramIn, program: Program | None = None) -> dict[str, Any]:
    """What the form of the page makes of a program that was sent."""
    provider = queries.providers(viewer).filter(key=sent.provider).first()
    fee = None if sent.fee_cents is None else sent.fee_cents / 100
    told = {
        **sent.dict(exclude={"provider", "fee_cents"}),
        "provider_id": provider and provider.pk,
        "fee": fee,
    }
    form = ProgramForm(told, viewer=viewer, program=program)
    cleaned(form)
    return form.arguments()


@router.post("", url_name="program_add", response={201: ProgramOut})
def add(request: HttpRequest, sent: ProgramIn) -> Status[dict[str, Any]]:
    """Enter a program of a provider that is known by its short name."""
    viewer = viewer_of(request)
    check(viewer, "programs.manage")
    made = written(actions.add_program, viewer, **_said(viewer, sent))
    return Status(201, _out(_program(viewer, made.key), None, today(viewer.at)))


@router.put("/{key}", url_name="program_change", response=ProgramOut)
def change(request: HttpRequest, key: str, sent: ProgramIn) -> dict[str, Any]:
    """Say anew what a program is. What is left out becomes empty; its key stays."""
    viewer = viewer_of(request)
    check(viewer, "programs.manage")
    found = _program(viewer, key)
    changes = _said(viewer, sent, found)
    written(actions.describe_program, viewer, program_id=found.pk, changes=changes)
    return program(request, key)


@router.post("/{key}/end", url_name="program_end", response=ProgramOut)
def end(request: HttpRequest, key: str, sent: EndedIn) -> dict[str, Any]:
    """Say from which day on a program is over. What took place stays."""
    viewer = viewer_of(request)
    check(viewer, "programs.manage")
    written(actions.end_program, viewer, program_id=_program(viewer, key).pk, ended_on=sent.ended_on)
    return program(request, key)


@router.post("/{key}/plan", url_name="program_plan", response=ProgramOut)
def plan(request: HttpRequest, key: str, sent: PlanIn) -> dict[str, Any]:
    """Say how much of a program there should be. The plan before it ends on the day before."""
    viewer = viewer_of(request)
    check(viewer, "programs.manage")
    fields = cleaned(PlanForm(sent.dict()))
    written(actions.set_plan, viewer, program_id=_program(viewer, key).pk, **fields)
    return program(request, key)


@router.post("/{key}/ratings", url_name="program_rating", response=ProgramOut)
def rating(request: HttpRequest, key: str, sent: RatingIn) -> dict[str, Any]:
    """Write down what a source says. What others say stays beside it."""
    viewer = viewer_of(request)
    check(viewer, "programs.manage")
    fields = cleaned(RatingForm(sent.dict()))
    written(actions.rate, viewer, program_id=_program(viewer, key).pk, **fields)
    return program(request, key)
