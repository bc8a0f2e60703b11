"""What owners are asked to do about barriers: recommended, answered, turned into work that closes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.routes.actions.moving import move_barrier
from schoolward.domains.routes.actions.recording import (
    RouteRefused,
    audit,
    known_value,
    own_row,
    past_day,
    some_words,
    within,
    written,
)
from schoolward.domains.routes.models import (
    Answer,
    Barrier,
    BarrierState,
    Countermeasure,
    Owner,
    Recommendation,
)
from schoolward.domains.routes.states import Move, transition_for
from schoolward.domains.work.actions import carry_file, open_work
from schoolward.domains.work.hooks import on_work_moved
from schoolward.platform.access.viewer import Viewer

SOURCE = "routes.Recommendation"
"""How the work names the recommendation that asked for it."""

MOST_CENTS = 100_000_000_000


@transaction.atomic
def recommend(
    *,
    barrier_id: int,
    countermeasure: str,
    text: str,
    by: Viewer,
    at: datetime,
    owner: str = "",
    estimate_cents: int | None = None,
    sent_on: date | None = None,
) -> Recommendation:
    """Recommend to the owner of an accepted barrier what to do about it.

    Raises :class:`RouteRefused` while another recommendation waits for its answer, and where nobody knows who
    owns the ground.
    """
    barrier = own_row(Barrier, barrier_id, by=by, permission="routes.decide")
    known_value(countermeasure, Countermeasure.values, "countermeasure")
    owner = owner or barrier.owner
    known_value(owner, Owner.values, "owner")
    if owner == Owner.UNKNOWN:
        raise RouteRefused(_("Say who owns the ground: somebody has to be asked."), field="owner")
    if estimate_cents is not None:
        within(estimate_cents, 0, MOST_CENTS, "estimate_cents")
    day = sent_on or timezone.localdate(at)
    _check_sent(day, barrier, at)
    if barrier.state == BarrierState.RECOMMENDED:
        raise RouteRefused(_("A recommendation stands already. Write down its answer first."))
    words = some_words(text, "text")
    if barrier.state != BarrierState.ACCEPTED:
        raise RouteRefused(_("Accept the barrier first."))
    made = Recommendation.objects.create(
        barrier=barrier,
        number=barrier.recommendations.count() + 1,
        countermeasure=countermeasure,
        text=words,
        owner=owner,
        estimate_cents=estimate_cents,
        sent_on=day,
        invented=barrier.invented,
    )
    if barrier.owner != owner:
        barrier.owner = owner
        barrier.save(update_fields=["owner"])
    move_barrier(barrier, Move.RECOMMEND, by=by, at=at)
    audit("recommended", made, by=by, reference=barrier.reference, owner=owner)
    return made


CHANGEABLE = frozenset({"countermeasure", "text", "estimate_cents", "sent_on"})
"""What of a recommendation can be corrected while it waits; another owner is another recommendation."""


@transaction.atomic
def change_recommendation(
    *, recommendation_id: int, changes: Mapping[str, Any], by: Viewer, at: datetime
) -> Recommendation:
    """Correct a recommendation that waits for its answer.

    Raises :class:`RouteRefused` once it is answered: what was agreed to, or refused, stays as it was.
    """
    made = own_row(Recommendation, recommendation_id, by=by, permission="routes.decide")
    barrier = own_row(Barrier, made.barrier_id, by=by, permission="routes.decide")
    if made.answer != Answer.WAITING:
        raise RouteRefused(_("It is answered, and stays as it was sent. Recommend anew instead."))
    found = {name: value for name, value in changes.items() if name in CHANGEABLE}
    if "countermeasure" in found:
        known_value(found["countermeasure"], Countermeasure.values, "countermeasure")
    if "text" in found:
        found["text"] = some_words(found["text"], "text")
    within(found.get("estimate_cents"), 0, MOST_CENTS, "estimate_cents")
    if "sent_on" in found:
        _check_sent(found["sent_on"], barrier, at)
    written(made, found, "recommendation_changed", by=by, reference=barrier.reference)
    return made


def _check_sent(day: date, barrier: Barrier, at: datetime) -> None:
    past_day(day, at, "sent_on")
    if barrier.accepted_on is not None and day < barrier.accepted_on:
        raise RouteRefused(_("It was sent before the barrier was accepted. Check the day."), field="sent_on")


@transaction.atomic
def answer_recommendation(
    *,
    recommendation_id: int,
    answer: str,
    by: Viewer,
    at: datetime,
    text: str = "",
    answered_on: date | None = None,
) -> Recommendation:
    """Write down what the owner said: agreed, or refused with a reason, which leaves the barrier accepted."""
    made = own_row(Recommendation, recommendation_id, by=by, permission="routes.decide")
    barrier = own_row(Barrier, made.barrier_id, by=by, permission="routes.decide")
    known_value(answer, (Answer.AGREED, Answer.REFUSED), "answer")
    if made.answer != Answer.WAITING or barrier.state != BarrierState.RECOMMENDED:
        raise RouteRefused(_("This recommendation has its answer already."))
    day = answered_on or timezone.localdate(at)
    past_day(day, at, "answered_on")
    if day < made.sent_on:
        raise RouteRefused(_("It was answered before it was sent. Check the day."), field="answered_on")
    if answer == Answer.REFUSED:
        text = some_words(text, "text")
    values = {"answer": answer, "answered_on": day, "answer_text": text.strip()}
    written(made, values, "recommendation_answered", by=by, reference=barrier.reference, answer=answer)
    if answer == Answer.REFUSED:
        move_barrier(barrier, Move.REFUSED, by=by, at=at, reason=text)
    return made


@transaction.atomic
def open_work_for(*, recommendation_id: int, by: Viewer, at: datetime) -> Recommendation:
    """Turn a recommendation that its owner agreed to into work, with the barrier's photograph beside it.

    From there it is funded, scheduled, done and verified as all work is; verified work closes the barrier.
    Raises :class:`RouteRefused` where the owner has not agreed.
    """
    made = own_row(Recommendation, recommendation_id, by=by, permission="routes.decide")
    barrier = own_row(Barrier, made.barrier_id, by=by, permission="routes.decide")
    if made.answer != Answer.AGREED or barrier.state != BarrierState.RECOMMENDED:
        raise RouteRefused(_("Work is opened once the owner has agreed, and once only."))
    item = open_work(
        source=f"{SOURCE}:{made.pk}",
        source_title=f"{barrier.reference} {barrier.title}"[:200],
        kind="task",  # recommendations are those of the evaluations of sites, and counted as such
        title=f"{made.get_countermeasure_display()}: {barrier.place}"[:200],
        description=made.text,
        campus_id=barrier.campus_id,
        trade=_TRADES.get(made.countermeasure, "other"),
        severity=barrier.severity,
        estimate_cents=made.estimate_cents,
        invented=barrier.invented,
        permission="routes.decide",
        by=by,
        at=at,
    )
    if barrier.photo_id is not None:
        carry_file(
            item_id=item.pk,
            file_id=barrier.photo_id,
            file_name=barrier.photo_name,
            text=_("The barrier as it was found."),
            permission="routes.decide",
            by=by,
            at=at,
        )
    written(made, {"work_id": item.pk}, "work_opened", by=by, reference=barrier.reference, work=item.pk)
    move_barrier(barrier, Move.OPEN_WORK, by=by, at=at)
    return made


_TRADES: dict[str, str] = {
    Countermeasure.CROSSWALK: "paving",
    Countermeasure.ISLAND: "paving",
    Countermeasure.SIDEWALK: "paving",
    Countermeasure.RAMP: "paving",
    Countermeasure.BIKEWAY: "paving",
    Countermeasure.CALMING: "paving",
    Countermeasure.SIGNS: "signs",
    Countermeasure.BEACON: "lighting",
    Countermeasure.SIGNAL: "lighting",
    Countermeasure.LIGHTING: "lighting",
    Countermeasure.GUARD: "procedure",
    Countermeasure.DROP_OFF: "procedure",
    Countermeasure.UPKEEP: "landscape",
}
_FOLLOWS: dict[str, Move] = {"verified": Move.CLOSE, "declined": Move.WORK_DECLINED}


@on_work_moved
def follow_work(*, item: Any, reason: str, by: Viewer, at: datetime) -> None:
    """Close the barrier whose work is verified; bring it back where the work is declined or reopened."""
    if not item.source.startswith(f"{SOURCE}:"):
        return
    made = Recommendation.objects.filter(work_id=item.pk).first()
    if made is None:
        return
    barrier = Barrier.objects.select_for_update(of=("self",)).get(pk=made.barrier_id)
    move = _FOLLOWS.get(item.state, Move.WORK_REOPENED)
    is_last = not barrier.recommendations.filter(number__gt=made.number).exists()
    if is_last and transition_for(move, barrier.state) is not None:
        move_barrier(barrier, move, by=by, at=at, reason=reason or _why(item.state))


def _why(state: str) -> str:
    """Why a barrier moves with its work, where nobody gave a reason."""
    told = {"verified": _("Its work was verified."), "declined": _("Its work was declined.")}
    return told.get(state, _("Its work was taken up again."))
