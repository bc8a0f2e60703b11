"""Ordering that a record be sealed, sealing it with all that hangs on it, and lifting a seal.

A sealed record is invisible to everybody, everywhere, until its seal is lifted by a second person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.platform.access.copies import forget_copies
from schoolward.platform.access.hanging import Rows, hanging_on, parents_first
from schoolward.platform.access.models import Lifting, ProtectedRecord, SealedPart, Sealing
from schoolward.platform.access.models.sealings import Ground
from schoolward.platform.access.permissions import check
from schoolward.platform.access.persons import beside
from schoolward.platform.access.policy import visible
from schoolward.platform.access.references import model_of
from schoolward.platform.access.refusal import Refusal, fit_text
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import lock_chain, record

SEAL, LIFT = "sealing.order", "sealing.lift"
LONGEST_REASON = 300
FARTHEST = 30
"""Years from today to the day of an order; what lies farther is a slip of the keyboard."""
_AT_ONCE = 500


def sealings(viewer: Viewer) -> QuerySet[Sealing]:
    """The orders of the viewer's agency, by the day on which they are due; all for the system.

    Each with ``with_it``, how many records were sealed with the one that it names.
    """
    check(viewer, SEAL)
    return _orders(viewer)


def _orders(viewer: Viewer) -> QuerySet[Sealing]:
    orders = Sealing.objects.select_related("agency", "lifting").annotate(with_it=Count("parts"))
    return orders if viewer.is_system else orders.filter(agency=viewer.agency_id)


def waiting(viewer: Viewer) -> QuerySet[Sealing]:
    """The orders that are not carried out yet."""
    return sealings(viewer).filter(sealed_at__isnull=True)


def order(*, record_name: str, ground: str, reason: str, due_on: date, by: Viewer, at: datetime) -> Sealing:
    """Start the clock: this record is to be sealed by a day. Raises :class:`Refusal`.

    A record that the viewer cannot see, or that is sealed, is refused like one that is not there.
    """
    check(by, SEAL)
    model, number = model_of(record_name)
    if ground not in Ground.values:
        raise Refusal(_("Choose the ground."), field="ground")
    if abs(due_on.year - timezone.localdate(at).year) > FARTHEST:
        raise Refusal(_("Write a day within %(years)d years of today.") % {"years": FARTHEST}, field="due_on")
    with within(by), transaction.atomic():
        row = visible(model.objects.all(), by).filter(pk=number).first()
        if row is None or not (by.is_system or row.agency_id == by.agency_id):
            raise Refusal(_("Your agency has no such record."), field="record_name")
        lock_chain()  # so that two orders of one record do not pass each other
        if Sealing.objects.filter(record=record_name.strip(), lifting__isnull=True).exists():
            raise Refusal(_("An order for it is under way."), field="record_name")
        sealing = Sealing.objects.create(
            record=record_name.strip(),
            subject=row.subject,
            agency_id=row.agency_id,
            ground=ground,
            reason=fit_text(reason, field="reason", longest=LONGEST_REASON),
            ordered_at=at,
            ordered_by_id=by.account_id,
            due_on=due_on,
        )
        _note("access.sealing_ordered", sealing, by, at)
    return sealing


def still_open(order: Sealing, by: Viewer) -> list[str]:
    """The references of the agency's other records that may be of an order's person, and that no order seals.

    A seal covers one record, and the person only with all of them.
    """
    check(by, SEAL)
    others = beside(subject=order.subject, by=by)
    ordered = Sealing.objects.filter(record__in=others, lifting__isnull=True)
    return [name for name in others if name not in set(ordered.values_list("record", flat=True))]


def seal(*, sealing_id: int, by: Viewer, at: datetime) -> Sealing:
    """Carry the order out: the record, and all that hangs on it, is nowhere from then on. One transaction.

    Whose rows those are does not matter: what another agency wrote about a sealed person would tell of them.
    Raises ``Sealing.DoesNotExist`` and :class:`Refusal`.
    """
    check(by, SEAL)
    with within(_as_system(by), sealing=True), transaction.atomic():
        forget_copies(by=by, at=at)
        lock_chain()
        sealing = sealings(by).get(pk=sealing_id)
        if sealing.sealed_at is not None:
            raise Refusal(_("It is sealed already."))
        model, number = model_of(sealing.record)
        # The lock waits for whoever writes beside the record in this moment: a foreign key holds on to it.
        row = model.including_sealed.select_for_update(of=("self",)).filter(pk=number).first()
        if row is None or (row.sealed_at is not None and not _others_in_force(sealing)):
            raise Refusal(_("The record is no longer there."))
        rows = hanging_on(row)
        all_names = {f"{child._meta.label}:{one}" for child, numbers in rows.items() for one in numbers}
        rows.setdefault(model, set()).add(number)
        # What an earlier order sealed is a part of this one too: it comes back when both are lifted.
        names = (_seal_rows(rows, at) | sealed_among(all_names)) - {sealing.record}
        _keep_parts(sealing, names)
        sealing.sealed_at = at
        sealing.sealed_by_id = by.account_id
        sealing.save(update_fields=["sealed_at", "sealed_by"])
        _note("access.sealed", sealing, by, at, with_it=len(names))
    return sealing


def lift(*, sealing_id: int, reason: str, by: Viewer, at: datetime) -> Sealing:
    """Take a seal off: what was sealed by the order comes back as it was, but for what another order seals.

    For a seal that was a mistake, or that a court has set aside. By somebody else than who has sealed.
    Raises ``Sealing.DoesNotExist`` and :class:`Refusal`.
    """
    check(by, LIFT)
    with within(_as_system(by), sealing=True), transaction.atomic():
        lock_chain()
        sealing = liftable(by).filter(pk=sealing_id).first()
        if sealing is None:
            raise Sealing.DoesNotExist
        if by.account_id is None:
            raise Refusal(_("A person lifts a seal, not a program."))
        if by.account_id == sealing.sealed_by_id:
            raise Refusal(_("You sealed it; somebody else lifts the seal."))
        why = fit_text(reason, field="reason", longest=LONGEST_REASON)
        Lifting.objects.create(sealing=sealing, reason=why, at=at, by_id=by.account_id)
        names = {sealing.record, *sealing.parts.values_list("record", flat=True)}
        back = _numbers(names - sealed_among(names))
        came = 0
        for model in parents_first(back):
            rows = model.including_sealed.filter(pk__in=sorted(back[model]), sealed_at__isnull=False)
            came += rows.update(sealed_at=None)
        _note("access.seal_lifted", sealing, by, at, back=came)
    return sealings(Viewer.system(at=at)).get(pk=sealing.pk)


def liftable(viewer: Viewer) -> QuerySet[Sealing]:
    """The seals of the viewer's agency that are in force, the newest first."""
    check(viewer, LIFT)
    return _orders(viewer).filter(sealed_at__isnull=False, lifting__isnull=True).order_by("-sealed_at", "-pk")


