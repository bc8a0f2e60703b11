"""A rules file that cannot be used says where, what and how to mend it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.unit.analysis.alarm_fees.invented import edition, ordinance, whole

from schoolward.analysis.alarm_fees import OrdinanceProblem, read_ordinance

TIERS = [{"from": 1, "cents": 100}]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (whole(edition(windw={})), r"editions\[0\]\.windw is not known; here stand: .*window"),
        (whole(edition(), kee="x"), "kee is not known"),
        (
            whole(edition(window={"kind": "moon"})),
            r"editions\[0\]\.window\.kind is \"moon\"; write one of cal",
        ),
        (whole(edition(window={"kind": "rolling-days"})), r"window\.days is missing; write a whole number"),
        (whole(edition(window={"kind": "rolling-days", "days": 0})), r"days is 0; write 1 to 36,525"),
        (whole(edition(window={"kind": "calendar-year", "days": 3})), r"window\.days is not known"),
        (whole(edition(window=None)), r"window must be an object"),
        (whole(edition(valid_from="1 May")), r"valid_from is \"1 May\"; write a day as 2012-09-06"),
        (whole(edition(valid_to="2011-01-01")), "is before valid_from"),
        (whole(edition(), edition(valid_from="2013-01-01")), "overlaps the one from 2013-01-01"),
        (whole(), "editions is empty"),
        (whole(edition(), time_zone="Mars/Base"), "time_zone “Mars/Base” is not known"),
        (whole(edition(), title=None), "title is missing"),
        (whole(edition(schedules={})), r"schedules must be a list"),
        (
            whole(edition(schedules=[{"types": ["laser"], "tiers": TIERS}])),
            "holds “laser”; types are burglary",
        ),
        (whole(edition(schedules=[{"types": [], "tiers": TIERS}])), "types is empty"),
        (whole(edition(schedules=[{"types": ["*"], "tiers": []}])), "tiers must be there"),
        (whole(edition(schedules=[{"types": ["*"], "tiers": TIERS * 2}])), "rise in “from”"),
        (whole(edition(schedules=[{"types": ["fire"], "tiers": TIERS}] * 2)), "names “fire” twice"),
        (whole(edition(schedules=[{"types": ["*"], "tiers": [{"from": 1, "cents": 1.5}]}])), "cents is 1.5"),
        (whole(edition(schedules=[{"types": ["*"], "tiers": [{"from": 1, "cents": -5}]}])), "cents is -5"),
        (whole(edition(schedules=[{"types": ["*"], "tiers": [{"from": True, "cents": 5}]}])), "from is true"),
        (whole(edition(exclusions=["rain"])), r"exclusions\[0\] is \"rain\"; write one of not_dispatched"),
        (whole(edition(signals_until_reset_count_once="yes")), "write true or false"),
        (whole(edition(appeal={"days": 5, "day_kind": "working"})), 'day_kind is "working"'),
        (whole(edition(holidays=[{"month": 2, "day": 29}])), "is no day of every year"),
        (whole(edition(holidays=[{"month": 2, "weekday": "funday", "nth": 1}])), "weekday is “funday”"),
        (whole(edition(holidays=[{"month": 2, "weekday": "monday", "nth": 0}])), "nth is 0"),
        (whole(edition(holiday_dates=["2012-02-30"])), r"holiday_dates\[0\] is \"2012-02-30\""),
        (whole(edition(permits={"*": {"term_months": 0}})), r"permits\.\*\.term_months is 0"),
        (whole(edition(unpermitted={"cents": 5})), r"unpermitted\.mode is missing"),
        ([], "the file must be an object"),
    ],
)
def test_a_fault_is_named_by_its_place(file: Any, message: str) -> None:
    with pytest.raises(OrdinanceProblem, match=message):
        read_ordinance(json.dumps(file))


@pytest.mark.parametrize("text", ["{", "", "\x00", "[" * 100_000])
def test_what_is_no_json_is_said(text: str) -> None:
    with pytest.raises(OrdinanceProblem, match="The rules are not JSON"):
        read_ordinance(text)


def test_editions_may_stand_in_any_order() -> None:
    old, new = edition(valid_to="2012-06-30"), edition(valid_from="2012-07-01")
    assert ordinance(old, new) == ordinance(new, old)


def test_a_remark_may_stand_anywhere() -> None:
    assert ordinance(edition(_remark="said at the meeting")) == ordinance(edition())
