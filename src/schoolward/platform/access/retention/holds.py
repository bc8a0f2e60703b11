"""Litigation holds: what they name is never due, whatever a schedule says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from schoolward.platform.access.merging import one_person
from schoolward.platform.access.models import LitigationHold, ProtectedRecord
from schoolward.platform.access.models.retention import Covers
from schoolward.platform.access.permissions import check
from schoolward.platform.access.references import fit_subject, protected_models
from schoolward.platform.access.refusal import Refusal, fit_text
from schoolward.platform.access.retention.registry import retained
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import lock_chain, record

HOLD = "holds.place"
LONGEST_REASON, LONGEST_MATTER, MOST_NAMES = 300, 120, 500


def holds(viewer: Viewer) -> QuerySet[LitigationHold]:
    """The holds on the own agency's records, the newest first; all for the system."""
    check(viewer, HOLD)
    rows = LitigationHold.objects.select_related("agency", "placed_by", "lifted_by")
    return rows if viewer.is_system else rows.filter(Q(agency=viewer.agency_id) | Q(agency__isnull=True))


def place(
    *, covers: str, names: Iterable[str], matter: str, reason: str, by: Viewer, at: datetime
) -> LitigationHold:
    """Hold one person's records, a table, or the records and persons of a matter. Raises :class:`Refusal`.

    Of the own agency's records; the system holds those of every agency. A reference that no record of any
    agency has is refused: a slip of the keyboard would hold nothing. What was put together with what it names
    is held too, and kept beside it, because the database's own wall goes by these references.

    It waits for a disposal that is under way at this moment: what that has deleted is gone, what it has not
    is held from here on.
    """
    check(by, HOLD)
    named = _fit_names(covers, names)
    if covers != Covers.TABLE:
        _not_nobody(named, by)
    if by.agency_id is None and not by.is_system:
        raise Refusal(_("A hold is placed by an agency: place it as one of its people."))
    with transaction.atomic():
        lock_chain()
        hold = LitigationHold.objects.create(
            covers=covers,
            names=named if covers == Covers.TABLE else sorted(one_person(named)),
            agency_id=by.agency_id,
            matter=fit_text(matter, field="matter", longest=LONGEST_MATTER),
            reason=fit_text(reason, field="reason", longest=LONGEST_REASON),
            placed_at=at,
            placed_by_id=by.account_id,
        )
        _note("access.hold_placed", hold, by, at)
    return hold


def lift(*, hold_id: int, reason: str, by: Viewer, at: datetime) -> LitigationHold:
    """End a hold. Raises ``LitigationHold.DoesNotExist`` and :class:`Refusal`."""
    check(by, HOLD)
    with transaction.atomic():
        hold = holds(by).select_for_update(of=("self",)).get(pk=hold_id)
        if hold.agency_id != by.agency_id and not by.is_system:
            raise Refusal(_("Who holds every agency's records lifts it: the operator of the machine."))
        if hold.lifted_at is not None:
            raise Refusal(_("It is lifted already."))
        hold.lifted_reason = fit_text(reason, field="reason", longest=LONGEST_REASON)
        hold.lifted_at = at
        hold.lifted_by_id = by.account_id
        hold.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
        _note("access.hold_lifted", hold, by, at)
    return hold


def held(model: type[ProtectedRecord]) -> Q:
    """The rows of a table that some hold names."""
    label = model._meta.label
    found = Q(pk__in=[])
    for hold in LitigationHold.objects.filter(lifted_at__isnull=True):
        names = one_person(hold.names)
        numbers = [int(name.rpartition(":")[2]) for name in names if name.startswith(f"{label}:")]
        named = Q(pk__isnull=False) if label in names else Q(subject__in=names) | Q(pk__in=numbers)
        found |= named if hold.agency_id is None else named & Q(agency=hold.agency_id)
    return found


def _fit_names(covers: str, names: Iterable[str]) -> list[str]:
    given = [name.strip() for name in names if name.strip()]
    if covers not in Covers.values:
        raise Refusal(_("Choose one of: %(known)s.") % {"known": ", ".join(Covers.values)}, field="covers")
    if not given:
        raise Refusal(_("Say what is held."), field="names")
    if covers != Covers.MATTER and len(given) != 1:
        raise Refusal(_("Name one; a matter can name several."), field="names")
    if len(given) > MOST_NAMES:
        raise Refusal(_("Name at most %(most)d at once.") % {"most": MOST_NAMES}, field="names")
    if covers == Covers.TABLE:
        if given[0] not in retained():
            raise Refusal(_("Choose one of: %(known)s.") % {"known": ", ".join(retained())}, field="names")
        return given
    return sorted({fit_subject(name, field="names") for name in given})


def _not_nobody(names: list[str], by: Viewer) -> None:
    """Refuse references that no record has, sealed ones included: what is sealed can be held."""
    unknown = set(names)
    with within(Viewer.system(at=by.at, name=by.account_name), sealing=True):
        for label, model in protected_models().items():
            rows = model.including_sealed
            unknown -= set(rows.filter(subject__in=unknown).values_list("subject", flat=True))
            own = [int(name.rpartition(":")[2]) for name in unknown if name.startswith(f"{label}:")]
            unknown -= {
                f"{label}:{number}" for number in rows.filter(pk__in=own).values_list("pk", flat=True)
            }
    if unknown:
        raise Refusal(
            _("No record has this reference: %(names)s. Look at its number.")
            % {"names": ", ".join(sorted(unknown))},
            field="names",
        )


def _note(action: str, hold: LitigationHold, by: Viewer, at: datetime) -> None:
    """By the hold's own number, and how many it names: the list itself stays in the hold."""
    detail = {"covers": hold.covers, "named": len(hold.names)}
    record(action, by=by, at=at, subject=f"access.LitigationHold:{hold.pk}", detail=detail)
