"""The dated rules, against cases written from the texts: the day of the award decides which one holds."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from schoolward.analysis.grants.rules import RULES, Funder, NoRule, RuleKey, cited_for, rule_for

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "grants" / "rules.json"
CASES: list[dict[str, Any]] = json.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['rule']}-{case['funder']}-{case['awarded_on']}"
)
def test_the_rule_of_the_day(case: dict[str, Any]) -> None:
    rule = rule_for(
        RuleKey(case["rule"]),
        awarded_on=date.fromisoformat(case["awarded_on"]),
        funder=Funder(case["funder"]),
    )
    assert (rule.citation, rule.days) == (case["citation"], case["days"])
    assert rule.percent == case.get("percent")
    assert rule.above_cents == case.get("above_cents")


def test_every_rule_has_a_case() -> None:
    told = {
        rule_for(
            RuleKey(c["rule"]), awarded_on=date.fromisoformat(c["awarded_on"]), funder=Funder(c["funder"])
        )
        for c in CASES
    }
    assert told == set(RULES)


@pytest.mark.parametrize("key", RuleKey)
@pytest.mark.parametrize("funder", [Funder.FEDERAL, Funder.PASSED_ON])
def test_federal_rules_follow_each_other_without_gap_or_overlap(key: RuleKey, funder: Funder) -> None:
    spans = [(r.valid_from, r.valid_to) for r in RULES if r.key is key and r.funder is funder]
    for (_first, last), (following, _end) in pairwise(spans):
        assert last is not None
        assert following is not None
        assert (following - last).days == 1
    assert spans[-1][1] is None


def test_an_award_before_the_common_rule_is_not_judged() -> None:
    with pytest.raises(NoRule, match="held on 1988-09-30"):
        rule_for(RuleKey.MATCH, awarded_on=date(1988, 9, 30), funder=Funder.FEDERAL)


@pytest.mark.parametrize(
    ("aln", "citation"),
    [
        ("16.710", "28 CFR 66.40, 66.41"),
        ("84.184", "34 CFR 80.40, 80.41"),
        ("97.039", "44 CFR 13.40, 13.41"),
        ("", "28 CFR 66.40, 66.41"),
        ("99.999", "28 CFR 66.40, 66.41"),
    ],
)
def test_the_common_rule_is_cited_from_the_department_whose_money_it_is(aln: str, citation: str) -> None:
    rule = rule_for(RuleKey.REPORTS, awarded_on=date(2012, 1, 1), funder=Funder.FEDERAL)
    assert cited_for(rule, aln).citation == citation
    later = rule_for(RuleKey.REPORTS, awarded_on=date(2022, 1, 1), funder=Funder.FEDERAL)
    assert cited_for(later, aln) == later
