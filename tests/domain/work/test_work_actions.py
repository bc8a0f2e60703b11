"""Moving work: what each move keeps, and what it refuses."""

from __future__ import annotations

import io
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions
from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.states import IllegalMove, State
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.files.store import FileTypeRefused

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64 + b"IEND"


def test_the_whole_way_is_kept_move_by_move(proposed: WorkItem, advance: Any) -> None:
    item = advance(proposed, State.VERIFIED)

    moves = item.transitions.values_list("number", "from_state", "to_state")
    assert list(moves) == [
        (1, "", "proposed"),
        (2, "proposed", "accepted"),
        (3, "accepted", "funded"),
        (4, "funded", "scheduled"),
        (5, "scheduled", "done"),
        (6, "done", "verified"),
    ]
    assert (item.funded_cents, item.actual_cents, item.money_source) == (35_000, 34_000, "Site budget")
    assert item.first_due == item.due == date(2012, 12, 14)
    assert item.done_by_id != item.verified_by_id


def test_each_write_is_one_audit_event(proposed: WorkItem, advance: Any) -> None:
    advance(proposed, State.VERIFIED)

    events = Event.objects.filter(subject=f"work.WorkItem:{proposed.pk}").order_by("sequence")
    assert [event.action for event in events] == [
        "work.proposed",
        "work.accepted",
        "work.funded",
        "work.scheduled",
        "work.completed",
        "work.evidence_added",
        "work.verified",
    ]


def test_nobody_verifies_without_evidence(
    proposed: WorkItem, advance: Any, person: Any, at: datetime
) -> None:
    advance(proposed, State.DONE)

    with pytest.raises(actions.EvidenceMissing, match="Add a photograph"):
        actions.verify(item_id=proposed.pk, by=person("site_lead"), at=at)
    assert WorkItem.objects.get().state == State.DONE


def test_the_doer_does_not_verify_in_another_role_either(
    proposed: WorkItem, advance: Any, person: Any, at: datetime
) -> None:
    advance(proposed, State.SCHEDULED)
    doer = person("facilities", name="lee")
    actions.complete(item_id=proposed.pk, actual_cents=0, by=doer, at=at)
    actions.add_evidence(item_id=proposed.pk, text="Seen", by=doer, at=at)
    same_person = person("lead", name="lee")

    with pytest.raises(actions.SamePerson, match="somebody else"):
        actions.verify(item_id=proposed.pk, by=same_person, at=at)
    assert actions.verify(item_id=proposed.pk, by=person("lead"), at=at).state == State.VERIFIED


def test_the_system_itself_neither_does_nor_verifies(
    proposed: WorkItem, advance: Any, by: Viewer, at: datetime
) -> None:
    advance(proposed, State.SCHEDULED)

    with pytest.raises(actions.PersonMissing):
        actions.complete(item_id=proposed.pk, actual_cents=0, by=by, at=at)


def test_an_illegal_move_changes_nothing(proposed: WorkItem, person: Any, at: datetime) -> None:
    with pytest.raises(IllegalMove):
        actions.complete(item_id=proposed.pk, actual_cents=0, by=person("lead"), at=at)

    assert proposed.transitions.count() == 1
    assert WorkItem.objects.get().state == State.PROPOSED


@pytest.mark.parametrize("reason", ["", "   "])
def test_declining_needs_a_reason(proposed: WorkItem, person: Any, at: datetime, reason: str) -> None:
    with pytest.raises(actions.ReasonMissing):
        actions.decline(item_id=proposed.pk, reason=reason, by=person("lead"), at=at)


def test_reopened_work_needs_fresh_evidence(
    proposed: WorkItem, advance: Any, person: Any, at: datetime
) -> None:
    advance(proposed, State.VERIFIED)
    lead = person("lead")

    item = actions.reopen(item_id=proposed.pk, reason="It broke again", by=lead, at=at)

    assert item.state == State.ACCEPTED
    assert (item.evidence_count, item.done_by_id, item.verified_by_id) == (0, None, None)
    assert item.evidence.count() == 1, "what was shown before stays on record"
    assert item.transitions.last().reason == "It broke again"


