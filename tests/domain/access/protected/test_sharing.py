"""Agreements: two persons sign, terms are checked, a revocation works on the next question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.access.protected.comparing import Stage
from domain.access.protected.oracle import Someone
from domain.access.protected.ward import Ward
from schoolward.platform.access import agencies, sharing
from schoolward.platform.access.models import Agency, Agreement
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import visible
from schoolward.platform.access.queries import live_memberships
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.sharing import Terms
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event


def someone(stage: Stage, role: str, agency: str) -> Viewer:
    return stage.viewer(Someone(role, agency, "school_safety", None, f"{role}@{agency}"))


def terms(stage: Stage) -> Terms:
    district, police = (Agency.objects.get(pk=stage.agencies[key]) for key in ("district", "police"))
    return Terms(
        title="Wards at schools",
        owner=district,
        recipient=police,
        record_classes=["education"],
        purposes=["school_safety"],
        fields=["access.Ward.state"],
        valid_from=date(2012, 7, 1),
        valid_to=date(2013, 6, 30),
    )


def seen_by_police(stage: Stage) -> int:
    officer = someone(stage, "school_resource_officer", "police")
    with within(officer):
        return visible(Ward.objects.filter(agency=stage.agencies["district"]), officer).count()


@pytest.fixture
def drafted(stage: Stage, at: datetime) -> Agreement:
    return sharing.draft(terms=terms(stage), by=someone(stage, "lead", "district"), at=at)


@pytest.fixture
def live(stage: Stage, drafted: Agreement, at: datetime) -> Agreement:
    for agency in ("district", "police"):
        sharing.sign(agreement=drafted, by=someone(stage, "lead", agency), at=at)
    return drafted


def test_it_opens_something_once_both_have_signed(stage: Stage, drafted: Agreement, at: datetime) -> None:
    counts = [seen_by_police(stage)]
    for agency in ("police", "district"):
        sharing.sign(agreement=drafted, by=someone(stage, "lead", agency), at=at)
        counts.append(seen_by_police(stage))
    assert counts == [0, 0, 16]
    drafted.refresh_from_db()
    assert sharing.state(Agreement.objects.get(pk=drafted.pk), at) == "live"
    events = Event.objects.filter(subject=f"access.Agreement:{drafted.pk}").order_by("sequence")
    assert [event.action for event in events] == [
        "access.agreement_drafted",
        "access.agreement_signed",
        "access.agreement_signed",
    ]
    assert {event.detail["terms"] for event in events} == {sharing.digest(drafted)}


def test_a_revocation_works_on_the_next_question(stage: Stage, live: Agreement, at: datetime) -> None:
    assert seen_by_police(stage) == 16
    sharing.revoke(agreement=live, reason="It is over.", by=someone(stage, "lead", "police"), at=at)
    assert seen_by_police(stage) == 0
    with pytest.raises(Refusal, match="revoked already"):
        sharing.revoke(agreement=live, reason="Again.", by=someone(stage, "lead", "police"), at=at)
    with pytest.raises(Refusal, match="is over"):
        sharing.sign(agreement=live, by=someone(stage, "lead", "district"), at=at)


def test_an_agency_that_leaves_is_felt_on_the_next_question(
    stage: Stage, live: Agreement, at: datetime
) -> None:
    """The owner's records close to the other; nobody acts for the one that left; until it is back."""
    system = Viewer.system(at=at)
    district = Agency.objects.get(pk=stage.agencies["district"])
    chief = stage.memberships["lead@district"].account
    agencies.revoke_agency(agency=district, reason="Left.", by=system, at=at)
    assert (seen_by_police(stage), live_memberships(chief, at)) == (0, [])
    assert sharing.state(sharing.agreements(system).get(pk=live.pk), at) == "suspended"
    agencies.readmit_agency(agency=district, reason="Back.", by=system, at=at)
    assert (seen_by_police(stage), len(live_memberships(chief, at))) == (16, 1)
    for again in (agencies.readmit_agency,):
        with pytest.raises(agencies.UnfitAgency):
            again(agency=district, reason="Back.", by=system, at=at)


def test_nobody_signs_twice_or_for_another(stage: Stage, drafted: Agreement, at: datetime) -> None:
    lead = someone(stage, "lead", "district")
    sharing.sign(agreement=drafted, by=lead, at=at)
    with pytest.raises(Refusal, match="signed for your agency"):
        sharing.sign(agreement=drafted, by=lead, at=at)
    both = replace(someone(stage, "lead", "police"), account_id=lead.account_id)
    with pytest.raises(Refusal, match="another person signs"):
        sharing.sign(agreement=drafted, by=both, at=at)
    for role, agency in (("provider", "partner"), ("provider", "district")):
        with pytest.raises(Refusal, match="for one of the two parties"):
            sharing.sign(agreement=drafted, by=someone(stage, role, agency), at=at)
    with pytest.raises(AccessDenied):
        sharing.sign(agreement=drafted, by=someone(stage, "school_resource_officer", "police"), at=at)
    with pytest.raises(Refusal):
        sharing.sign(agreement=drafted, by=Viewer.system(at=at), at=at)
    with pytest.raises(Refusal, match="can revoke"):
        sharing.revoke(agreement=drafted, reason="Mine.", by=someone(stage, "lead", "partner"), at=at)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "About A1234567"}, "title"),
        ({"record_classes": []}, "record_classes"),
        ({"record_classes": ["secret"]}, "record_classes"),
        ({"purposes": ["gossip"]}, "purposes"),
        ({"fields": ["*"]}, "fields"),
        ({"fields": ["access.Ward.unheard_of"]}, "fields"),
        ({"valid_to": date(2012, 6, 30)}, "valid_to"),
    ],
)
def test_terms_that_make_no_sense_are_refused(
    change: dict[str, object], field: str, stage: Stage, at: datetime
) -> None:
    with pytest.raises(Refusal) as refused:
        sharing.draft(terms=replace(terms(stage), **change), by=someone(stage, "lead", "district"), at=at)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not Agreement.objects.exists()


def test_an_agency_has_no_agreement_with_itself(stage: Stage, at: datetime) -> None:
    asked = terms(stage)
    with pytest.raises(Refusal, match="between two agencies"):
        sharing.draft(
            terms=replace(asked, recipient=asked.owner), by=someone(stage, "lead", "district"), at=at
        )


def test_whose_agreements_somebody_reads(stage: Stage, live: Agreement) -> None:
    assert list(sharing.agreements(someone(stage, "school_resource_officer", "police"))) == [live]
    assert list(sharing.agreements(someone(stage, "provider", "partner"))) == []
    assert list(sharing.agreements(someone(stage, "lead", "partner"))) == [live]
    assert "access.Ward.recovery" in sharing.shareable_fields()
