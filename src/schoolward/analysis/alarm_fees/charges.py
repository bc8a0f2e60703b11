"""What permits themselves cost: first fee, renewal, lateness of a renewal, reinstatement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolward.analysis.alarm_fees.days import NEVER, day_date, day_number
from schoolward.analysis.alarm_fees.ordinance import Ordinance, PermitFees
from schoolward.analysis.alarm_fees.records import Permit
from schoolward.analysis.alarm_fees.validity import Cancellation


class ChargeKind(StrEnum):
    """What a charge that is not for an alarm is for."""

    PERMIT = "permit"
    RENEWAL = "renewal"
    LATE_RENEWAL = "late-renewal"
    REINSTATEMENT = "reinstatement"


@dataclass(frozen=True, slots=True)
class Charge:
    """One charge for a permit, in cents, and the sentence that says why."""

    system: str
    permit: str
    day: date
    kind: ChargeKind
    cents: int
    why: str


def permit_charges(
    ordinance: Ordinance,
    permits: Sequence[Permit],
    systems: Mapping[str, int],
    cancelled: Iterable[Cancellation],
    as_of: int,
) -> tuple[Charge, ...]:
    """Return what permits cost up to a day, by system and day; they come sorted by system and first day."""
    found: list[Charge] = []
    seen: set[tuple[str, str]] = set()
    back = {(one.system, one.until) for one in cancelled if one.until != NEVER}
    for permit in permits:
        fees = _fees(ordinance, permit, permit.valid_from)
        renewal = (permit.system, permit.number) in seen
        seen.add((permit.system, permit.number))
        if fees is not None:
            found.extend(_term(permit, fees, renewal=renewal))
        if permit.reinstated_on is None or day_number(permit.reinstated_on) > as_of:
            continue
        day = day_number(permit.reinstated_on)
        by_hand = permit.cancelled_on is not None and permit.cancelled_on < permit.reinstated_on
        fees = _fees(ordinance, permit, permit.reinstated_on)
        if (
            fees is not None
            and fees.reinstatement_cents
            and (by_hand or (systems[permit.system], day) in back)
        ):
            why = f"The permit was cancelled and reinstated on {day_date(day)}."
            found.append(
                Charge(
                    permit.system,
                    permit.number,
                    permit.reinstated_on,
                    ChargeKind.REINSTATEMENT,
                    fees.reinstatement_cents,
                    why,
                )
            )
    unlike = dict.fromkeys(found)
    return tuple(sorted(unlike, key=lambda one: (one.system, one.day, one.permit, one.kind)))


def _fees(ordinance: Ordinance, permit: Permit, day: date) -> PermitFees | None:
    edition = ordinance.edition_on(day)
    return None if edition is None else edition.permit_fees(permit.kind)


def _term(permit: Permit, fees: PermitFees, *, renewal: bool) -> Iterable[Charge]:
    day = permit.valid_from
    if renewal and fees.renewal_cents:
        why = f"The permit was renewed for the term from {permit.starts_on}."
        yield Charge(permit.system, permit.number, day, ChargeKind.RENEWAL, fees.renewal_cents, why)
    if not renewal and fees.first_cents:
        why = f"The permit was granted from {permit.starts_on}."
        yield Charge(permit.system, permit.number, day, ChargeKind.PERMIT, fees.first_cents, why)
    if renewal and fees.late_renewal_cents and permit.issued_on and permit.issued_on > permit.starts_on:
        why = f"The renewal came on {permit.issued_on}, after the term from {permit.starts_on} had begun."
        yield Charge(permit.system, permit.number, day, ChargeKind.LATE_RENEWAL, fees.late_renewal_cents, why)