def test_moving_the_due_date_keeps_the_first_one(
    proposed: WorkItem, advance: Any, person: Any, at: datetime
) -> None:
    advance(proposed, State.ACCEPTED)

    item = actions.change_due(
        item_id=proposed.pk, due=date(2013, 2, 1), reason="Bids late", by=person("lead"), at=at
    )

    assert (item.due, item.first_due) == (date(2013, 2, 1), date(2012, 12, 14))
    change = item.due_changes.get()
    assert (change.from_due, change.to_due, change.reason) == (item.first_due, item.due, "Bids late")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"due": date(2012, 9, 5)}, actions.DateWrong),
        ({"due": date(2012, 12, 1), "estimate_cents": -1}, actions.AmountWrong),
    ],
)
def test_accepting_refuses_nonsense(
    proposed: WorkItem, person: Any, at: datetime, change: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        actions.accept(item_id=proposed.pk, by=person("lead"), at=at, **change)


def test_work_is_not_done_tomorrow(proposed: WorkItem, advance: Any, person: Any, at: datetime) -> None:
    advance(proposed, State.SCHEDULED)

    with pytest.raises(actions.DateWrong, match="yet to come"):
        actions.complete(
            item_id=proposed.pk,
            actual_cents=0,
            done_on=at.date() + timedelta(days=1),
            by=person("facilities"),
            at=at,
        )


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("lead", True), ("facilities", True), ("site_lead", False), ("trustee", False), ("provider", False)],
)
def test_who_may_accept(proposed: WorkItem, person: Any, at: datetime, role: str, allowed: bool) -> None:
    by = person(role)
    if allowed:
        actions.accept(item_id=proposed.pk, due=date(2012, 12, 1), by=by, at=at)
    else:
        with pytest.raises(AccessDenied):
            actions.accept(item_id=proposed.pk, due=date(2012, 12, 1), by=by, at=at)


def test_a_site_lead_works_at_the_own_site_only(
    proposed: WorkItem, other_site: Campus, person: Any, at: datetime
) -> None:
    elsewhere = person("site_lead", sites=[other_site])

    with pytest.raises(AccessDenied):
        actions.add_evidence(item_id=proposed.pk, text="Seen", by=elsewhere, at=at)
    with pytest.raises(AccessDenied):
        actions.propose(title="Look there", campus_id=proposed.campus_id, by=elsewhere, at=at)
    assert actions.propose(title="Look here", campus_id=other_site.pk, by=elsewhere, at=at).pk


def test_open_work_is_opened_once_for_a_source(site: Campus, by: Viewer, at: datetime) -> None:
    asked = {
        "source": "assessments.Finding:42",
        "source_title": "Fence gap",
        "kind": "recommendation",
        "title": "Close the gap",
        "campus_id": site.pk,
        "by": by,
        "at": at,
    }

    first, again = actions.open_work(**asked), actions.open_work(**{**asked, "title": "Other words"})

    assert first.pk == again.pk
    assert WorkItem.objects.count() == 1


def test_references_are_given_or_taken(site: Campus, by: Viewer, at: datetime) -> None:
    given = actions.propose(title="One", reference="X-1", by=by, at=at)
    made = actions.propose(title="Two", by=by, at=at)

    assert given.reference == "X-1"
    assert made.reference == f"W-{made.pk:05d}"
    with pytest.raises(actions.ReferenceTaken):
        actions.propose(title="Three", reference="X-1", by=by, at=at)


def test_describing_is_quiet_when_nothing_changes(proposed: WorkItem, person: Any, at: datetime) -> None:
    lead = person("lead")
    before = Event.objects.count()

    actions.describe(item_id=proposed.pk, changes={"title": "Repair the fence"}, by=lead, at=at)

    assert Event.objects.count() == before
    with pytest.raises(ValueError, match="state"):
        actions.describe(item_id=proposed.pk, changes={"state": "verified"}, by=lead, at=at)


