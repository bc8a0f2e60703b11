"""Why an alarm came to what it came to, in a sentence that names the rule."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from schoolward.analysis.alarm_fees.ordinance import ANY_TYPE, Edition, WindowKind
from schoolward.analysis.alarm_fees.screening import Reason
from schoolward.analysis.alarm_fees.states import State
from schoolward.analysis.alarm_fees.terms import Ruling
from schoolward.analysis.alarm_fees.validity import Status


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence is made of; see :class:`results.Assessment`."""

    reason: Reason
    state: State
    ruling: Ruling
    edition: Edition | None
    type: str
    ordinal: int
    window_from: date | None
    permit: Status
    fee_cents: int
    surcharge_cents: int
    late_fee_cents: int
    instead: bool
    unpermitted_ordinal: int
    waiver_ends: date | None
    stands_for: str
    appeal_by: date | None
    pay_by: date | None


_NOT_COUNTED: Final = {
    Reason.NO_RULE: "no edition of the ordinance was in force on that day",
    Reason.REAL: "it had a real cause",
    Reason.UNDECIDED: "what caused it is not decided yet",
    Reason.NOT_DISPATCHED: "nobody was sent, which the ordinance excludes",
    Reason.CANCELLED_BEFORE_DISPATCH: "it was called off before anyone went, which the ordinance excludes",
    Reason.CANCELLED_BEFORE_ARRIVAL: "it was called off before anyone arrived, which the ordinance excludes",
    Reason.TEST: "it was a test with notice, which the ordinance excludes",
    Reason.VIOLENT_WEATHER: "violent weather caused it, which the ordinance excludes",
    Reason.POWER_OUTAGE: "a power outage caused it, which the ordinance excludes",
    Reason.TELEPHONE_LINE: "a telephone line caused it, which the ordinance excludes",
    Reason.ALARM_COMPANY: "the alarm company caused it, which the ordinance excludes",
    Reason.OUTSIDER: "an outsider caused it, which the ordinance excludes",
    Reason.APPEAL_GRANTED: "an appeal against it was granted",
    Reason.SAME_AS_REAL: "it belongs to an incident, up to the reset, that had a real cause",
    Reason.SAME_AS_GRANTED: "it belongs to an incident, up to the reset, whose appeal was granted",
}

_WITHOUT: Final = {
    Status.NONE: "the system had no permit",
    Status.EXPIRED: "the permit had expired",
    Status.CANCELLED: "the permit was cancelled",
}


def money(cents: int) -> str:
    """Return cents as dollars: $1,234.50."""
    return f"${cents // 100:,}.{cents % 100:02d}"


def ordinal_word(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th, 11th …"""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def sentence(facts: Facts) -> str:
    """Say whether an alarm counts, by which rule, and what it costs."""
    if facts.reason is Reason.SAME_INCIDENT:
        return (
            f"Not counted: signals before the reset count once, and alarm {facts.stands_for} stands for them."
        )
    if facts.reason is Reason.GRACE and facts.edition is not None:
        return f"Not counted: it fell into the {facts.edition.grace_days} days of grace after installation."
    if facts.reason is not Reason.COUNTED:
        told = "Not assessed" if facts.reason is Reason.NO_RULE else "Not counted"
        return f"{told}: {_NOT_COUNTED[facts.reason]}."
    if facts.edition is None:
        raise AssertionError("an alarm that counts has an edition")
    return " ".join([_counted(facts, facts.edition), _priced(facts, facts.edition), *_afterwards(facts)])


def _counted(facts: Facts, edition: Edition) -> str:
    schedule = edition.schedule_of(facts.type)
    if schedule is None or schedule.each or (len(schedule.types) == 1 and ANY_TYPE not in schedule.types):
        what = f"{facts.type} alarm"
    elif ANY_TYPE in schedule.types:
        what = "alarm"
    else:
        what = f"{' or '.join(schedule.types)} alarm"
    window = str(edition.window)
    if edition.window.kind is WindowKind.PERMIT_YEAR and facts.permit is Status.NONE:
        window = "the calendar year, for want of a permit"
    return f"{ordinal_word(facts.ordinal)} false {what} of {window} from {facts.window_from}."


def _priced(facts: Facts, edition: Edition) -> str:
    if facts.state is State.AMOUNT_UNKNOWN:
        return "The ordinance's amounts are not known to us, so nothing is claimed."
    schedule = edition.schedule_of(facts.type)
    if facts.instead:
        said = f"Without a permit each costs {money(facts.fee_cents)}: {_WITHOUT[facts.permit]}."
    elif schedule is None:
        said = f"The ordinance has no fee for {facts.type} alarms."
    else:
        tier = next((tier for tier in reversed(schedule.tiers) if tier.first <= facts.ordinal), None)
        first = ordinal_word(tier.first) if tier else ""
        if facts.fee_cents and tier:
            said = f"From the {first} each costs {money(facts.fee_cents)}."
        else:
            paying = next(
                (tier for tier in schedule.tiers if tier.cents and tier.first > facts.ordinal), None
            )
            said = f"Free up to the {ordinal_word(paying.first - 1)}." if paying else "It is free."
    if facts.surcharge_cents:
        said += f" {money(facts.surcharge_cents)} come on top: {_WITHOUT[facts.permit]}."
    return said


def _afterwards(facts: Facts) -> list[str]:
    said = []
    rule = facts.edition.unpermitted if facts.edition else None
    if facts.state is State.WAIVED and rule:
        said.append(
            f"Waived: a permit followed by {facts.waiver_ends}, and it is among the first {rule.waive_first}."
        )
    elif facts.waiver_ends is not None:
        said.append(f"It is waived if a permit follows by {facts.waiver_ends}.")
    if facts.ruling is Ruling.TOO_LATE:
        said.append(f"The appeal came after {facts.appeal_by}, too late.")
    if facts.ruling is Ruling.DENIED:
        said.append("The appeal was denied.")
    if facts.late_fee_cents:
        said.append(f"Not paid by {facts.pay_by}: {money(facts.late_fee_cents)} late fee.")
    if facts.state is State.PERMIT_CANCELLED:
        said.append(f"Not paid by {facts.pay_by}, so the permit was cancelled.")
    return said
