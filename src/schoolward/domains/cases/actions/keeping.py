"""What is kept beside a referral: the young person, who stands for them, goals, services, follow-ups."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.dosage import fit_count, fit_plan
from schoolward.domains.cases.actions.recording import (
    TO_DELIVER,
    CaseRefused,
    as_system,
    audit,
    day_of,
    locked,
    youth_for,
)
from schoolward.domains.cases.actions.referring import fit_age
from schoolward.domains.cases.models import (
    DAYS_OF,
    MONTHS,
    FollowUp,
    Found,
    FoundBy,
    Goal,
    GoalState,
    Guardian,
    Referral,
    Service,
    Youth,
    of_referral,
    of_youth,
)
from schoolward.domains.cases.queries.consents import GONE, yes_of
from schoolward.domains.cases.states import OPEN, State
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.refusal import fit_text
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

LONGEST_WORDS = 300
YOUTH_FIELDS = frozenset(
    {"legal_name", "preferred_name", "born_on", "local_number", "home_language", "school_id"}
)


@transaction.atomic
def change_youth(*, youth_id: int, changes: dict[str, Any], by: Viewer, at: datetime) -> Youth:
    """Set right what is kept of a young person. The event names the fields, not what stood in them."""
    with within(as_system(by)):
        found = youth_for(youth_id, by=by)
        different = {
            name: value
            for name, value in changes.items()
            if name in YOUTH_FIELDS and getattr(found, name) != value
        }
        if not different:
            return found
        for field in ("legal_name", "preferred_name", "local_number"):
            if different.get(field):
                fit_text(different[field], field=field, longest=200)
        for name, value in different.items():
            setattr(found, name, value)
        if not found.legal_name.strip():
            raise CaseRefused(_("Give the name as it stands at school."), field="legal_name")
        if "born_on" in different:
            fit_age(found.born_on, timezone.localdate(at))
        found.save(update_fields=sorted(name.removesuffix("_id") for name in different))
        audit("youth_changed", found, by=by, fields=sorted(different))
    return found


@transaction.atomic
def keep_guardian(
    *, youth_id: int, guardian_id: int | None = None, by: Viewer, at: datetime, **fields: str
) -> Guardian:
    """Enter an adult who stands for the young person, or set right how to reach one."""
    with within(as_system(by)):
        youth = youth_for(youth_id, by=by)
        fields["name"] = fit_text(fields.get("name", ""), field="name", longest=200)
        if guardian_id is None:
            kept = Guardian.objects.create(**of_youth(youth), **fields, invented=youth.invented)
        else:
            kept = Guardian.objects.get(pk=guardian_id, youth=youth)
            for name, value in fields.items():
                setattr(kept, name, value)
            kept.save(update_fields=sorted(fields))
        audit("guardian_kept", kept, by=by)
    return kept


@transaction.atomic
def set_goal(*, referral_id: int, words: str, review_on: date, by: Viewer, at: datetime) -> Goal:
    """Write a goal down in the family's own words, with the day on which it is looked at again."""
    with within(as_system(by)):
        found = locked(referral_id, by=by, permission="cases.keep")
        if found.state not in OPEN:
            raise CaseRefused(_("The referral is over."))
        if review_on <= timezone.localdate(at):
            raise CaseRefused(_("Choose a day that is still to come."), field="review_on")
        goal = Goal.objects.create(
            **of_referral(found),
            words=fit_text(words, field="words", longest=LONGEST_WORDS),
            review_on=review_on,
            invented=found.invented,
        )
        audit("goal_set", goal, by=by)
    return goal


@transaction.atomic
def review_goal(*, goal_id: int, state: str, review_on: date | None = None, by: Viewer, at: datetime) -> Goal:
    """Say how a goal stands; one that is under way gets its next day."""
    with within(as_system(by)):
        goal = Goal.objects.select_for_update(of=("self",)).filter(pk=goal_id).first()
        locked(goal.referral_id if goal else 0, by=by, permission="cases.keep")
        assert goal is not None  # noqa: S101 - `locked` has refused before
        if state not in GoalState.values:
            raise CaseRefused(_("Say how it stands."), field="state")
        if state == GoalState.OPEN and (review_on is None or review_on <= timezone.localdate(at)):
            raise CaseRefused(_("Choose a day that is still to come."), field="review_on")
        goal.state, goal.review_on = state, review_on or goal.review_on
        goal.save(update_fields=["state", "review_on"])
        audit("goal_reviewed", goal, by=by)
    return goal


