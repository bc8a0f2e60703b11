"""Two records of one young person: found, decided by a person, put together, and taken apart as they were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from domain.cases.conftest import make_youth
from domain.cases.everything import Made, one_of_each, referral_of
from schoolward.domains.cases import actions
from schoolward.domains.cases.actions.finding_pairs import TO_COMPARE, name_parts
from schoolward.domains.cases.models import (
    AttendanceDay,
    Guardian,
    LookAlike,
    Referral,
    Step,
    Youth,
    of_youth,
)
from schoolward.domains.cases.queries import identity
from schoolward.domains.programs.models import Program
from schoolward.platform.access import disclosing, sealing
from schoolward.platform.access.models import Agreement, Merging
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.retention import holds
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event

DAY = date(2012, 9, 6)
SAME: dict[str, Any] = {
    "legal_name": "Invented Quincy Marlowe",
    "preferred_name": "",
    "local_number": "Q-1001",
}


def system(at: datetime) -> Viewer:
    return Viewer.system(at=at)


def pair_of(one: Youth, other: Youth, at: datetime) -> LookAlike:
    """A pair as the job of the night leaves one."""
    with within(system(at)):
        return LookAlike.objects.create(**of_youth(one), other=other, why="Look.", found_on=DAY)


def contents(made: Made, at: datetime) -> dict[str, Any]:
    with within(system(at), sealing=True):
        return {
            label: type(row).including_sealed.filter(pk=row.pk).values().get() for label, row in made.items()
        }


@pytest.fixture
def two(coordinator: Viewer, program: Program, at: datetime) -> tuple[Youth, Youth]:
    """Two records that are one, the first the older."""
    older = make_youth(coordinator, **SAME)
    return older, make_youth(coordinator, **{**SAME, "local_number": ""}, entered_on=date(2012, 9, 4))


@pytest.fixture
def made(two: tuple[Youth, Youth], program: Program, at: datetime) -> Made:
    """A row of every table about the newer record."""
    return one_of_each(two[1], program, at)


def same(pair: LookAlike, by: Viewer, at: datetime, **more: Any) -> LookAlike:
    return actions.decide_pair(
        pair_id=pair.pk, decision="same", reason="One certificate", by=by, at=at, **more
    )


# --- Found


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ana Lee", ("Ana", "", "Lee")),
        ("Ana Maria de la Cruz", ("Ana", "Maria de la", "Cruz")),
        ("Cruz, Ana Maria", ("Ana", "Maria", "Cruz")),
        ("Prince", ("Prince", "", "")),
        ("", ("", "", "")),
    ],
)
def test_a_name_comes_apart(name: str, parts: tuple[str, str, str]) -> None:
    assert name_parts(name) == parts


def found_for(at: datetime) -> list[tuple[int, int]]:
    actions.find_pairs(on=DAY, by=system(at), at=at)
    with within(system(at)):
        return list(LookAlike.objects.order_by("pk").values_list("youth", "other"))


def some_others(coordinator: Viewer) -> None:
    for number, name in enumerate(
        ("Ada Birch", "Ben Cole", "Cid Dorn", "Dee Ebert", "Eli Frost", "Fay Gorse")
    ):
        make_youth(
            coordinator,
            legal_name=name,
            preferred_name="",
            born_on=date(1997, 1 + number, 3 + number),
            local_number=f"77-{number * 13}",
        )


def test_the_night_puts_a_likely_pair_before_a_person_and_merges_nothing(
    two: tuple[Youth, Youth], coordinator: Viewer, at: datetime
) -> None:
    some_others(coordinator)
    assert [set(pair) for pair in found_for(at)] == [{two[0].pk, two[1].pk}]
    assert not Merging.objects.exists()
    with within(system(at)):
        pair = LookAlike.objects.get()
        assert Youth.objects.filter(pk__in=[one.pk for one in two]).count() == 2
    assert pair.decision == "open"
    told = str(pair.facts) + pair.why + str(list(Event.objects.values_list("detail", flat=True)))
    assert "Marlowe" not in told
    assert "Q-1001" not in told
    assert len(found_for(at)) == 1  # again finds nothing new


def test_twins_are_asked_about_at_most_and_never_put_together(coordinator: Viewer, at: datetime) -> None:
    """One household, one birthday, one surname, neighbouring numbers."""
    some_others(coordinator)
    with within(coordinator):
        for name, number in (("Mia Marlowe", "5501"), ("Max Marlowe", "5502")):
            twin = make_youth(coordinator, legal_name=name, preferred_name="", local_number=number)
            Guardian.objects.create(
                **of_youth(twin), name="Invented Marlowe", relation="parent", reach_at="(916) 555-0100"
            )
    found_for(at)
    assert not Merging.objects.exists()
    with within(system(at)):
        assert Youth.objects.filter(legal_name__endswith="Marlowe").count() == 2
        assert all(pair.decision == "open" for pair in LookAlike.objects.all())


def test_only_the_night_looks_for_pairs(coordinator: Viewer, at: datetime) -> None:
    with pytest.raises(AccessDenied):
        actions.find_pairs(on=DAY, by=coordinator, at=at)


def test_what_a_person_has_decided_is_not_asked_again(
    two: tuple[Youth, Youth], coordinator: Viewer, at: datetime
) -> None:
    some_others(coordinator)
    found_for(at)
    with within(system(at)):
        pair = LookAlike.objects.get()
    actions.decide_pair(pair_id=pair.pk, decision="not_same", reason="Cousins", by=coordinator, at=at)
    found_for(at)
    with within(coordinator):
        assert not identity.to_decide(coordinator, on=DAY).exists()
        assert LookAlike.objects.get().decision == "not_same"


def test_records_of_two_agencies_are_compared_under_an_agreement_alone(
    two: tuple[Youth, Youth],
    coordinator: Viewer,
    person: Callable[..., Viewer],
    agreement: Callable[..., Agreement],
    at: datetime,
) -> None:
    some_others(coordinator)
    theirs = person("program_coordinator", "community")
    other = make_youth(theirs, **SAME)
    assert all(other.pk not in pair for pair in found_for(at))
    agreement("community", "district", list(TO_COMPARE))
    assert any(other.pk in pair for pair in found_for(at))


# --- Who decides


def test_a_pair_is_shown_to_whoever_sees_both_and_to_nobody_else(
    two: tuple[Youth, Youth], coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    pair = pair_of(*two, at)
    with within(system(at)):
        colleague = person("program_coordinator", who="another")
        Youth.objects.filter(pk=two[1].pk).update(coordinator=colleague.account_id)
    for viewer, sees in (
        (coordinator, False),
        (colleague, False),
        (person("privacy_officer", purpose="records"), True),
        (person("privacy_officer", purpose="administration"), False),
        (person("privacy_officer", "police", purpose="records"), False),
    ):
        with within(viewer):
            assert identity.pairs(viewer).exists() is sees
        if not sees:
            with pytest.raises(actions.NotTheirs):
                same(pair, viewer, at)
    with pytest.raises(AccessDenied):
        same(pair, person("site_lead"), at)


def test_later_waits_for_its_day_and_a_decision_needs_its_reason(
    two: tuple[Youth, Youth], coordinator: Viewer, at: datetime
) -> None:
    pair = pair_of(*two, at)
    who: dict[str, Any] = {"pair_id": pair.pk, "by": coordinator, "at": at}
    for wrong, words in (
        ({"decision": "same", "reason": " "}, "Say why"),
        ({"decision": "maybe", "reason": "x"}, "Choose"),
        ({"decision": "later", "reason": "x"}, "Give the day"),
        ({"decision": "later", "reason": "x", "again_on": DAY}, "still to come"),
        ({"decision": "same", "reason": "x", "again_on": DAY}, "Give the day"),
        ({"decision": "same", "reason": "x", "keep": 7}, "which of the two"),
        ({"decision": "not_same", "reason": "FBI number 123456AB7"}, "not kept here"),
    ):
        with pytest.raises(Refusal, match=words):
            actions.decide_pair(**who, **wrong)
    actions.decide_pair(**who, decision="later", reason="Asked the school", again_on=DAY + timedelta(days=7))
    with within(coordinator):
        assert not identity.to_decide(coordinator, on=DAY).exists()
        assert identity.to_decide(coordinator, on=DAY + timedelta(days=7)).exists()


# --- Put together, and taken apart


def test_every_row_goes_over_and_comes_back_as_it_was(
    two: tuple[Youth, Youth], made: Made, coordinator: Viewer, at: datetime
) -> None:
    kept, away = two
    before = contents(made, at)
    pair = pair_of(kept, away, at)
    same(pair, coordinator, at)
    after = contents(made, at)
    for label, row in after.items():
        if label in ("cases.Youth", "cases.LookAlike"):
            continue
        moved = {**before[label], "subject": kept.subject}
        if "youth_id" in moved:
            moved["youth_id"] = kept.pk
        assert row == moved, label
    with within(coordinator):
        assert not Youth.objects.filter(pk=away.pk).exists()
        assert Youth.objects.filter(pk=kept.pk).exists()
    events = Event.objects.filter(action="cases.pair_decided")
    assert [one.detail["moved"] for one in events] == [len(made) - 2]
    actions.undo_pair(pair_id=pair.pk, reason="They were twins", by=coordinator, at=at)
    assert contents(made, at) == before
    with pytest.raises(Refusal, match="Nothing is decided"):
        actions.undo_pair(pair_id=pair.pk, reason="Again", by=coordinator, at=at)


def test_what_was_begun_since_goes_with_the_row_that_it_hangs_on(
    two: tuple[Youth, Youth], made: Made, coordinator: Viewer, program: Program, at: datetime
) -> None:
    kept, away = two
    pair = pair_of(kept, away, at)
    same(pair, coordinator, at)
    held = referral_of(made)
    actions.log_contact(referral_id=held.pk, way="call", minutes=5, reached=True, by=coordinator, at=at)
    given = actions.consent(
        referral_id=held.pk,
        given_by="parent",
        valid_from=DAY,
        valid_to=date(2013, 6, 1),
        by=coordinator,
        at=at,
    )
    aunt = actions.keep_guardian(
        youth_id=kept.pk,
        name="Invented Aunt",
        relation="relative",
        language="en",
        reach_by="call",
        reach_at="",
        by=coordinator,
        at=at,
    )
    actions.undo_pair(pair_id=pair.pk, reason="They were twins", by=coordinator, at=at)
    with within(system(at)):
        back = Referral.objects.get(pk=held.pk)
        assert (back.youth_id, back.subject, back.state) == (away.pk, away.subject, "consented")
        assert set(Step.objects.filter(referral=held).values_list("youth", flat=True)) == {away.pk}
        given.refresh_from_db()
        assert given.subject == away.subject  # the referral goes by it
        aunt.refresh_from_db()
        assert aunt.youth_id == kept.pk  # begun about the record that stayed


def test_a_day_of_school_that_both_have_stays_and_none_is_lost(
    two: tuple[Youth, Youth], made: Made, coordinator: Viewer, at: datetime
) -> None:
    kept, away = two
    with within(system(at)):
        AttendanceDay.objects.create(**of_youth(kept), on=date(2012, 9, 5), mark="present", told_at=at)
    same(pair_of(kept, away, at), coordinator, at)
    with within(system(at)):
        assert list(AttendanceDay.objects.filter(youth=kept).values_list("mark", flat=True)) == ["present"]
        assert AttendanceDay.objects.filter(pk=made["cases.AttendanceDay"].pk, youth=away.pk).exists()


def test_which_record_stays_may_be_chosen(
    two: tuple[Youth, Youth], coordinator: Viewer, at: datetime
) -> None:
    same(pair_of(*two, at), coordinator, at, keep=two[1].pk)
    with within(coordinator):
        assert list(Youth.objects.filter(pk__in=[one.pk for one in two])) == [two[1]]


def test_the_last_is_undone_first(two: tuple[Youth, Youth], coordinator: Viewer, at: datetime) -> None:
    third = make_youth(coordinator, **SAME, entered_on=date(2012, 8, 1))
    first = pair_of(*two, at)
    same(first, coordinator, at)
    second = pair_of(third, two[0], at)
    same(second, coordinator, at)
    with pytest.raises((Refusal, LookupError)):
        actions.undo_pair(pair_id=first.pk, reason="Order", by=system(at), at=at)
    actions.undo_pair(pair_id=second.pk, reason="Order", by=coordinator, at=at)
    actions.undo_pair(pair_id=first.pk, reason="Order", by=coordinator, at=at)
    with within(coordinator):
        assert Youth.objects.filter(pk__in=[third.pk, *(one.pk for one in two)]).count() == 3


def test_never_across_a_seal_or_a_hold(
    two: tuple[Youth, Youth], coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    guard, pair = person("privacy_officer", purpose="records"), pair_of(*two, at)
    hold = holds.place(
        covers="person", names=[two[1].subject], matter="12-9", reason="Claim", by=guard, at=at
    )
    with pytest.raises(Refusal, match="litigation"):
        same(pair, coordinator, at)
    holds.lift(hold_id=hold.pk, reason="Settled", by=guard, at=at)
    order = sealing.order(
        record_name=two[1].subject, ground="court_order", reason="Order", due_on=DAY, by=guard, at=at
    )
    with pytest.raises(Refusal, match="to seal waits"):
        same(pair, coordinator, at)
    sealing.seal(sealing_id=order.pk, by=guard, at=at)
    with pytest.raises(actions.NotTheirs):
        same(pair, coordinator, at)
    with within(system(at)):
        assert not LookAlike.objects.exists()


def test_sealing_the_record_that_stayed_seals_the_one_that_was_put_away(
    two: tuple[Youth, Youth], made: Made, coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    guard, lead = person("privacy_officer", purpose="records"), person("lead", purpose="records")
    same(pair_of(*two, at), coordinator, at)
    order = sealing.order(
        record_name=two[0].subject, ground="court_order", reason="Order", due_on=DAY, by=guard, at=at
    )
    sealing.seal(sealing_id=order.pk, by=guard, at=at)
    with within(system(at), sealing=True):
        assert (
            Youth.including_sealed.filter(sealed_at__isnull=True).exclude(legal_name="Invented Twin").count()
            == 0
        )
    sealing.lift(sealing_id=order.pk, reason="Set aside", by=lead, at=at)
    with within(coordinator):
        assert identity.put_together(coordinator).count() == 1


def test_records_of_two_agencies_stay_two(
    two: tuple[Youth, Youth],
    person: Callable[..., Viewer],
    coordinator: Viewer,
    agreement: Callable[..., Agreement],
    program: Program,
    at: datetime,
) -> None:
    theirs = person("program_coordinator", "community")
    other = make_youth(theirs, **SAME, taken=False)
    pair = pair_of(two[0], other, at)
    with pytest.raises(actions.NotTheirs):
        same(pair, coordinator, at)
    agreement("community", "district", list(TO_COMPARE))
    with within(system(at)):  # they referred the youth on to a coordinator of the district
        Referral.objects.create(
            **{**of_youth(other), "agency_id": coordinator.agency_id},
            need="attendance",
            referred_on=DAY,
            since=DAY,
            due_on=DAY,
            coordinator_id=coordinator.account_id,
        )
    decided = same(pair, coordinator, at)
    assert decided.merging is None
    with within(system(at)):
        assert Youth.objects.filter(pk__in=[two[0].pk, other.pk]).count() == 2


def test_the_database_moves_no_row_that_no_merging_names(
    two: tuple[Youth, Youth], made: Made, at: datetime
) -> None:
    for label in ("cases.Guardian", "cases.Referral", "access.Consent"):
        with (
            within(system(at)),
            pytest.raises(DatabaseError, match="never changed but by a merging"),
            transaction.atomic(),
        ):
            type(made[label]).objects.filter(pk=made[label].pk).update(subject=two[0].subject)


def test_the_log_of_who_read_follows_the_person(
    two: tuple[Youth, Youth], coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    disclosing.read(Youth.objects.filter(pk=two[1].pk).order_by("pk"), coordinator)
    guard = person("privacy_officer", purpose="records")
    assert disclosing.disclosures(two[0].subject, by=guard) == []
    same(pair_of(*two, at), coordinator, at)
    assert [one.record for one in disclosing.disclosures(two[0].subject, by=guard)] == [two[1].subject]


# --- Pages and API


def test_pages_from_the_pair_to_taking_it_apart(
    two: tuple[Youth, Youth], coordinator: Viewer, client_of: Callable[..., Client], at: datetime
) -> None:
    pair = pair_of(*two, at)
    client = client_of("program_coordinator")
    listed = client.get("/cases/who-is-who/").content.decode()
    assert "1 pair of records may be of one young person." in listed
    page = client.get(f"/cases/who-is-who/{pair.pk}/").content.decode()
    assert page.count("Marlowe") >= 2
    assert "agrees" in page
    assert "Marlowe" not in page[page.index("<title>") : page.index("</title>")]
    refused = client.post(f"/cases/who-is-who/{pair.pk}/", {"decision": "same", "reason": "SSN 123-45-6789"})
    assert refused.status_code == 422
    sent = client.post(f"/cases/who-is-who/{pair.pk}/", {"decision": "same", "reason": "One certificate"})
    assert sent.status_code == 302
    assert "Take apart" in client.get("/cases/who-is-who/").content.decode()
    assert client.get(f"/cases/who-is-who/{pair.pk}/").status_code == 404
    assert client.post(f"/cases/who-is-who/{pair.pk}/undo/", {"reason": "Twins"}).status_code == 302
    assert client.get(f"/cases/who-is-who/{pair.pk}/").status_code == 200


def test_the_same_over_http(
    two: tuple[Youth, Youth], coordinator: Viewer, client_of: Callable[..., Client], at: datetime
) -> None:
    pair = pair_of(*two, at)
    client = client_of("program_coordinator")
    assert [one["id"] for one in client.get("/api/v1/cases/who-is-who").json()] == [pair.pk]

    def send(what: str, **told: Any) -> Any:
        return client.post(
            f"/api/v1/cases/who-is-who/{pair.pk}/{what}", told, content_type="application/json"
        )

    assert send("decide", decision="same", reason="").status_code == 422
    assert send("decide", decision="same", reason="One certificate").json()["decision"] == "same"
    assert send("undo", reason="Twins").json()["decision"] == "open"
    stranger = client_of("program_coordinator", "community")
    assert (
        stranger.post(
            f"/api/v1/cases/who-is-who/{pair.pk}/undo", {"reason": "x"}, content_type="application/json"
        ).status_code
        == 404
    )


@pytest.mark.parametrize("named", [0, 1])
def test_a_hold_holds_the_person_whichever_reference_it_names(
    named: int, two: tuple[Youth, Youth], coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    guard, pair = person("privacy_officer", purpose="records"), pair_of(*two, at)
    same(pair, coordinator, at)
    hold = holds.place(
        covers="person", names=[two[named].subject], matter="12-9", reason="Claim", by=guard, at=at
    )
    both = sorted(one.subject for one in two)
    assert hold.names == both, "the database's own wall goes by these"
    with within(system(at)):
        assert list(Youth.including_sealed.filter(holds.held(Youth))) == list(
            Youth.including_sealed.filter(subject__in=both)
        )
        assert Youth.including_sealed.filter(holds.held(Youth)).exists()
    holds.lift(hold_id=hold.pk, reason="Settled", by=guard, at=at)


def test_an_older_hold_on_a_reference_that_was_put_away_holds_too(
    two: tuple[Youth, Youth], coordinator: Viewer, person: Callable[..., Viewer], at: datetime
) -> None:
    guard, pair = person("privacy_officer", purpose="records"), pair_of(*two, at)
    same(pair, coordinator, at)
    with within(coordinator):
        kept = Youth.objects.get(pk__in=[one.pk for one in two])
    away = next(one for one in two if one.pk != kept.pk)
    holds.LitigationHold.objects.create(
        covers="person",
        names=[away.subject],
        agency_id=guard.agency_id,
        matter="12-9",
        reason="Claim",
        placed_at=at,
    )
    with within(system(at)):
        assert Youth.objects.filter(holds.held(Youth)).get() == kept


def test_a_hold_on_nobody_is_refused(youth: Youth, person: Callable[..., Viewer], at: datetime) -> None:
    guard = person("privacy_officer", purpose="records")
    asked: dict[str, Any] = {"matter": "12-9", "reason": "Claim", "by": guard, "at": at}
    for names in (["cases.Youth:999999"], [youth.subject, "cases.Visitor:12"]):
        with pytest.raises(Refusal, match=f"No record has this reference: {names[-1]}") as refused:
            holds.place(covers="matter", names=names, **asked)
        assert refused.value.field == "names"
    assert not holds.LitigationHold.objects.exists()
    order = sealing.order(
        record_name=youth.subject, ground="court_order", reason="Order", due_on=DAY, by=guard, at=at
    )
    sealing.seal(sealing_id=order.pk, by=guard, at=at)
    assert holds.place(covers="person", names=[youth.subject], **asked).pk, "what is sealed can be held"
