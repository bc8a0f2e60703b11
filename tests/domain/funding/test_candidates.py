"""Which works are candidates, why others are none, and what a work brings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from schoolward.analysis.assessing.risk import Band, band_of
from schoolward.domains.assessments.queries import FindingBehind
from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.benefits import BasisKind, bases_of
from schoolward.domains.funding.dated_rules import (
    rule_for_severity,
    rule_for_trade,
    severity_rules,
    trade_rules,
)
from schoolward.domains.funding.models import WorkLink
from schoolward.domains.grants.models import Award, BudgetLine
from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import Severity, Trade, WorkItem
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer

from .standing import paper_finding

DAY = date(2012, 9, 6)
Accepted = Callable[..., WorkItem]


def candidate(viewer: Viewer, item: WorkItem) -> queries.CandidateNow:
    return next(
        one for one in queries.candidates_now(viewer, on=DAY).ready if one.reference == item.reference
    )


def aside(viewer: Viewer) -> dict[str, tuple[str, str]]:
    found = queries.candidates_now(viewer, on=DAY).aside
    return {one.work.title: (one.why.value, one.other) for one in found}


def test_every_trade_and_severity_has_its_rule_on_the_day() -> None:
    for trade in Trade.values:
        rule = rule_for_trade(trade, DAY)
        assert rule is not None
        assert rule.category in queries.FOR_WORKS
    bands = {"low": Band.LOW, "medium": Band.MEDIUM, "high": Band.HIGH, "urgent": Band.HIGH}
    for severity in Severity.values:
        points = rule_for_severity(severity, DAY)
        assert points is not None
        assert band_of(points.points) is bands[severity]
    assert rule_for_trade("locks", date(2001, 1, 1)) is None


def test_no_two_rules_hold_at_once() -> None:
    for rules, name in ((trade_rules(), "trade"), (severity_rules(), "severity")):
        for one in rules:
            for other in rules:
                if one is not other and getattr(one, name) == getattr(other, name):
                    assert (one.valid_to or date.max) < other.valid_from or (
                        other.valid_to or date.max
                    ) < one.valid_from
            assert one.basis


def test_accepted_work_without_money_is_a_candidate(accepted: Accepted, analyst: Viewer) -> None:
    one = candidate(analyst, accepted(trade="cameras", severity="high"))
    assert (one.category, one.lead_days, one.benefit, one.bundle) == ("equipment", 90, 176.0, "")


def test_what_cannot_be_chosen_is_told_with_the_reason(
    accepted: Accepted, lead: Viewer, analyst: Viewer, at: datetime
) -> None:
    accepted("No price", None)
    accepted("For nothing", 0)
    accepted("Nowhere", campus_id=None)
    work.propose(title="Proposed only", estimate_cents=1, by=lead, at=at)
    assert aside(analyst) == {
        "No price": ("no_estimate", ""),
        "For nothing": ("costs_nothing", ""),
        "Nowhere": ("no_site", ""),
    }


def test_a_person_says_otherwise_with_a_reason(accepted: Accepted, analyst: Viewer, at: datetime) -> None:
    item = accepted()
    for fact, value in (
        ("category", "supplies"),
        ("lead_days", " 012 "),
        ("benefit", "41.50"),
        ("bundle", "locks north"),
    ):
        actions.say_fact(work_id=item.pk, fact=fact, value=value, reason="Quotation", by=analyst, at=at)
    one = candidate(analyst, item)
    assert (one.category, one.lead_days, one.benefit, one.bundle) == ("supplies", 12, 41.5, "locks north")
    assert one.computed_benefit == 118.0
    actions.unsay_fact(work_id=item.pk, fact="benefit", by=analyst, at=at)
    assert candidate(analyst, item).benefit == 118.0
    with pytest.raises(actions.FundingRefused, match="default holds already"):
        actions.unsay_fact(work_id=item.pk, fact="benefit", by=analyst, at=at)


@pytest.mark.parametrize(
    ("fact", "value", "message"),
    [
        ("category", "personnel", "Choose one of"),
        ("lead_days", "-1", "whole days"),
        ("lead_days", "3651", "whole days"),
        ("lead_days", "1" * 5000, "whole days"),
        ("lead_days", "²", "whole days"),
        ("benefit", "nan", "risk points"),
        ("benefit", "-3", "risk points"),
        ("benefit", "much", "risk points"),
        ("benefit", "1e400", "risk points"),
        ("bundle", " ", "Give the bundle a word"),
        ("colour", "red", "Choose what you say"),
    ],
)
def test_what_makes_no_sense_is_refused(
    fact: str, value: str, message: str, accepted: Accepted, analyst: Viewer, at: datetime
) -> None:
    with pytest.raises(actions.FundingRefused, match=message):
        actions.say_fact(work_id=accepted().pk, fact=fact, value=value, reason="So", by=analyst, at=at)


def test_a_fact_without_a_reason_is_refused(accepted: Accepted, analyst: Viewer, at: datetime) -> None:
    told = {"fact": "lead_days", "value": "3", "by": analyst, "at": at}
    with pytest.raises(actions.ReasonMissing):
        actions.say_fact(work_id=accepted().pk, **told, reason="")
    with pytest.raises(actions.FundingRefused, match="at most 300"):
        actions.say_fact(work_id=accepted().pk, **told, reason="x" * 301)


def test_ties_reach_the_instance(
    works: dict[str, WorkItem], scoped: Award, analyst: Viewer, at: datetime
) -> None:
    tie = {"reason": "So", "by": analyst, "at": at}
    gate, doors, lights = works["gate"], works["doors"], works["lights"]
    actions.link_works(work_id=gate.pk, other_id=doors.pk, kind="requires", **tie)
    actions.link_works(work_id=lights.pk, other_id=gate.pk, kind="alternative", **tie)
    found = queries.snapshot_now(analyst, on=DAY).instance.candidate_of
    assert found["W-GATE"].requires == ("W-DOORS",)
    assert found["W-DOORS"].requires == ()
    assert found["W-GATE"].conflicts == ("W-LIGHTS",)
    assert found["W-LIGHTS"].conflicts == ("W-GATE",)
    with pytest.raises(actions.FundingRefused, match="already"):
        actions.link_works(work_id=gate.pk, other_id=doors.pk, kind="requires", **tie)
    with pytest.raises(actions.FundingRefused, match="another work"):
        actions.link_works(work_id=gate.pk, other_id=gate.pk, kind="requires", **tie)
    with pytest.raises(actions.FundingRefused, match="how the two"):
        actions.link_works(work_id=gate.pk, other_id=doors.pk, kind="likes", **tie)
    actions.unlink_works(link_id=WorkLink.objects.filter(kind="requires").get().pk, by=analyst, at=at)
    assert queries.snapshot_now(analyst, on=DAY).instance.candidate_of["W-GATE"].requires == ()


def test_ties_to_work_that_moved_on(
    works: dict[str, WorkItem], analyst: Viewer, lead: Viewer, at: datetime
) -> None:
    """What is paid satisfies a need and excludes what it replaces; what is declined fails both who need it
    and who need these."""
    tie = {"reason": "So", "by": analyst, "at": at}
    gate, doors, lights, cameras = (works[key] for key in ("gate", "doors", "lights", "cameras"))
    actions.link_works(work_id=gate.pk, other_id=doors.pk, kind="requires", **tie)
    actions.link_works(work_id=lights.pk, other_id=doors.pk, kind="conflicts", **tie)
    actions.link_works(work_id=cameras.pk, other_id=lights.pk, kind="requires", **tie)
    work.fund(item_id=doors.pk, amount_cents=1, money_source="Local", by=lead, at=at)
    assert [one.reference for one in queries.candidates_now(analyst, on=DAY).ready] == ["W-GATE"]
    assert aside(analyst) == {
        "Light the lot": ("replaced", "W-DOORS"),
        "Watch the yard": ("needs_other", "W-LIGHTS"),
    }
    work.decline(item_id=doors.pk, reason="Sold", by=lead, at=at)
    assert aside(analyst) == {"Mend the gate": ("needs_other", "W-DOORS")}


def test_a_price_at_a_line_is_an_option(
    works: dict[str, WorkItem], scoped: Award, line: BudgetLine, analyst: Viewer, at: datetime
) -> None:
    told = {"work_id": works["gate"].pk, "line_id": line.pk, "reason": "Bid", "by": analyst, "at": at}
    with pytest.raises(actions.FundingRefused, match="above nothing"):
        actions.price_work(**told, cost_cents=0)
    made = actions.price_work(**told, cost_cents=40_000_00)
    (option,) = queries.snapshot_now(analyst, on=DAY).instance.candidate_of["W-GATE"].options or ()
    assert (option.fund, option.cost, option.benefit) == ("doors/E", 40_000_00, 176.0)
    actions.price_work(**told, cost_cents=45_000_00, benefit=12.5)
    (option,) = queries.snapshot_now(analyst, on=DAY).instance.candidate_of["W-GATE"].options or ()
    assert (option.cost, option.benefit) == (45_000_00, 12.5)
    actions.unprice_work(option_id=made.pk, by=analyst, at=at)
    assert queries.snapshot_now(analyst, on=DAY).instance.candidate_of["W-GATE"].options is None


def test_a_bundle_is_of_several(works: dict[str, WorkItem], analyst: Viewer, at: datetime) -> None:
    told = {"bundle": "oak", "reason": "One visit", "by": analyst, "at": at}
    with pytest.raises(actions.FundingRefused, match="two works"):
        actions.bundle_works(work_ids=[works["gate"].pk] * 2, **told)
    actions.bundle_works(work_ids=[works["gate"].pk, works["doors"].pk], **told)
    assert candidate(analyst, works["doors"]).bundle == "oak"


def test_what_one_trade_could_do_in_one_area_is_offered(
    works: dict[str, WorkItem], site: Campus, analyst: Viewer, at: datetime
) -> None:
    for number, item in enumerate((works["gate"], works["doors"]), start=1):
        paper_finding(site, item, number, at)
    (offer,) = queries.offered_bundles(analyst, on=DAY)
    assert (offer.word, offer.cost_cents) == ("locks 95814", 130_000_00)
    numbers = [one.work.pk for one in offer.candidates]
    actions.bundle_works(work_ids=numbers, bundle=offer.word, reason="One visit", by=analyst, at=at)
    assert queries.offered_bundles(analyst, on=DAY) == []


def behind(product: int | None, together: str = "", severity: str = "high", pk: int = 1) -> FindingBehind:
    rated = None if product is None else date(2012, 5, 14)
    return FindingBehind(pk, 1, "A gap", severity, DAY, "Vulnerability", product, rated, together)


def test_what_a_work_brings() -> None:
    """A rated risk counts once for all findings that stand against it; severity stands in for what is not."""
    rated = [behind(420, "7/1"), behind(420, "7/1", pk=2), behind(200, "7/2"), behind(None, severity="low")]
    bases = bases_of(rated, title="Mend it", severity="medium", on=DAY)
    assert [(one.kind, one.points) for one in bases] == [
        (BasisKind.RATED, 420),
        (BasisKind.RATED, 200),
        (BasisKind.SEVERITY, 30),
    ]
    (alone,) = bases_of([], title="Mend it", severity="urgent", on=DAY)
    assert (alone.kind, alone.points, alone.finding_id) == (BasisKind.WORK, 588, None)
    (before,) = bases_of([], title="Mend it", severity="urgent", on=date(2001, 1, 1))
    assert before.points == 0


def test_a_viewer_of_some_sites_sees_these_candidates_only(
    works: dict[str, WorkItem], site: Campus, person: Callable[..., Viewer]
) -> None:
    own = person("facilities", 4, campus_ids={site.pk})
    found = queries.candidates_now(own, on=DAY).ready
    assert {one.reference for one in found} == {"W-GATE", "W-DOORS"}


def test_who_may_say_what_of_works(
    works: dict[str, WorkItem], site: Campus, person: Callable[..., Viewer], at: datetime
) -> None:
    told = {"fact": "lead_days", "value": "3", "reason": "So", "at": at}
    with pytest.raises(AccessDenied):
        actions.say_fact(work_id=works["gate"].pk, **told, by=person("trustee", 3))
    facilities = person("facilities", 4, campus_ids={site.pk})
    actions.say_fact(work_id=works["gate"].pk, **told, by=facilities)
    with pytest.raises(AccessDenied):
        actions.say_fact(work_id=works["cameras"].pk, **told, by=facilities)


def test_the_database_ties_no_work_to_itself(works: dict[str, WorkItem], at: datetime) -> None:
    gate = works["gate"]
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkLink.objects.create(work=gate, other=gate, kind="requires", reason="x", at=at, by_name="P")
