"""What a case asks for: its plan and how far it is, whom to call next, and where to look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from schoolward.domains.alarms.models import (
    ANSWERED,
    ActionPlan,
    CallContact,
    CallOutcome,
    Case,
    CaseEntry,
    EntryKind,
    PlanStep,
    PoliceAgency,
    SignalKind,
    StepKind,
    Zone,
)
from schoolward.domains.alarms.queries.judging import Judgement, judgement_of
from schoolward.platform.access.policy import ALL_FIELDS, policy_for, visible
from schoolward.platform.access.viewer import Viewer

DONE, IMPOSSIBLE, OPEN = "done", "impossible", "open"
DEEDS: dict[str, frozenset[EntryKind]] = {
    StepKind.CALL: frozenset({EntryKind.CALL}),
    StepKind.DISPATCH: frozenset(
        {EntryKind.DISPATCHED_POLICE, EntryKind.DISPATCHED_GUARD, EntryKind.ABORTED}
    ),
}
"""What must stand in a case before a step of the kind is done. A decision is done with its deed; after a call
somebody still says whether it was enough of them.
"""


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of a case's plan: whether it is done, said to be impossible, or open; by whom and why."""

    step: PlanStep
    state: str
    at: datetime | None = None
    by_name: str = ""
    reason: str = ""
    lacks_deed: bool = False
    """Whether it is open, and what it asks for (`DEEDS`) stands nowhere in the case."""

    @property
    def prevents_closing(self) -> bool:
        """Whether the case cannot be closed because of it."""
        return self.state == OPEN and self.step.is_required


@dataclass(frozen=True, slots=True)
class ContactState:
    """One contact of a case's site: how often it was called, what came of it, and whether it is next."""

    contact: CallContact
    calls: int
    outcome: str
    called_at: datetime | None
    is_next: bool
    due_at: datetime | None
    """When it is due: at once, or once the one before has had the time to answer. ``None`` unless next."""


def plans(viewer: Viewer) -> QuerySet[ActionPlan]:
    """Every plan, the newest of each kind and site first."""
    found = ActionPlan.objects.select_related("campus").prefetch_related("steps")
    return visible(found.order_by("signal_kind", "campus__name", "-pk"), viewer)


def holding_plans(on: date) -> list[ActionPlan]:
    """The plans that hold on the day: those of one site before the general ones, new before old."""
    held = ActionPlan.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    )
    return sorted(held, key=lambda plan: (plan.campus_id is None, -plan.pk))


def plan_for(signal_kind: str, campus_id: int | None, held: Iterable[ActionPlan]) -> ActionPlan | None:
    """The plan for a kind of signal at a campus out of :func:`holding_plans`."""
    return next(
        (plan for plan in held if plan.signal_kind == signal_kind and plan.campus_id in (None, campus_id)),
        None,
    )


def steps_of(case: Case, entries: Iterable[CaseEntry] | None = None) -> list[StepState]:
    """The steps of the case's plan in order, each with its state. ``entries``: the case's, if at hand."""
    if case.plan_id is None:
        return []
    told = sorted(case.entries.all() if entries is None else entries, key=lambda entry: entry.pk)
    last = {
        entry.step_id: entry
        for entry in told
        if entry.step_id is not None and entry.kind in (EntryKind.STEP, EntryKind.SKIPPED)
    }
    found = []
    for step in PlanStep.objects.filter(plan_id=case.plan_id).order_by("order"):
        entry = last.get(step.pk)
        wanted = DEEDS.get(step.kind, frozenset())
        deed = next((one for one in reversed(told) if one.kind in wanted), None)
        if entry is None and deed is not None and step.kind == StepKind.DISPATCH:
            found.append(StepState(step, DONE, deed.at, deed.by_name))
        elif entry is None:
            found.append(StepState(step, OPEN, lacks_deed=bool(wanted) and deed is None))
        else:
            state = DONE if entry.kind == EntryKind.STEP else IMPOSSIBLE
            found.append(StepState(step, state, entry.at, entry.by_name, entry.text))
    return found


def contacts(viewer: Viewer) -> QuerySet[CallContact]:
    """The call lists that the viewer may see."""
    return visible(
        CallContact.objects.select_related("campus", "member").order_by("campus__name", "order"), viewer
    )


def reads_numbers(viewer: Viewer) -> bool:
    """Whether the viewer's relation to call lists opens their numbers (`policy`)."""
    rules = () if (policy := policy_for(CallContact)) is None else policy.rules
    deciding = next((rule for rule in rules if rule.holds_for(viewer) is not None), None)
    if deciding is None:
        return viewer.is_system
    return deciding.fields == ALL_FIELDS or "phone" in deciding.fields