def test_a_photograph_is_evidence_and_a_program_is_not(proposed: WorkItem, person: Any, at: datetime) -> None:
    who = person("facilities")

    kept = actions.add_evidence(
        item_id=proposed.pk, kind="photo", stream=io.BytesIO(PNG), file_name="IMG_1.PNG", by=who, at=at
    )

    assert kept.file is not None
    assert kept.file.media_type == "image/png"
    with pytest.raises(FileTypeRefused):
        actions.add_evidence(
            item_id=proposed.pk,
            kind="document",
            stream=io.BytesIO(b"<html><script>"),
            file_name="a.png",
            by=who,
            at=at,
        )


@pytest.mark.parametrize(
    ("kind", "text", "content", "refusal"),
    [
        ("photo", "Seen it", None, actions.FileMissing),
        ("document", "Seen it", None, actions.FileMissing),
        ("photo", "", b"%PDF-1.7\n", FileTypeRefused),
        ("note", " ", None, actions.NothingSaid),
        ("note", "", PNG, actions.NothingSaid),
        ("measurement", "", PNG, actions.NothingSaid),
        ("note", "Seen it", PNG, None),
        ("measurement", "40 lux", None, None),
        ("photo", "", PNG, None),
        ("document", "", b"%PDF-1.7\n", None),
    ],
)
def test_evidence_is_what_it_says_it_is(
    proposed: WorkItem,
    person: Any,
    at: datetime,
    kind: str,
    text: str,
    content: bytes | None,
    refusal: type[Exception] | None,
) -> None:
    with nullcontext() if refusal is None else pytest.raises(refusal):
        actions.add_evidence(
            item_id=proposed.pk,
            kind=kind,
            text=text,
            stream=None if content is None else io.BytesIO(content),
            file_name="shown",
            by=person("facilities"),
            at=at,
        )

    assert proposed.evidence.count() == (refusal is None)


@pytest.mark.parametrize("state", [State.DECLINED, State.VERIFIED])
@pytest.mark.parametrize(
    "change",
    [
        lambda **who: actions.describe(changes={"title": "Something else"}, **who),
        lambda **who: actions.assign(owner_role="facilities", **who),
        lambda **who: actions.change_due(due=date(2013, 3, 1), reason="Bids", **who),
        lambda **who: actions.add_evidence(text="Seen", **who),
    ],
    ids=["describe", "assign", "change_due", "add_evidence"],
)
def test_closed_work_is_not_rewritten(
    proposed: WorkItem, advance: Any, person: Any, at: datetime, state: State, change: Any
) -> None:
    advance(proposed, state)
    before = WorkItem.objects.values().get()

    with pytest.raises(actions.WorkClosed, match="Re-open it"):
        change(item_id=proposed.pk, by=person("lead"), at=at)

    assert WorkItem.objects.values().get() == before


def test_money_that_falls_through_is_taken_back_with_a_reason(
    proposed: WorkItem, advance: Any, person: Any, at: datetime
) -> None:
    advance(proposed, State.FUNDED)
    with pytest.raises(actions.ReasonMissing):
        actions.unfund(item_id=proposed.pk, reason=" ", by=person("grants_analyst"), at=at)
    with pytest.raises(AccessDenied):
        actions.unfund(item_id=proposed.pk, reason="The bid failed", by=person("facilities"), at=at)
    item = actions.unfund(item_id=proposed.pk, reason="The bid failed", by=person("lead"), at=at)
    assert (item.state, item.funded_cents, item.money_source) == ("accepted", None, "")
    last = item.transitions.order_by("-number")[0]
    assert (last.from_state, last.to_state, last.reason) == ("funded", "accepted", "The bid failed")
    again = actions.fund(item_id=item.pk, amount_cents=1, money_source="Local", by=person("lead"), at=at)
    assert again.state == "funded"


def test_money_is_not_taken_back_once_a_day_is_set(
    proposed: WorkItem, advance: Any, person: Any, at: datetime
) -> None:
    advance(proposed, State.SCHEDULED)
    with pytest.raises(IllegalMove):
        actions.unfund(item_id=proposed.pk, reason="The bid failed", by=person("lead"), at=at)
