"""From draft to published: what freezes, who signs, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from schoolward.platform.access.models import Account
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.measures.lineage import unpack
from schoolward.reports import composing
from schoolward.reports.actions import (
    EditionExists,
    NotPublishable,
    ReportError,
    SamePerson,
    StaleText,
    UnfitDate,
    WrongState,
    approve,
    correct,
    discard,
    draft_edition,
    edit_form,
    edit_section,
    preview,
    publish,
    return_to_draft,
    sign_anomaly,
    sign_unjudged,
    submit,
    write_minutes,
)
from schoolward.reports.checks import refusals
from schoolward.reports.composing import SectionError
from schoolward.reports.models import Edition, Signoff, State
from schoolward.reports.queries import contents, traceability
from schoolward.reports.registry import ReportKind

pytestmark = pytest.mark.django_db

Make = Callable[..., Edition]
Person = Callable[..., Viewer]
Counted = Callable[..., list[Account]]


def reasons(edition: Edition) -> list[str]:
    return [refusal.code for refusal in refusals(edition)]


class TestLife:
    def test_an_edition_is_drafted_reviewed_approved_and_published(
        self, approved: Make, counted: Counted, person: Person, at: datetime
    ) -> None:
        counted(3)
        edition = publish(edition=approved(), by=person(3, Role.TRUSTEE), at=at)

        assert edition.state == State.PUBLISHED
        assert list(edition.signoffs.values_list("step", flat=True)) == ["submit", "approve", "publish"]
        actions = Event.objects.filter(action__startswith="reports.").order_by("sequence")
        assert list(actions.values_list("action", flat=True)) == [
            "reports.drafted",
            "reports.submit",
            "reports.unjudged_signed",
            "reports.approve",
            "reports.publish",
        ]

    def test_freezing_keeps_value_definition_and_records(self, approved: Make, counted: Counted) -> None:
        accounts = counted(3)
        cell = approved().cells.get()

        assert (cell.measure_key, cell.value, cell.record_count, cell.shown) == ("test.events", 3.0, 3, "3")
        assert unpack(bytes(cell.record_keys)) == [str(account.pk) for account in accounts]
        assert "email" in cell.query

    def test_a_frozen_text_keeps_its_number_when_records_are_added(
        self, approved: Make, counted: Counted
    ) -> None:
        counted(3)
        edition = approved()
        counted(2)

        assert contents(edition).sections["results"][0]["runs"][1] == {"cell": 1, "text": "3"}

    def test_a_draft_is_live(self, draft: Make, counted: Counted) -> None:
        edition = draft()
        counted(2)
        assert contents(edition).cells[0].shown == "2"
        counted(2)
        assert contents(edition).cells[0].shown == "4"

    def test_the_next_edition_starts_from_the_last_ones_texts(
        self, approved: Make, person: Person, at: datetime
    ) -> None:
        publish(edition=approved("All is well."), by=person(3, Role.TRUSTEE), at=at)
        following = draft_edition(report="small", as_of=date(2012, 9, 6), by=person(1, Role.LEAD), at=at)

        assert following.number == 2
        assert following.sections.get(key="results").body == "All is well."

    def test_publishing_supersedes_the_one_before(self, approved: Make, person: Person, at: datetime) -> None:
        first = publish(edition=approved(as_of=date(2012, 5, 1)), by=person(3, Role.TRUSTEE), at=at)
        publish(edition=approved(), by=person(3, Role.TRUSTEE), at=at)
        first.refresh_from_db()

        assert first.state == State.SUPERSEDED

    def test_texts_that_were_never_published_are_not_carried_on(
        self, approved: Make, draft: Make, person: Person, at: datetime
    ) -> None:
        publish(edition=approved("All is well.", as_of=date(2012, 5, 1)), by=person(3, Role.TRUSTEE), at=at)
        draft("Half a thought.", as_of=date(2012, 6, 1))

        following = draft(as_of=date(2012, 7, 1))
        assert following.sections.get(key="results").body == "All is well."

    def test_a_draft_is_given_up_and_the_audit_says_why(
        self, draft: Make, approved: Make, person: Person, at: datetime
    ) -> None:
        edition = draft()
        discard(edition=edition, reason="A wrong day", by=person(1, Role.LEAD), at=at)

        assert not Edition.objects.exists()
        assert Event.objects.get(action="reports.discarded").detail["reason"] == "A wrong day"
        with pytest.raises(WrongState):
            discard(edition=approved(), by=person(1, Role.LEAD), at=at)

    def test_a_paper_over_invented_records_says_so(
        self, draft: Make, person: Person, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plain = draft()
        assert not plain.invented
        for module in ("beginning", "actions.signing"):
            monkeypatch.setattr(f"schoolward.reports.{module}.invented_rows", lambda: [("Things", 3)])
        assert draft(as_of=date(2012, 8, 1)).invented
        assert submit(edition=plain, by=person(1, Role.LEAD), at=at).invented

    def test_one_open_draft_a_date(self, draft: Make) -> None:
        draft()
        with pytest.raises(EditionExists):
            draft()

    @pytest.mark.parametrize(
        ("day", "why"),
        [(date(2099, 1, 1), "is still to come"), (date(1, 1, 1), "check the year")],
    )
    def test_no_figures_can_stand_there(self, draft: Make, day: date, why: str) -> None:
        with pytest.raises(UnfitDate, match=why):
            draft(as_of=day)
        assert not Edition.objects.exists()

    def test_steps_have_an_order(self, draft: Make, person: Person, at: datetime) -> None:
        edition = draft()
        with pytest.raises(WrongState, match="“Draft”; this step starts from “In review”"):
            approve(edition=edition, by=person(2), at=at)
        with pytest.raises(WrongState):
            publish(edition=edition, by=person(2), at=at)

    def test_returning_opens_the_texts_and_voids_signatures(
        self, approved: Make, person: Person, at: datetime
    ) -> None:
        edition = approved()
        with pytest.raises(ReportError, match="Say why"):
            return_to_draft(edition=edition, reason=" ", by=person(1, Role.LEAD), at=at)
        edition = return_to_draft(edition=edition, reason="A wrong date", by=person(1, Role.LEAD), at=at)

        assert (edition.state, edition.round, edition.cells.count()) == (State.DRAFT, 2, 0)
        edition = submit(edition=edition, by=person(1, Role.LEAD), at=at)
        sign_unjudged(edition=edition, reason="Counted by hand.", by=person(2), at=at)
        # Person 2 approved the first round only, and may therefore publish the second.
        approve(edition=edition, by=person(3, Role.TRUSTEE), at=at)
        assert publish(edition=edition, by=person(2), at=at).state == State.PUBLISHED


class TestTwoPeople:
    def test_whoever_sends_to_review_does_not_approve(
        self, approved: Make, person: Person, at: datetime
    ) -> None:
        edition = return_to_draft(edition=approved(), reason="A wrong date", by=person(1, Role.LEAD), at=at)
        edition = submit(edition=edition, by=person(1, Role.LEAD), at=at)
        with pytest.raises(SamePerson, match="sent this edition to review"):
            approve(edition=edition, by=person(1, Role.TRUSTEE), at=at)

    def test_whoever_approves_does_not_publish(self, approved: Make, person: Person, at: datetime) -> None:
        edition = approved()
        with pytest.raises(SamePerson):
            publish(edition=edition, by=person(2), at=at)

    def test_the_machine_neither_approves_nor_publishes(
        self, approved: Make, draft: Make, person: Person, by: Viewer, at: datetime
    ) -> None:
        edition = approved()
        with pytest.raises(SamePerson, match="a person with an account"):
            publish(edition=edition, by=by, at=at)
        other = submit(edition=draft(as_of=date(2012, 8, 1)), by=person(1, Role.LEAD), at=at)
        with pytest.raises(SamePerson, match="a person with an account"):
            approve(edition=other, by=by, at=at)

    def test_whoever_wrote_a_section_does_not_approve_it(
        self, draft: Make, person: Person, at: datetime
    ) -> None:
        edition = draft()
        edit_section(edition=edition, key="results", body="By the analyst.", version=1, by=person(2), at=at)
        edition = submit(edition=edition, by=person(1, Role.LEAD), at=at)
        with pytest.raises(SamePerson, match="wrote some of this edition"):
            approve(edition=edition, by=person(2), at=at)

    def test_whoever_wrote_the_form_does_not_publish_it(
        self, draft: Make, person: Person, at: datetime
    ) -> None:
        edition = draft("Well.")
        edit_form(edition=edition, values={"subject": "By the analyst"}, by=person(2), at=at)
        edition = submit(edition=edition, by=person(1, Role.LEAD), at=at)
        approve(edition=edition, by=person(3, Role.TRUSTEE), at=at)
        with pytest.raises(SamePerson, match="wrote some of this edition"):
            publish(edition=edition, by=person(2), at=at)

    def test_whoever_sent_it_does_not_publish_it(self, draft: Make, person: Person, at: datetime) -> None:
        edition = submit(edition=draft("Well."), by=person(2), at=at)
        approve(edition=edition, by=person(3, Role.TRUSTEE), at=at)
        with pytest.raises(SamePerson, match="sent this edition to review"):
            publish(edition=edition, by=person(2), at=at)

    def test_authors_stay_authors_when_it_goes_back(self, draft: Make, person: Person, at: datetime) -> None:
        edition = draft()
        edit_section(edition=edition, key="results", body="By the analyst.", version=1, by=person(2), at=at)
        edition = submit(edition=edition, by=person(1, Role.LEAD), at=at)
        edition = return_to_draft(edition=edition, reason="A word", by=person(1, Role.LEAD), at=at)
        edition = submit(edition=edition, by=person(1, Role.LEAD), at=at)
        with pytest.raises(SamePerson):
            approve(edition=edition, by=person(2), at=at)

    def test_the_database_holds_it_too(self, approved: Make, person: Person, at: datetime) -> None:
        edition = approved()
        with pytest.raises(IntegrityError), transaction.atomic():
            Signoff.objects.create(
                edition=edition, round=1, step="publish", account_id=2, account_name="x", role="x", at=at
            )

    @pytest.mark.parametrize(
        ("step", "role"), [(submit, Role.TRUSTEE), (approve, Role.LEAD), (publish, Role.LEAD)]
    )
    def test_roles(
        self, draft: Make, person: Person, at: datetime, step: Callable[..., Edition], role: str
    ) -> None:
        with pytest.raises(AccessDenied):
            step(edition=draft(), by=person(9, role), at=at)


class TestRefusals:
    def test_records_that_changed(
        self, approved: Make, counted: Counted, person: Person, at: datetime
    ) -> None:
        counted(3)
        edition = approved()
        counted(1)

        with pytest.raises(
            NotPublishable, match=r"Number 1 \(Events: 3\): its records have changed .* \(3 then, 4 now\)"
        ):
            publish(edition=edition, by=person(3, Role.TRUSTEE), at=at)
        edition.refresh_from_db()
        assert edition.state == State.APPROVED
        assert Event.objects.filter(action="reports.publish", outcome="denied").count() == 1

    def test_records_that_are_gone(self, approved: Make, counted: Counted) -> None:
        accounts = counted(3)
        edition = approved()
        accounts[0].delete()

        assert "1 of its 3 records are no longer there." in str(refusals(edition)[0])
        assert traceability(list(edition.cells.all())).share == 0

    def test_a_list_of_records_that_was_tampered_with(self, approved: Make, counted: Counted) -> None:
        counted(3)
        edition = approved()
        edition.cells.update(record_digest="0" * 64)

        assert "does not match its digest" in str(refusals(edition)[0])

    def test_a_definition_that_changed(self, approved: Make) -> None:
        edition = approved()
        edition.cells.update(measure_version=7)

        assert "its definition is now version 1, and was 7." in str(refusals(edition)[0])

    def test_a_measure_that_is_gone(self, approved: Make) -> None:
        edition = approved()
        edition.cells.update(measure_key="test.evens")

        assert "did you mean test.events?" in str(refusals(edition)[0])

    def test_a_small_count_is_never_shown(self, approved: Make, counted: Counted) -> None:
        counted(4, on=date(2012, 7, 16))
        edition = approved("There were [[test.students period=to-date]] students.")
        cell = edition.cells.get()

        assert (cell.suppressed, cell.value, cell.record_count) == (True, None, 0)
        assert unpack(bytes(cell.record_keys)) == []
        assert reasons(edition) == []

    def test_a_small_count_that_shows_stops_publication(self, approved: Make, counted: Counted) -> None:
        counted(4)
        edition = approved()
        edition.cells.update(minimum_count=11)

        assert reasons(edition) == ["small"]

    def test_a_withheld_site_that_can_be_had_by_subtraction(self, approved: Make, counted: Counted) -> None:
        """The total minus all the sites printed leaves the hidden one, if no other site is left."""
        counted(30, on=date(2012, 7, 16))
        edition = approved("All [[test.students period=to-date]] students.")
        total = edition.cells.get(measure_key="test.students")
        for position, (campus, count) in enumerate(((7, 4), (8, 26)), start=20):
            total.pk, total.position, total.campus_id = None, position, campus
            total.suppressed = count < 11
            total.value = total.numerator = None if count < 11 else float(count)
            total.save()

        # The rest of the district is unknown too, so 0..4 fits: hidden, but only in a band of five.
        assert "small" in [r.code for r in refusals(edition) if "worked out" in r.trouble]

    def test_an_unusual_number_waits_for_a_signature(
        self, approved: Make, counted: Counted, person: Person, at: datetime
    ) -> None:
        for year in (2009, 2010, 2011):
            counted(4, on=date(year, 8, 1))
        counted(90, on=date(2012, 8, 1))
        edition = approved("We counted [[test.events]] events.")

        assert reasons(edition) == ["anomaly"]
        cell = edition.cells.get()
        assert "22.5 times the median of its 3 earlier years" in cell.anomaly_sentence
        with pytest.raises(ReportError, match="what you found"):
            sign_anomaly(cell=cell, reason="", by=person(2), at=at)
        sign_anomaly(cell=cell, reason="A new school opened.", by=person(2), at=at)
        assert reasons(edition) == []

    def test_an_ordinary_number_needs_none(
        self, approved: Make, counted: Counted, person: Person, at: datetime
    ) -> None:
        for month in range(1, 9):
            counted(4, on=date(2012, month, 15))
        edition = approved("In August [[test.events from=2012-08-01 to=2012-08-31]] events.")

        assert reasons(edition) == []
        with pytest.raises(ReportError, match="nothing to sign"):
            sign_anomaly(cell=edition.cells.get(), reason="x", by=person(2), at=at)
        with pytest.raises(ReportError, match="Every number could be judged"):
            sign_unjudged(edition=edition, reason="x", by=person(2), at=at)

    def test_one_signature_covers_all_that_could_not_be_judged(
        self, approved: Make, counted: Counted, person: Person, at: datetime
    ) -> None:
        counted(3)
        text = "It was [[test.events period=to-date]], and [[test.share]]; asked: [[test.survey]]."
        edition = approved(text, signed=False)

        (found,) = refusals(edition)
        assert str(found) == (
            "2 numbers: there is too little to hold it against (Events: 3; Share: 0%). "
            "Look at their records, then sign for all of them with one sentence."
        )
        with pytest.raises(ReportError, match="what you found"):
            sign_unjudged(edition=edition, reason=" ", by=person(2), at=at)
        assert sign_unjudged(edition=edition, reason="Counted by hand.", by=person(2), at=at) == 2
        assert reasons(edition) == []
        with pytest.raises(AccessDenied):
            sign_unjudged(edition=edition, reason="x", by=person(3, Role.TRUSTEE), at=at)

    def test_a_month_of_wrong_records_stops_the_year_and_the_chart(
        self, approved: Make, counted: Counted, person: Person, at: datetime
    ) -> None:
        """The state's 6,645, in small: a year that is far off only by one of its months."""
        for month in range(1, 13):
            counted(9, on=date(2010 if month >= 7 else 2011, month, 15))
            counted(9 if month != 11 else 400, on=date(2011 if month >= 7 else 2012, month, 15))
        year = "[[test.events period=last-school-year]]"
        edition = approved(f"{year} events, in November [[test.events from=2011-11-01 to=2011-11-30]].")

        assert reasons(edition) == ["anomaly", "anomaly"]
        assert "November 1, 2011 to November 30, 2011: 400 is 44.4 times" in str(refusals(edition)[0])
        for cell in edition.cells.all():
            sign_anomaly(cell=cell, reason="A drill was filed as events.", by=person(2), at=at)
        assert reasons(edition) == []

    def test_a_typed_figure_without_a_source(self, approved: Make) -> None:
        edition = approved("We mended 31 locks.")

        (found,) = refusals(edition)
        assert str(found) == (
            "Section “Results”: “31” has no records and no source, in “We mended 31 locks.”. "
            "Write a measure's token in its place, or name the source with [[cite: …]]."
        )

    @pytest.mark.parametrize(
        ("text", "figure"),
        [
            ("Officers made forty-two arrests.", "forty-two"),
            ("Truancy fell by half.", "by half"),
            ("We mended a third of the locks.", "a third"),
            ("Two-thirds of the gates close.", "Two-thirds"),
            ("A dozen doors were changed.", "dozen"),
            ("Alarms doubled.", "doubled"),
            ("Nine percent came back.", "Nine percent"),
        ],
    )
    def test_a_figure_in_words_is_a_figure(self, approved: Make, text: str, figure: str) -> None:
        (found,) = refusals(approved(text))
        assert f"“{figure}” has no records and no source" in str(found)

    @pytest.mark.parametrize(
        "text",
        [
            "Two reasons stand behind this, and one of them is old.",
            "At half past seven the third party came.",
            "Officers made forty-two arrests. [[cite: Annual report of the department, 2011]]",
        ],
    )
    def test_words_that_count_no_records_may_stand(self, approved: Make, text: str) -> None:
        assert reasons(approved(text)) == []

    def test_a_date_after_the_figures_day(self, approved: Make) -> None:
        (found,) = refusals(approved("The report came in May 2013."))
        assert "“May 2013” lies after 2012-09-06, the day at which the figures stand" in str(found)

    def test_an_empty_section(self, approved: Make, draft: Make) -> None:
        assert reasons(approved("")) == ["empty"]

    def test_not_collected_is_said_and_not_zero(self, approved: Make) -> None:
        edition = approved("Asked: [[test.survey]].")

        assert edition.cells.get().shown == "not collected"
        assert reasons(edition) == []