@transaction.atomic
def plan_service(*, referral_id: int, offering_id: int, planned: int, by: Viewer, at: datetime) -> Service:
    """Plan how many sessions of an offering the young person is to come to. Again changes the number."""
    with within(as_system(by)):
        found = locked(referral_id, by=by, permission="cases.keep")
        if found.state not in OPEN:
            raise CaseRefused(_("The referral is over."))
        _still_agreed(found, at)
        fit_plan(found, offering_id, planned, by=by)
        service = Service.objects.filter(referral=found, offering=offering_id).first()
        if service is None:
            service = Service.objects.create(
                **of_referral(found), offering_id=offering_id, planned=planned, invented=found.invented
            )
        else:
            if planned < service.attended:
                raise CaseRefused(_("They came more often already."), field="planned")
            service.planned = planned
            service.save(update_fields=["planned"])
        audit("service_planned", service, by=by)
    return service


@transaction.atomic
def count_sessions(*, service_id: int, attended: int, by: Viewer, at: datetime) -> Service:
    """Say how many of the planned sessions the young person came to so far, as of today."""
    with within(as_system(by)):
        service = Service.objects.select_for_update(of=("self",)).filter(pk=service_id).first()
        number = service.referral_id if service else 0
        found = locked(number, by=by, permission="cases.deliver", needs=TO_DELIVER)
        assert service is not None  # noqa: S101 - `locked` has refused before
        _still_agreed(found, at)
        fit_count(service, found, attended, on=timezone.localdate(at))
        service.attended, service.counted_on = attended, timezone.localdate(at)
        service.save(update_fields=["attended", "counted_on"])
        audit("sessions_counted", service, by=by)
    return service


def _still_agreed(referral: Referral, at: datetime) -> None:
    """Refuse sessions of a referral whose family's yes is gone; of any other do nothing."""
    if yes_of(referral, timezone.localdate(at)) in GONE:
        raise CaseRefused(
            _("The family's yes to the program does not hold any more: ask them again, or end the referral.")
        )


def full_on(ended_on: date, months: int) -> date:
    """The day on which a follow-up of so many months is full."""
    return ended_on + timedelta(days=DAYS_OF[months])


@transaction.atomic
def follow_up(
    *,
    referral_id: int,
    months: int,
    found: str,
    source: str,
    on: date | None = None,
    by: Viewer,
    at: datetime,
) -> FollowUp:
    """Write down what was found so many months after the exit: yes, no or not known, and from whom.

    Not before the time is full, and only for those who had started. Again sets it right.
    """
    with within(as_system(by)):
        referral = locked(referral_id, by=by, permission="cases.keep")
        if months not in MONTHS:
            raise CaseRefused(_("Choose 6, 12 or 24 months."), field="months")
        if referral.ended_on is None or referral.started_on is None:
            raise CaseRefused(_("Only who has started and is out again is followed up."))
        full, day = full_on(referral.ended_on, months), day_of(on, at)
        if day < full:
            raise CaseRefused(_("The time is full on %(day)s.") % {"day": full.isoformat()}, field="months")
        if found not in Found.values or source not in FoundBy.values:
            raise CaseRefused(_("Say what was found, and from whom."), field="found")
        if (found == Found.UNKNOWN) != (source == FoundBy.NOBODY):
            raise CaseRefused(_("“Not known” goes with “nobody answered”."), field="source")
        told = {"found": found, "source": source, "on": day}
        kept = FollowUp.objects.filter(referral=referral, months=months).first()
        if kept is None:
            kept = FollowUp.objects.create(
                **of_referral(referral, RecordClass.PROTECTED),
                months=months,
                full_on=full,
                invented=referral.invented,
                **told,
            )
        else:
            for name, value in told.items():
                setattr(kept, name, value)
            kept.save(update_fields=sorted(told))
        audit("followed_up", kept, by=by, months=months)
    return kept


def is_due_for(state: str, ended_on: date | None, started_on: date | None, day: date) -> list[int]:
    """The months whose follow-up can be asked for by the day."""
    if state not in (State.COMPLETED, State.ENDED) or ended_on is None or started_on is None:
        return []
    return [months for months in MONTHS if full_on(ended_on, months) <= day]