def sweep(*, by: Viewer, at: datetime) -> int:
    """Seal what was begun about a sealed person in the very moment of the seal. Returns how many rows.

    Only the system does this; the database refuses later ones by itself.
    """
    check(by, SEAL)
    swept = 0
    with within(_as_system(by), sealing=True), transaction.atomic():
        lock_chain()
        for sealing in _orders(by).filter(sealed_at__isnull=False, lifting__isnull=True):
            model, number = model_of(sealing.record)
            row = model.including_sealed.filter(pk=number).first()
            names = _seal_rows(hanging_on(row), at) if row is not None else set()
            if names:
                _keep_parts(sealing, names)
                _note("access.sealed", sealing, by, at, with_it=len(names))
            swept += len(names)
    return swept


def sealed_among(names: Iterable[str]) -> frozenset[str]:
    """Which of these records are sealed, by an order of their own or with another record."""
    wanted = set(names)
    own = Sealing.objects.in_force().filter(record__in=wanted).values_list("record", flat=True)
    parts = SealedPart.objects.in_force().filter(record__in=wanted).values_list("record", flat=True)
    return frozenset(own) | frozenset(parts)


def shown(names: Iterable[str]) -> list[str]:
    """References as they may be shown: in the place of one whose record is sealed, only that it is."""
    asked = list(names)
    hidden = sealed_among(asked)
    return [_("a sealed record") if name in hidden else name for name in asked]


def _as_system(by: Viewer) -> Viewer:
    """The system on behalf of somebody whose right has been judged."""
    return Viewer.system(at=by.at, name=by.account_name)


def _others_in_force(sealing: Sealing) -> bool:
    return sealing.record in sealed_among([sealing.record])


def _seal_rows(rows: Rows, at: datetime) -> set[str]:
    """Seal the rows that are not yet, parents first; their names."""
    names: set[str] = set()
    for model in parents_first(rows):
        open_rows = model.including_sealed.filter(pk__in=sorted(rows[model]), sealed_at__isnull=True)
        numbers = list(open_rows.values_list("pk", flat=True))
        open_rows.update(sealed_at=at)
        names |= {f"{model._meta.label}:{number}" for number in numbers}
    return names


def _keep_parts(sealing: Sealing, names: set[str]) -> None:
    SealedPart.objects.bulk_create(
        (SealedPart(sealing=sealing, record=name) for name in sorted(names)), batch_size=_AT_ONCE
    )


def _numbers(names: Iterable[str]) -> Rows:
    found: dict[type[ProtectedRecord], set[int]] = {}
    for name in names:
        model, number = model_of(name)
        found.setdefault(model, set()).add(number)
    return found


def _note(action: str, sealing: Sealing, by: Viewer, at: datetime, **more: int) -> None:
    """By the order's own number: the event must not name what is hidden by it."""
    detail = {"ground": sealing.ground, "due": sealing.due_on, **more}
    record(action, by=by, at=at, subject=f"access.Sealing:{sealing.pk}", detail=detail)