class TestWriting:
    def test_an_unknown_measure_names_the_nearest(self, draft: Make, person: Person, at: datetime) -> None:
        with pytest.raises(
            SectionError, match=r"Section “Results”: .*'test.evnts'; did you mean test.events\?"
        ):
            draft("[[test.evnts]]")

    @pytest.mark.parametrize("when", ["from=0001-01-01", "to=9999-12-31"])
    def test_a_year_that_is_a_slip_is_said(self, draft: Make, when: str) -> None:
        with pytest.raises(SectionError, match="check the year"):
            draft(f"[[test.events {when}]]")

    @pytest.mark.parametrize(
        ("body", "told"),
        [
            ("- [[test.evnts]]", "did you mean test.events"),
            ("[[test.events period=next-year]]", "next-year"),
            ("[[test.events site=34674393431012]]", "no school has the code"),
            ("[[test.events show=interval]]", "has no interval"),
            ("[[show: budget]]", "this report knows"),
        ],
    )
    def test_what_is_refused_at_saving_is_what_cannot_be_read(
        self, draft: Make, kind: ReportKind, body: str, told: str
    ) -> None:
        with pytest.raises(SectionError, match=told) as refused:
            draft(body)
        with pytest.raises(SectionError) as unread:
            preview(kind, date(2012, 9, 6), "results", body)
        assert str(refused.value) == str(unread.value)

    def test_saving_counts_nothing(self, draft: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(composing, "freeze", lambda *asked: pytest.fail(f"counted {asked}"))
        draft("- [[test.events]] events, **[[test.share show=parts]]** of them here.")

    def test_a_second_authors_text_is_not_lost(self, draft: Make, person: Person, at: datetime) -> None:
        edition = draft("Mine.")
        with pytest.raises(StaleText):
            edit_section(edition=edition, key="results", body="Theirs.", version=1, by=person(2), at=at)
        assert edition.sections.get(key="results").body == "Mine."

    def test_texts_close_with_review(self, approved: Make, person: Person, at: datetime) -> None:
        with pytest.raises(WrongState):
            edit_section(
                edition=approved(), key="results", body="x", version=1, by=person(1, Role.LEAD), at=at
            )

    def test_minutes_stay_open(self, approved: Make, person: Person, at: datetime) -> None:
        edition = approved()
        write_minutes(edition=edition, text="Received.", by=person(8, Role.SECRETARY), at=at)
        with pytest.raises(AccessDenied):
            write_minutes(edition=edition, text="Mine.", by=person(9, Role.CAMPUS_MONITOR), at=at)
        with pytest.raises(WrongState):
            edit_form(edition=edition, values={"subject": "Other"}, by=person(1, Role.LEAD), at=at)
        with pytest.raises(ValueError, match="state"):
            edit_form(edition=edition, values={"state": "published"}, by=person(1, Role.LEAD), at=at)

    def test_a_correction_stands_beside_the_edition(
        self, approved: Make, person: Person, at: datetime
    ) -> None:
        edition = approved()
        with pytest.raises(WrongState):
            correct(edition=edition, text="x", by=person(2), at=at)
        publish(edition=edition, by=person(3, Role.TRUSTEE), at=at)
        frozen = contents(edition).sections
        correct(edition=edition, text="One event was counted twice.", by=person(2), at=at)

        assert edition.corrections.get().text == "One event was counted twice."
        assert contents(edition).sections == frozen
