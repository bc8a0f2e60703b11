"""Barriers: reported, decided, recommended to their owner, turned into work, and closed by it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.routes.actions.recording import (
    RouteRefused,
    audit,
    known_value,
    on_earth,
    own_row,
    own_site,
    past_day,
    some_words,
    within,
    written,
)
from schoolward.domains.routes.models import (
    Answer,
    Barrier,
    BarrierKind,
    BarrierState,
    BarrierStep,
    Countermeasure,
    Owner,
    Recommendation,
    Severity,
    TimeOfDay,
)
from schoolward.domains.routes.states import Move, transition_for
from schoolward.domains.work.actions import carry_file, open_work
from schoolward.domains.work.hooks import on_work_moved
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.actions import store_file
from schoolward.platform.files.store import FileTooLarge, FileTypeRefused, Readable

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/heic"})
"""What a photograph may be: pictures as phones take them."""

SOURCE = "routes.Recommendation"
"""How the work names the recommendation that asked for it."""

DESCRIPTIVE = frozenset(
    {
        "kind",
        "title",
        "description",
        "place",
        "longitude",
        "latitude",
        "owner",
        "severity",
        "time_of_day",
    }
)
MOST_CENTS = 100_000_000_000


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    for name, choices in (
        ("kind", BarrierKind),
        ("owner", Owner),
        ("severity", Severity),
        ("time_of_day", TimeOfDay),
    ):
        if name in found:
            known_value(found[name], choices.values, name)
    for name in ("title", "place"):
        if name in found:
            found[name] = some_words(found[name], name)
            within(len(found[name]), 1, 200, name)
    return found


@transaction.atomic
def report_barrier(
    *,
    campus_id: int,
    kind: str,
    title: str,
    place: str,
    longitude: float,
    latitude: float,
    by: Viewer,
    at: datetime,
    description: str = "",
    owner: str = Owner.UNKNOWN,
    severity: str = Severity.MEDIUM,
    time_of_day: str = TimeOfDay.ALWAYS,
    found_on: date | None = None,
    reference: str = "",
    source: str = "",
    photo: Readable | None = None,
    photo_name: str = "",
    invented: bool = False,
) -> Barrier:
    """Report a barrier near a site. It gets a reference of its own when none is given.

    Raises :class:`RouteRefused` for what cannot be, a reference that is taken or a photograph that is none;
    ``AccessDenied`` at a site that is not the viewer's.
    """
    own_site(campus_id, by=by, permission="routes.report")
    on_earth(longitude, latitude)
    day = found_on or timezone.localdate(at)
    past_day(day, at, "found_on")
    values = _checked(
        {
            "kind": kind,
            "title": title,
            "place": place,
            "owner": owner,
            "severity": severity,
            "time_of_day": time_of_day,
        }
    )
    reference = reference.strip()
    if reference and Barrier.objects.filter(reference=reference).exists():
        raise RouteRefused(
            _("Another barrier has this reference. Leave it empty to get a new one."), field="reference"
        )
    if source and Barrier.objects.filter(source=source).exists():
        raise RouteRefused(_("This record has its barrier already."), field="source")
    barrier = Barrier.objects.create(
        # The number comes from the row itself; until it is known a placeholder keeps the column unique.
        reference=reference or f"new-{at.timestamp()}-{title}"[:40],
        campus_id=campus_id,
        description=description.strip(),
        longitude=longitude,
        latitude=latitude,
        source=source,
        found_on=day,
        reported_by_id=by.account_id,
        invented=invented,
        **values,
    )
    if not reference:
        barrier.reference = f"B-{barrier.pk:05d}"
        barrier.save(update_fields=["reference"])
    _step(barrier, "", by=by, at=at)
    audit("barrier_reported", barrier, by=by, reference=barrier.reference, site=campus_id)
    if photo is not None:
        _put_photo(barrier, photo, photo_name, by=by)
    return barrier


@transaction.atomic
def add_photo(*, barrier_id: int, photo: Readable, photo_name: str, by: Viewer, at: datetime) -> Barrier:
    """Give a barrier its photograph, or another. Raises :class:`RouteRefused` where it is no picture."""
    barrier = own_row(Barrier, barrier_id, by=by, permission="routes.report")
    _put_photo(barrier, photo, photo_name, by=by)
    return barrier


def _put_photo(barrier: Barrier, photo: Readable, name: str, *, by: Viewer) -> None:
    try:
        stored = store_file(photo, name=name, by=by, at=by.at, allowed=PICTURES)
    except (FileTooLarge, FileTypeRefused) as refused:
        raise RouteRefused(str(refused), field="photo") from None
    written(
        barrier, {"photo": stored, "photo_name": stored.first_name}, "barrier_photo", by=by, file=stored.pk
    )


@transaction.atomic
def describe_barrier(*, barrier_id: int, changes: Mapping[str, Any], by: Viewer, at: datetime) -> Barrier:
    """Change what an open barrier says. Raises :class:`RouteRefused` where it is closed or declined, and
    ``ValueError`` for a field that has an action of its own."""
    if foreign := set(changes) - DESCRIPTIVE:
        raise ValueError(f"not descriptive: {', '.join(sorted(foreign))}")
    barrier = own_row(Barrier, barrier_id, by=by, permission="routes.decide")
    if not barrier.is_open:
        raise RouteRefused(_("This barrier is closed or declined. Reopen it with a reason first."))
    values = _checked(changes)
    on_earth(values.get("longitude", barrier.longitude), values.get("latitude", barrier.latitude))
    written(barrier, values, "barrier_described", by=by, reference=barrier.reference)
    return barrier


@transaction.atomic
def decide_barrier(*, barrier_id: int, move: str, by: Viewer, at: datetime, reason: str = "") -> Barrier:
    """Accept, decline or reopen a barrier. Raises :class:`RouteRefused` for a move that the state does not
    allow, and for a reason that is wanting."""
    barrier = own_row(Barrier, barrier_id, by=by, permission="routes.decide")
    found = transition_for(move, barrier.state)
    if found is None or not found.by_hand:
        raise RouteRefused(
            _("A barrier that is %(state)s cannot be moved so.") % {"state": barrier.get_state_display()}
        )
    _move(barrier, move, by=by, at=at, reason=reason)
    return barrier


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
    _move(barrier, Move.RECOMMEND, by=by, at=at)
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
        _move(barrier, Move.REFUSED, by=by, at=at, reason=text)
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
    _move(barrier, Move.OPEN_WORK, by=by, at=at)
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
        _move(barrier, move, by=by, at=at, reason=reason or _("The work moved."))


def _move(barrier: Barrier, move: str, *, by: Viewer, at: datetime, reason: str = "") -> None:
    found = transition_for(move, barrier.state)
    assert found is not None  # noqa: S101 - every caller has looked
    if found.needs_reason:
        reason = some_words(reason, "reason")
    before, barrier.state = barrier.state, found.end
    today = timezone.localdate(at)
    barrier.closed_on = today if found.end == BarrierState.CLOSED else None
    if found.end == BarrierState.ACCEPTED:
        barrier.accepted_on = barrier.accepted_on or today
    barrier.save(update_fields=["state", "accepted_on", "closed_on"])
    _step(barrier, before, by=by, at=at, reason=reason.strip())
    audit("barrier_moved", barrier, by=by, reference=barrier.reference, move=str(move), to=found.end)


def _step(barrier: Barrier, before: str, *, by: Viewer, at: datetime, reason: str = "") -> None:
    BarrierStep.objects.create(
        barrier=barrier,
        number=barrier.steps.count() + 1,
        from_state=before,
        to_state=barrier.state,
        reason=reason,
        at=at,
        on=timezone.localdate(at),
        by_id=by.account_id,
        by_name=by.account_name,
    )