def contacts_of(case: Case, entries: Iterable[CaseEntry] | None = None) -> list[ContactState]:
    """The call list of the case's site in order, with what was tried. Nobody is next once one answered."""
    if case.campus_id is None:
        return []
    told = case.entries.all() if entries is None else entries
    made: dict[int, list[CaseEntry]] = {}
    latest: CaseEntry | None = None
    for entry in sorted(told, key=lambda entry: entry.pk):
        if entry.kind == EntryKind.CALL:
            latest = entry
            made.setdefault(int(entry.detail.get("contact") or 0), []).append(entry)
    listed = list(CallContact.objects.filter(campus_id=case.campus_id).order_by("order"))
    answered = any(entry.detail.get("outcome") in ANSWERED for owned in made.values() for entry in owned)
    untried = next((contact for contact in listed if contact.pk not in made), None)
    waiting = {contact.pk: contact.wait_seconds for contact in listed}
    found = []
    for contact in listed:
        owned = made.get(contact.pk, [])
        is_next = contact is untried and not answered
        due_at = None
        if is_next:
            due_at = case.opened_at
            if latest is not None and latest.detail.get("outcome") in (
                CallOutcome.NO_ANSWER,
                CallOutcome.VOICEMAIL,
            ):
                wait = waiting.get(int(latest.detail.get("contact") or 0), 0)
                due_at = latest.at + timedelta(seconds=wait)
        found.append(
            ContactState(
                contact,
                len(owned),
                str(owned[-1].detail.get("outcome", "")) if owned else "",
                owned[-1].at if owned else None,
                is_next,
                due_at,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class CameraLink:
    """Where the camera of a zone is seen."""

    zone: Zone
    url: str


def cameras_of(case: Case) -> list[CameraLink]:
    """The cameras of the zones that the case's signals speak of, and of its own zone, once each."""
    if case.system_id is None:
        return []
    seen = set(case.signals.filter(zone__isnull=False).values_list("zone_id", flat=True).distinct())
    if case.zone_id is not None:
        seen.add(case.zone_id)
    zones = Zone.objects.filter(pk__in=seen).exclude(camera_link="").order_by("number")
    return [CameraLink(zone, zone.camera_link) for zone in zones]


_BY_JURISDICTION = {
    "city": (PoliceAgency.CITY_911, PoliceAgency.CITY_NON_EMERGENCY),
    "county": (PoliceAgency.COUNTY_911, PoliceAgency.COUNTY_NON_EMERGENCY),
}
_AT_ONCE = frozenset({SignalKind.HOLD_UP, SignalKind.PANIC, SignalKind.FIRE, SignalKind.MEDICAL})
EMERGENCY_LEVEL = 3
"""From this AVS-01 level on a threat is known, so that it is an emergency call."""


def agencies_of(case: Case) -> list[PoliceAgency]:
    """Whom the police may be asked of for this case: those of the ground's jurisdiction, or all of them
    where it is not known."""
    jurisdiction = case.campus.jurisdiction if case.campus is not None else ""
    return list(_BY_JURISDICTION.get(jurisdiction, tuple(PoliceAgency)))


def proposed_agency(case: Case) -> PoliceAgency | None:
    """The right one by jurisdiction and urgency; ``None`` where the jurisdiction is not known."""
    jurisdiction = case.campus.jurisdiction if case.campus is not None else ""
    pair = _BY_JURISDICTION.get(jurisdiction)
    if pair is None:
        return None
    at_once = case.signal_kind in _AT_ONCE or case.verification_level >= EMERGENCY_LEVEL
    return pair[0] if at_once else pair[1]


@dataclass(frozen=True, slots=True)
class Answering:
    """All that the page of a case shows beside the case itself."""

    case: Case
    entries: list[CaseEntry]
    steps: list[StepState]
    contacts: list[ContactState]
    cameras: list[CameraLink]
    agencies: list[PoliceAgency]
    agency: PoliceAgency | None
    judgement: Judgement

    @property
    def open_steps(self) -> list[StepState]:
        """What has to be done, or said to be impossible, before it closes."""
        return [state for state in self.steps if state.prevents_closing]


def answering(case: Case) -> Answering:
    """Gather what the operator needs for a case that came from :func:`cases.cases`."""
    entries = list(case.entries.select_related("by", "step").order_by("pk"))
    return Answering(
        case=case,
        entries=entries,
        steps=steps_of(case, entries),
        contacts=contacts_of(case, entries),
        cameras=cameras_of(case),
        agencies=agencies_of(case),
        agency=proposed_agency(case),
        judgement=judgement_of(case, entries=entries),
    )
