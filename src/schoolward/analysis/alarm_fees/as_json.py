"""The result as JSON that scripts rely on. Money is in whole cents, days and times are ISO 8601."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import numpy as np

from schoolward.analysis.alarm_fees.charges import Charge
from schoolward.analysis.alarm_fees.days import NEVER, day_date
from schoolward.analysis.alarm_fees.ordinance_json import edition_notes
from schoolward.analysis.alarm_fees.records import Appeal, Events, Payments, Permit
from schoolward.analysis.alarm_fees.results import Assessment, Assessments, Total
from schoolward.analysis.alarm_fees.states import State
from schoolward.analysis.alarm_fees.validity import Cancellation


def result_json(result: Assessments) -> dict[str, Any]:
    """Return the whole result: the rules, every alarm, every other charge, cancelled permits and sums."""
    return {
        "ordinance": {
            "key": result.ordinance.key,
            "title": result.ordinance.title,
            "source": result.ordinance.source,
            "time_zone": result.ordinance.time_zone,
            "editions": edition_notes(result.ordinance),
        },
        "as_of": result.as_of.isoformat(),
        "assessments": [assessment_json(assessment) for assessment in result],
        "charges": [_charge(charge) for charge in result.charges],
        "cancellations": [_cancellation(result, one) for one in result.cancellations],
        "totals": [_total(total) for total in result.totals()],
        "not_assessed": result.not_assessed() or None,
    }


def assessment_json(assessment: Assessment) -> dict[str, Any]:
    """Return one alarm's assessment; names of states and reasons are lower case."""
    found = asdict(assessment)
    found["time"] = assessment.time.isoformat(sep=" ")
    for name in ("reason", "permit", "state", "appeal"):
        found[name] = getattr(assessment, name).name.lower()
    for name in ("window_from", "appeal_by", "decision_by", "pay_by", "paid_on"):
        found[name] = None if found[name] is None else found[name].isoformat()
    found["earlier"] = list(assessment.earlier)
    return found


def warnings(
    result: Assessments,
    events: Events,
    permits: Iterable[Permit] | None,
    appeals: Iterable[Appeal],
    payments: Payments | None,
) -> list[str]:
    """Return what a reader of the result has to know: what was not known, and so was not judged."""
    found = []
    editions = result.ordinance.editions
    if permits is None and any(edition.unpermitted for edition in editions):
        found.append("No permits were given, so no alarm was judged to be without one.")
    by_payment = any(edition.payment.late_fee_cents or edition.payment.cancels_permit for edition in editions)
    if payments is None and by_payment:
        found.append("No payments were given, so nothing was judged to be late.")
    if later := len(events) - len(result):
        found.append(f"{later:,} alarms lie after {result.as_of} and were left out.")
    if unruled := result.not_assessed():
        found.append(unruled)
    if unknown := int(np.count_nonzero(result.state == State.AMOUNT_UNKNOWN)):
        found.append(f"The amounts of {unknown:,} false alarms are not known; they stand in no sum.")
    known = set(events.event)
    for name, of in (("appeals", {one.event for one in appeals}), ("payments", set(payments or ()))):
        if strangers := sorted(of - known):
            shown = ", ".join(strangers[:5]) + (" …" if len(strangers) > 5 else "")
            found.append(f"{len(strangers):,} {name} name an alarm that is not there: {shown}.")
    gone = {
        (result.systems[one.system], day_date(one.until)) for one in result.cancellations if one.until < NEVER
    }
    for permit in permits or ():
        by_hand = permit.cancelled_on is not None
        if permit.reinstated_on and not by_hand and (permit.system, permit.reinstated_on) not in gone:
            found.append(
                f"Permit {permit.number} of {permit.system} was reinstated on {permit.reinstated_on}, and no "
                "cancellation before it is known: no fee was charged for it."
            )
    return found


def _total(total: Total) -> dict[str, Any]:
    """Sums of alarms that were not assessed at all are null: nobody knows them, so that they are not 0."""
    found = asdict(total)
    if total.alarms and total.alarms == total.not_assessed:
        for name in ("false_alarms", "claimed", "paid", "appealed", "owed", "waived"):
            found[name if name in found else f"{name}_cents"] = None
    return found


def _charge(charge: Charge) -> dict[str, Any]:
    return {**asdict(charge), "day": charge.day.isoformat()}


def _cancellation(result: Assessments, one: Cancellation) -> dict[str, Any]:
    last = None if one.until == NEVER else (day_date(one.until) - timedelta(days=1)).isoformat()
    return {"system": result.systems[one.system], "from": day_date(one.day).isoformat(), "to": last}
