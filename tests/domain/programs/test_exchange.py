"""Tables go out and come in again unchanged, into this installation and into an empty one."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps

from schoolward.domains.places.models import Campus
from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.directory import services
from schoolward.domains.programs.models import Offering, Program, Provider, Session, SessionCount, VettingKind
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv
from schoolward.protocols.open_referral import document

#: In the order in which they have to come in.
TABLES = (
    "program-providers",
    "programs",
    "program-plans",
    "program-ratings",
    "program-rules",
    "program-contests",
    "program-bodies",
    "program-places",
    "program-offerings",
    "program-groups",
    "program-sessions",
    "program-fidelity",
    "program-results",
    "program-waivers",
    "program-equipment",
    "program-volunteers",
    "program-vettings",
    "program-assignments",
    "program-proposals",
)


def _export(key: str, by: Viewer) -> bytes:
    exchange = get(key)
    return b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))


def _import(key: str, content: bytes, by: Viewer, at: datetime) -> Report:
    return run(key, io.BytesIO(content), by=by, at=at)


@pytest.fixture
def everything(offering: Callable[..., Offering], league: Provider, by: Viewer, at: datetime) -> Program:
    """A program with something in every table."""
    held = offering("curriculum", title="Lessons", fee_cents=1250, languages="en,es", max_age=18)
    program, who = held.program, {"by": by, "at": at}
    day = date(2012, 8, 27)
    actions.set_plan(program_id=program.pk, valid_from=day, sessions=12, minutes=45, source="Manual", **who)
    actions.rate(
        program_id=program.pk,
        source="A clearinghouse",
        rating="Promising",
        population="Students",
        dated=day,
        date_is="rated",
        **who,
    )
    rule = actions.write_rule(
        program_id=program.pk, text="Is 14.\nA parent agrees.", source="Manual", valid_from=day, **who
    )
    actions.contest_rule(rule_id=rule.pk, ground="unclear", argument="On which day?", **who)
    actions.oversee(program_id=program.pk, body_keys=["project-team"], **who)
    actions.report_capacity(
        program_id=program.pk, unit="seat", maximum=20, taken=12, waiting=0, intake="open", **who
    )
    cohort = actions.keep_cohort(offering_id=held.pk, size=12, **who)
    for n, on in enumerate((date(2012, 8, 27), date(2012, 8, 29), date(2012, 9, 10))):
        session = actions.plan_session(
            offering_id=held.pk, on=on, minutes=50, cohort_id=cohort.pk if n else None, **who
        )
        if n == 0:
            actions.record_count(session_id=session.pk, attended=0, minutes=45, **who)
        if n == 1:
            actions.cancel_session(session_id=session.pk, reason="staff", **who)
    actions.check_fidelity(
        offering_id=held.pk,
        instrument="Checklist",
        observer="peer",
        on=day,
        items_observed=20,
        items_met=18,
        **who,
    )
    actions.record_result(
        program_id=program.pk,
        instrument="Survey",
        wave="pre",
        starts_on=day,
        ends_on=day,
        respondents=11,
        mean=7,  # type: ignore[arg-type]
        lowest=0,  # type: ignore[arg-type]
        highest=10,  # type: ignore[arg-type]
        **who,
    )
    actions.ask_for_waiver(program_id=program.pk, title="Permission", months=12, valid_from=day, **who)
    actions.keep_equipment(program_id=program.pk, title="Books", owned=30, fit=28, **who)
    volunteer = actions.add_volunteer(provider_id=league.pk, reference="RL-1", since=day, **who)
    for kind in VettingKind:
        actions.vet(volunteer_id=volunteer.pk, kind=kind, cleared_on=day, expires_on=date(2013, 8, 1), **who)
    actions.assign(volunteer_id=volunteer.pk, offering_id=held.pk, starts_on=day, ends_on=held.ends_on, **who)
    actions.propose(
        title="Evening gym",
        kind="event",
        provider_id=league.pk,
        need="A need.",
        audience="Youth",
        evidence="None.",
        cost_cents=480050,
        pilot_starts=date(2012, 10, 1),
        pilot_ends=date(2013, 3, 1),
        measure_key="initiatives.open",
        target=90,  # type: ignore[arg-type]
        stop_rule="No leader.",
        **who,
    )
    return program


def _empty() -> None:
    """Take every program away, as if this were another installation with the same agencies and sites."""
    order = ["SessionCount", "Session", "ContestAnswer", "Contest", "Assignment", "Vetting", "Volunteer"]
    models = {model.__name__: model for model in apps.get_app_config("programs").get_models()}
    last = ("Offering", "Program", "Provider")
    names = [*order, *sorted(set(models) - set(order) - set(last)), *last]
    for name in names:
        models[name].objects.all().delete()


def test_every_table_comes_in_again_unchanged_and_into_an_empty_installation_whole(
    everything: Program, by: Viewer, at: datetime
) -> None:
    files = {key: _export(key, by) for key in TABLES}
    for key, content in files.items():
        report = _import(key, content, by, at)
        assert (report.rejected, report.unchanged) == ([], report.read), key
        assert report.read, key
    _empty()
    for key, content in files.items():
        report = _import(key, content, by, at)
        assert (report.rejected, report.created) == ([], report.read), key
    assert {key: _export(key, by) for key in TABLES} == files


def test_nobody_came_goes_out_as_0_and_not_counted_as_a_blank(everything: Program, by: Viewer) -> None:
    rows = list(get("program-sessions").export_rows(by))
    column = get("program-sessions").column_names.index("attended")
    assert [row[column] for row in rows] == [0, None, None]


def test_heads_go_out_to_those_who_may_read_them(everything: Program, person: Callable[..., Viewer]) -> None:
    table = get("program-sessions")
    assert len(list(table.export_rows(person("program_coordinator")))) == 3
    assert len(list(table.export_rows(person("provider", "community")))) == 3
    assert list(table.export_rows(person("provider", "city"))) == []
    assert list(table.export_rows(person("trustee"))) == []


def test_a_corrected_count_comes_in_as_a_correction(everything: Program, by: Viewer, at: datetime) -> None:
    content = _export("program-sessions", by).replace(b",held,,45,0,", b",held,,45,9,")
    report = _import("program-sessions", content, by, at)
    assert (report.rejected, report.updated, report.unchanged) == ([], 1, 2)
    assert list(SessionCount.objects.order_by("pk").values_list("attended", flat=True)) == [0, 9]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        (b"lessons,1,1,", b"nothing,1,1,", "program"),
        (b"lessons,1,1,", b"lessons,7,1,", "offering"),
        (b",held,,45,0,", b",held,,45,,", "attended"),
        (b",held,,45,0,", b",held,,45,-4,", "attended"),
        (b"2012-08-27", b"2012-08-28", "number"),
    ],
)
def test_a_bad_session_names_its_column_and_the_others_are_taken(
    everything: Program, by: Viewer, at: datetime, old: bytes, new: bytes, column: str
) -> None:
    content = _export("program-sessions", by)
    assert old in content
    report = _import("program-sessions", content.replace(old, new, 1), by, at)
    assert [rejection.column for rejection in report.rejected] == [column]
    assert report.unchanged == 2


def _directory(by: Viewer) -> dict[str, Any]:
    return document(services(by, on=date(2012, 9, 6)))


def test_the_directory_comes_in_again_unchanged_and_into_an_empty_installation(
    everything: Program, by: Viewer, at: datetime
) -> None:
    written = _directory(by)
    content = json.dumps(written).encode()
    report = _import("program-services", content, by, at)
    assert (report.rejected, report.unchanged) == ([], report.read)
    _empty()
    report = _import("program-services", content, by, at)
    assert (report.rejected, report.created) == ([], report.read)
    again = _directory(by)
    for one in (*written["contents"], *again["contents"]):
        for capacity in one.get("capacities", ()):
            assert capacity.pop("updated")
    assert again == written
    report = _import("program-services", content, by, at)
    assert (report.rejected, report.unchanged) == ([], report.read)


def test_a_service_of_an_unknown_organization_is_rejected_with_the_way_out(
    everything: Program, by: Viewer, at: datetime
) -> None:
    written = _directory(by)
    _empty()
    del written["contents"][0]["organization"]["attributes"]
    report = _import("program-services", json.dumps(written).encode(), by, at)
    assert [rejection.column for rejection in report.rejected] == ["organization"]
    assert not Program.objects.exists()


def _changed(written: dict[str, Any], **fields: Any) -> bytes:
    return json.dumps({"contents": [{**written["contents"][0], **fields}]}).encode()


def test_a_service_that_is_no_more_ends_its_program_and_other_words_are_the_next_version(
    everything: Program, by: Viewer, at: datetime
) -> None:
    content = _changed(_directory(by), status="defunct", eligibility_description="Is 16 to 18 years old.")
    report = _import("program-services", content, by, at)
    assert (report.rejected, report.updated, report.unchanged) == ([], 1, 0)
    everything.refresh_from_db()
    assert everything.ended_on == date(2012, 9, 6)
    first, second = everything.rules.order_by("version")
    assert (second.text, second.valid_from) == ("Is 16 to 18 years old.", date(2012, 9, 6))
    assert first.valid_to == date(2012, 9, 5)
    report = _import("program-services", content, by, at)
    assert (report.rejected, report.updated, report.unchanged) == ([], 0, 1)


@pytest.mark.parametrize("status", ["inactive", "temporarily closed"])
def test_a_program_that_runs_is_not_paused_without_a_word(
    everything: Program, by: Viewer, at: datetime, status: str
) -> None:
    report = _import("program-services", _changed(_directory(by), status=status), by, at)
    found = [(one.column, one.value, bool(one.mend)) for one in report.rejected]
    assert (found, report.unchanged) == ([("status", status, True)], 0)


def test_a_program_that_has_ended_is_not_begun_again(everything: Program, by: Viewer, at: datetime) -> None:
    content = _changed(_directory(by))
    actions.end_program(program_id=everything.pk, ended_on=date(2012, 9, 6), by=by, at=at)
    report = _import("program-services", content, by, at)
    assert [(one.column, one.value) for one in report.rejected] == [("status", "active")]


def test_other_words_twice_on_a_day_are_refused_with_the_way_out(
    everything: Program, by: Viewer, at: datetime
) -> None:
    written = _directory(by)
    assert _import("program-services", _changed(written, eligibility_description="One."), by, at).updated == 1
    report = _import("program-services", _changed(written, eligibility_description="Two."), by, at)
    found = [(one.column, one.value, bool(one.mend)) for one in report.rejected]
    assert found == [("eligibility_description", "Two.", True)]


@pytest.mark.parametrize("is_same_id", [True, False])
def test_no_file_moves_a_program_to_another_provider(
    everything: Program, by: Viewer, at: datetime, is_same_id: bool
) -> None:
    other = {"id": "2ef71219-cce2-4a81-a5a5-7b023040bebd", "name": "District"}
    ours = {} if is_same_id else {"id": "11111111-1111-4111-8111-111111111111"}
    provider = everything.provider_id
    agency = everything.provider.agency
    other["name"] = agency.name
    content = _changed(_directory(by), organization=other, description="Taken over", **ours)
    report = _import("program-services", content, by, at)
    found = [(one.column, one.value, bool(one.mend)) for one in report.rejected]
    assert (found, report.updated) == ([("organization", agency.name, True)], 0)
    everything.refresh_from_db()
    assert (everything.provider_id, everything.summary != "Taken over") == (provider, True)
    assert not queries.providers(by).filter(hsds_id=other["id"]).exists()


def test_no_head_and_no_volunteer_stands_in_the_directory(everything: Program, by: Viewer) -> None:
    text = json.dumps(_directory(by))
    assert "RL-1" not in text
    assert "attended" not in text


def test_a_program_that_has_ended_is_left_out_of_the_directory(
    everything: Program, by: Viewer, at: datetime
) -> None:
    assert len(_directory(by)["contents"]) == 1
    actions.end_program(program_id=everything.pk, ended_on=date(2012, 9, 6), by=by, at=at)
    assert _directory(by)["contents"] == []


def test_sites_are_named_by_their_short_name(everything: Program, campus: Campus, by: Viewer) -> None:
    location = _directory(by)["contents"][0]["service_at_locations"][0]["location"]
    assert location["external_identifier"] == campus.slug
    assert queries.offerings(by).filter(campus=campus).count() == 1
    assert Session.objects.count() == 3
