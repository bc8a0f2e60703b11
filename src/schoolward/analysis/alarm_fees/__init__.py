"""What false alarms cost: a dated ordinance, permits, alarms, appeals and payments in; every charge out.

The result is a function of the set of records and of the day on which one looks. Alarms that arrive late or
in another order change what they touch and nothing else, because everything is reckoned anew each time.

>>> from datetime import UTC, date, datetime
>>> rules = read_ordinance('''{"key": "x", "title": "Invented", "time_zone": "UTC", "source": "invented",
...     "editions": [{"valid_from": "2012-01-01", "window": {"kind": "calendar-year"},
...     "schedules": [{"types": ["*"], "tiers": [{"from": 2, "cents": 5000}]}]}]}''')
>>> alarms = Events.of(Event(f"a{day}", datetime(2012, 9, day, tzinfo=UTC), "school 1") for day in (7, 6))
>>> [(one.event, one.claimed_cents, one.why) for one in assess(rules, alarms, as_of=date(2012, 9, 30))][1]
('a7', 5000, '2nd false alarm of the calendar year from 2012-01-01. From the 2nd each costs $50.00.')
"""

from schoolward.analysis.alarm_fees.as_json import result_json, warnings
from schoolward.analysis.alarm_fees.assessing import PermitsNeeded, assess
from schoolward.analysis.alarm_fees.charges import Charge, ChargeKind
from schoolward.analysis.alarm_fees.event_table import EVENT_COLUMNS, read_events
from schoolward.analysis.alarm_fees.ordinance import Edition, Ordinance
from schoolward.analysis.alarm_fees.ordinance_json import edition_notes, read_ordinance
from schoolward.analysis.alarm_fees.parts import OrdinanceProblem
from schoolward.analysis.alarm_fees.permit_tables import (
    APPEAL_COLUMNS,
    PAYMENT_COLUMNS,
    PERMIT_COLUMNS,
    read_appeals,
    read_payments,
    read_permits,
    system_name,
)
from schoolward.analysis.alarm_fees.records import (
    Appeal,
    ConflictingEvents,
    Event,
    Events,
    Outcome,
    Payments,
    Permit,
)
from schoolward.analysis.alarm_fees.results import Assessment, Assessments, Total
from schoolward.analysis.alarm_fees.screening import Reason
from schoolward.analysis.alarm_fees.states import State
from schoolward.analysis.alarm_fees.tables import Column, Read, RowProblem, TableProblem
from schoolward.analysis.alarm_fees.terms import Ruling
from schoolward.analysis.alarm_fees.validity import Status

__all__ = [
    "APPEAL_COLUMNS",
    "EVENT_COLUMNS",
    "PAYMENT_COLUMNS",
    "PERMIT_COLUMNS",
    "Appeal",
    "Assessment",
    "Assessments",
    "Charge",
    "ChargeKind",
    "Column",
    "ConflictingEvents",
    "Edition",
    "Event",
    "Events",
    "Ordinance",
    "OrdinanceProblem",
    "Outcome",
    "Payments",
    "Permit",
    "PermitsNeeded",
    "Read",
    "Reason",
    "RowProblem",
    "Ruling",
    "State",
    "Status",
    "TableProblem",
    "Total",
    "assess",
    "edition_notes",
    "read_appeals",
    "read_events",
    "read_ordinance",
    "read_payments",
    "read_permits",
    "result_json",
    "system_name",
    "warnings",
]
