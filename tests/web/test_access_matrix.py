"""Walks every URL and method as every role, and holds the answers against the declared table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from schoolward.platform.access.permissions import all_permissions
from schoolward.platform.access.roles import Role
from schoolward.platform.audit.models import Event
from web.access_matrix import ADMIN, MATRIX, MEMBER, PUBLIC, ROW_FIRST, SIGNED_IN, SPECIAL, cells_of
from web.callers import (  # noqa: F401 - fixtures
    ANONYMOUS,
    CLOSED,
    OUTSIDERS,
    REVOKED,
    _no_rate_limits,
    actors,
    everybody,
)

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SAMPLES = {
    "int": "2147483647",
    "slug": "nothing",
    "str": "nothing",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "path": "nothing",
}

REGEXES = {
    r"(?P<key>[-:\w]+)": "nothing",
    r"(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)": "a-nothing",
    r"(?P<key>[a-z0-9-]+)": "nothing",
    r"(?P<form>csv|xlsx)": "csv",
    r"(?P<url>.*)": "nothing/",
}


def same(names: tuple[str, ...], body: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One body for an address that has several names."""
    return dict.fromkeys(names, body)


# What the API wants to read before it asks who sends it.
BODIES: dict[str, dict[str, Any]] = {
    "api:centre_deliveries": {"from_where": "park"},
    "api:centre_deliver": {"from_where": "park"},
    "api:centre_receive": {"legal_name": "Invented", "born_on": "1998-01-01"},
    "api:centre_cause": {"cause": "work"},
    "api:centre_contact": {"by_means": "call", "was_reached": True},
    "api:centre_steps": {"kinds": ["ride"], "due_on": "2030-01-01"},
    "api:centre_release": {"released_to": "parent"},
    "api:centre_release_correct": {"released_to": "parent", "reason": "The wrong line."},
    "api:centre_follow_up": {"found": "yes"},
    "api:centre_notice": {},
    "api:class_seat_ask": {"referral": 1, "offering": 1, "guardian": 1},
    "api:class_seat_confirm": {},
    "api:class_seat_free": {"why": "cannot"},
    "api:class_seat_settle": {"state": "came"},
    "api:class_duty": {"was_reached": True},
    **same(
        ("api:outreach_months", "api:outreach_month"),
        {"month": "2012-08-01", "justice": "none", "school": "same", "family": "same", "club": "better"},
    ),
    **same(
        ("api:academies", "api:academy_open"),
        {"program": 1, "site": 1, "entered_on": "2012-08-27", "ends_on": "2016-06-03"},
    ),
    "api:academy_join": {"legal_name": "Invented", "born_on": "1998-01-01", "joined_on": "2012-08-27"},
    "api:academy_day": {"on": "2012-09-03", "kind": "uniform", "came": []},
    "api:academy_leave": {"left_on": "2012-09-03", "left_as": "moved"},
    "api:academy_hours": {"on": "2012-09-03", "minutes": 60, "kind": "parks", "told_by": "student"},
    "api:academy_decide": {"approve": True},
    "api:diversion_decide": {},
    "api:diversion_facts": {},
    "api:truancy_deed": {"kind": "report", "on": "2012-09-03"},
    "api:truancy_contract": {"signed_on": "2012-09-03", "ends_on": "2012-12-03"},
    "api:truancy_contract_close": {"outcome": "kept"},
    "api:diversion_open": {"youth": 1, "event_on": "2012-09-03", "path": "827.95"},
    "api:diversion_sign": {"signed_on": "2012-09-03"},
    "api:diversion_proof": {"amount": 1, "on": "2012-09-03"},
    "api:diversion_end": {"outcome": "failed"},
    "api:diversion_step": {"step": "agency-told", "on": "2012-09-03"},
    "api:cases_referrals": {"legal_name": "Invented Person", "born_on": "1912-01-01", "need": "group"},
    "api:cases_refer": {"legal_name": "Invented Person", "born_on": "1912-01-01", "need": "group"},
    "api:cases_contact": {"way": "call", "minutes": 5, "reached": True},
    "api:cases_consent": {"given_by": "parent", "valid_from": "2012-09-06", "valid_to": "2012-10-06"},
    "api:cases_start": {},
    "api:cases_complete": {},
    "api:cases_end": {"reason": "moved"},
    "api:cases_reopen": {"reason": "Back"},
    "api:cases_program": {"program": "lifeline"},
    "api:cases_pass_on": {"agency": "nobody", "reason": "Lives nearer"},
    "api:cases_goals": {"words": "To be at school by eight", "review_on": "2030-01-01"},
    "api:cases_goal": {"words": "To be at school by eight", "review_on": "2030-01-01"},
    "api:cases_goal_review": {"state": "reached"},
    "api:cases_services": {"offering": 1, "planned": 12},
    "api:cases_service": {"offering": 1, "planned": 12},
    "api:cases_service_count": {"attended": 1},
    "api:cases_follow_ups": {"months": 12, "found": "no", "source": "police"},
    "api:cases_follow_up": {"months": 12, "found": "no", "source": "police"},
    "api:programs": {"title": "Rugby", "kind": "nothing", "provider": "nobody"},
    "api:program_add": {"title": "Rugby", "kind": "nothing", "provider": "nobody"},
    "api:program": {"title": "Rugby", "kind": "nothing", "provider": "nobody"},
    "api:program_change": {"title": "Rugby", "kind": "nothing", "provider": "nobody"},
    "api:program_end": {"ended_on": "2012-10-01"},
    "api:program_plan": {"valid_from": "2012-10-01", "sessions": 12, "minutes": 45, "source": "Manual"},
    "api:program_rating": {
        "source": "A clearinghouse",
        "rating": "Promising",
        "population": "Ages 12 to 18",
        "dated": "2012-01-01",
        "date_is": "rated",
    },
    "api:work": {"title": "Mend the gate"},
    "api:work_propose": {"title": "Mend the gate"},
    "api:work_accept": {"due": "2012-10-01"},
    "api:work_fund": {"amount_cents": 0, "money_source": "no cost"},
    "api:work_unfund": {"reason": "The bid failed"},
    "api:work_schedule": {"planned_on": "2012-10-01"},
    "api:work_complete": {"actual_cents": 0},
    "api:work_decline": {"reason": "Not needed."},
    "api:work_reopen": {"reason": "It broke again."},
    "api:incident_record": {"occurred_at": "2012-09-06T08:15:00-07:00", "category": "vandalism"},
    "api:incidents": {"occurred_at": "2012-09-06T08:15:00-07:00", "category": "vandalism"},
    "api:response_numbers": {
        "serves": "city",
        "use": "emergency",
        "agency": "police",
        "title": "City, 911",
        "phone": "911",
    },
    "api:response_number_keep": {
        "serves": "city",
        "use": "emergency",
        "agency": "police",
        "title": "City, 911",
        "phone": "911",
    },
    **same(
        ("api:agreements", "api:agreement_draft"),
        {
            "title": "A test",
            "owner": "district",
            "recipient": "police",
            "record_classes": ["education"],
            "purposes": ["school_safety"],
            "fields": ["access.Consent.purpose"],
            "valid_from": "2012-09-01",
            "valid_to": "2013-06-30",
        },
    ),
    "api:agreement_revoke": {"reason": "It is over."},
    **same(
        ("api:consents", "api:consent_record"),
        {
            "subject": "access.Consent:1",
            "category": "health",
            "recipient": "district",
            "purpose": "records",
            "given_by": "parent",
            "valid_from": "2012-09-01",
            "valid_to": "2013-06-30",
        },
    ),
    **same(
        ("api:sealings", "api:sealing_order"),
        {"record": "access.Consent:1", "ground": "wic_786", "reason": "Order", "due_on": "2012-10-01"},
    ),
    **same(
        ("api:emergencies", "api:emergency_open"),
        {"subject": "access.Consent:1", "reason": "A fight, one is hurt."},
    ),
    "api:cases_pair_decide": {"decision": "not_same", "reason": "Two birth certificates."},
    "api:cases_pair_undo": {"reason": "They are twins."},
    "api:seal_lift": {"reason": "The order was a mistake."},
    "api:emergency_judge": {"judgement": "justified", "note": "There was danger."},
    "api:disclosures": {"subject": "access.Consent:1"},
    "api:person_find": {"name": "Invented Person", "born_on": "1998-03-01"},
    **same(
        ("api:schedules", "api:schedule_set"),
        {
            "table": "access.Consent",
            "record_class": "protected",
            "after": "closed",
            "years": 5,
            "citation": "Policy",
            "valid_from": "2012-10-01",
        },
    ),
    **same(
        ("api:holds", "api:hold_place"),
        {"covers": "person", "names": ["access.Consent:1"], "matter": "12-7", "reason": "A claim"},
    ),
    "api:hold_lift": {"reason": "It is settled."},
    **same(("api:disposals", "api:disposal_propose"), {"schedule": 1}),
    "api:disposal_review": {"approve": True, "note": "Looked through."},
    "api:disposal_take_out": {"reason": "Still asked for."},
    "api:alarm_take_over": {"reason": "Seen."},
    "api:alarm_release": {"reason": "Seen."},
    "api:alarm_note": {"text": "Seen."},
    "api:alarm_police": {"agency": "city_911"},
    "api:alarm_guard": {"text": "Seen."},
    "api:alarm_abort": {"reason": "Seen."},
    "api:alarm_close": {"disposition": "false", "cause": "hvac"},
    "api:alarm_reopen": {"reason": "Seen."},
    "api:alarm_step": {"step_id": 1},
    "api:alarm_step_impossible": {"step_id": 1},
    "api:alarm_call": {"outcome": "no_answer"},
    "api:alarm_evidence": {"kind": "audio_hears_person"},
    "api:alarm_hand_overs": {"text": "Quiet."},
    "api:alarm_hand_over_write": {"text": "Quiet."},
    "api:alarm_permits": {
        "system_id": 1,
        "ordinance": "stockton-ca",
        "number": "A-1",
        "issued_on": "2012-01-01",
    },
    "api:alarm_permit_keep": {
        "system_id": 1,
        "ordinance": "stockton-ca",
        "number": "A-1",
        "issued_on": "2012-01-01",
    },
    "api:alarm_appeal": {"filed_on": "2012-09-06", "grounds": "A test."},
    "api:alarm_appeal_correction": {"filed_on": "2012-09-06", "grounds": "A test."},
    "api:alarm_appeal_decision": {"decided_on": "2012-09-06", "outcome": "denied"},
    "api:place_former_name": {"former_name": "Old Oak"},
    "api:report_start": {"as_of": "2012-09-06"},
    "api:report_batches": {"report": "site-profile", "copy_name": "public", "as_of": "2012-09-06"},
    "api:edition_section": {"text": "Nothing new.", "version": 1},
    "api:edition_form": {"subject": "Safe schools"},
    "api:edition_minutes": {"minutes_text": "Received."},
    "api:edition_step": {"reason": "Seen."},
    "api:edition_sign_number": {"reason": "Seen."},
    "api:edition_sign_unjudged": {"reason": "Seen."},
    "api:edition_discard": {"reason": "Seen."},
    "api:edition_correction": {"reason": "Seen."},
    "api:program_proposals": {
        "title": "Study hall",
        "kind": "event",
        "provider": "nothing",
        "need": "A test.",
        "audience": "Ninth graders",
        "evidence": "None.",
        "cost_cents": 0,
        "pilot_starts": "2012-10-01",
        "pilot_ends": "2012-12-01",
        "measure": "initiatives.freshness",
        "target": 90,
        "stop_rule": "A test.",
    },
    "api:program_propose": {
        "title": "Study hall",
        "kind": "event",
        "provider": "nothing",
        "need": "A test.",
        "audience": "Ninth graders",
        "evidence": "None.",
        "cost_cents": 0,
        "pilot_starts": "2012-10-01",
        "pilot_ends": "2012-12-01",
        "measure": "initiatives.freshness",
        "target": 90,
        "stop_rule": "A test.",
    },
    "api:program_decide": {"decision": "declined", "reason": "Seen."},
    "api:program_pilot_end": {"ending": "stopped", "reason": "Seen."},
    "api:program_count": {"attended": 3, "minutes": 45},
    "api:program_attendance": {"sent": "2012-09-06T12:00:00-07:00", "counts": []},
    "api:program_cancel": {"reason": "weather"},
    "api:program_contest_answer": {"outcome": "kept", "reason": "Seen."},
    "api:program_places": {"maximum": 3, "unit": "seat", "intake": "open"},
    "api:program_contest": {"ground": "unclear", "argument": "A test."},
    "api:goals": {"title": "Every site is safe"},
    "api:goal_add": {"title": "Every site is safe"},
    "api:goal": {"title": "Every site is safe"},
    "api:goal_remove": {"title": "Every site is safe"},
    "api:objective_add": {"title": "Cameras work", "owner_role": "facilities"},
    "api:objective": {"title": "Cameras work", "owner_role": "facilities"},
    "api:objective_remove": {"title": "Cameras work", "owner_role": "facilities"},
    "api:objective_link": {
        "measure": "initiatives.freshness",
        "baseline": 50,
        "baseline_on": "2011-09-06",
        "target": 90,
        "due": "2013-06-30",
    },
    "api:assessments": {"campus_id": 2147483647, "version_id": 2147483647, "planned_on": "2012-10-01"},
    "api:assessment_plan": {"campus_id": 2147483647, "version_id": 2147483647, "planned_on": "2012-10-01"},
    "api:assessment_walk": {"client_id": "00000000-0000-0000-0000-000000000000"},
    "api:assessment_dispute_settle": {"answer": 2, "reason": "Looked at together."},
    "api:walk_answers": {
        "answers": [{"code": "G01", "answer": 1, "client_id": "00000000-0000-0000-0000-000000000000"}]
    },
    "api:finding_accept": {},
    "api:finding_decline": {"reason": "Not needed."},
    "api:assessment_cancel": {"reason": "Wrong site."},
    "api:assessment_finish_alone": {"reason": "Nobody comes."},
    "api:defect_join": {"work_id": 2147483647},
    "api:defect_dismiss": {"reason": "Mended."},
    "api:initiative_report": {"note": "On its way.", "percent": 40},
    "api:funding_scope": {"takes_part": True, "reason": "Award letter"},
    "api:funding_fact": {"fact": "lead_days", "value": "3", "reason": "A quotation"},
    "api:funding_default": {"fact": "lead_days"},
    "api:funding_bundles": {"works": ["W-1", "W-2"], "bundle": "locks", "reason": "One visit"},
    "api:funding_bundle": {"works": ["W-1", "W-2"], "bundle": "locks", "reason": "One visit"},
    "api:funding_link": {"work": "W-1", "other": "W-2", "kind": "requires", "reason": "The frame"},
    "api:funding_option": {"work": "W-1", "fund": "doors/E", "cost_cents": 1, "reason": "A bid"},
    "api:funding_plans": {"title": "What is left"},
    "api:funding_plan_make": {"title": "What is left"},
    "api:funding_scenario_add": {"title": "As it is"},
    "api:funding_scenario_copy": {},
    "api:funding_approve": {},
    "api:funding_withdraw": {"reason": "No bids"},
    **same(
        ("api:grants", "api:grant_new"),
        {
            "title": "Doors",
            "funder_name": "An office",
            "amount_cents": 100,
            "awarded_on": "2012-01-01",
            "start": "2012-01-01",
            "end": "2012-12-31",
        },
    ),
    **same(("api:grant", "api:grant_describe"), {"title": "Doors", "funder_name": "An office"}),
    **same(
        ("api:grant_lines", "api:grant_line_add"), {"code": "E", "title": "Locks", "category": "equipment"}
    ),
    **same(
        ("api:grant_amendments", "api:grant_amend"),
        {"kind": "scope", "approval": "GAN 1", "approved_on": "2012-09-06", "text": "A test."},
    ),
    **same(
        ("api:grant_transfers", "api:grant_transfer"),
        {"from_line": "E", "to_line": "C", "amount_cents": 1, "reason": "A test."},
    ),
    **same(
        ("api:grant_entries", "api:grant_entry_new"),
        {"kind": "draw", "amount_cents": 100, "on": "2012-09-06", "description": "Reimbursed"},
    ),
    **same(("api:grant_purposes", "api:grant_purpose_link"), {"amount_cents": 1, "position": "nothing"}),
    **same(
        ("api:grant_positions", "api:grant_position_add", "api:grant_position_change"),
        {"title": "Advocate", "annual_cents": 1, "starts": "2012-01-01"},
    ),
    **same(
        ("api:grant_position_fund", "api:grant_funding_change"),
        {"part": "1/3", "start": "2012-01-01", "end": "2012-12-31", "local_source": "City"},
    ),
    **same(
        (
            "api:grant_opportunities",
            "api:grant_opportunity_add",
            "api:grant_opportunity",
            "api:grant_opportunity_change",
        ),
        {"title": "Round 2", "funder_name": "An office", "closes": "2012-12-31"},
    ),
    "api:grant_opportunity_decide": {"choice": "go", "reason": "Fits."},
    **same(
        ("api:grant_application", "api:grant_application_change", "api:grant_application_begin"),
        {"requested_cents": 1},
    ),
    "api:grant_application_part": {"kind": "letter", "title": "The city"},
    "api:grant_application_submit": {"submitted_on": "2012-09-06"},
    "api:grant_application_answer": {"outcome": "declined", "decided_on": "2012-09-06"},
    **same(("api:grant_feeds", "api:grant_feed_make"), {"name": "My telephone"}),
    **same(
        (
            "api:grant_reopen",
            "api:grant_transfer_take_back",
            "api:grant_entry_take_back",
            "api:grant_report_not_sent",
        ),
        {"reason": "A test."},
    ),
    **same(("api:grant_entry_release", "api:grant_budget_correct"), {"reason": "A test.", "amount_cents": 1}),
    "api:grant_evidence_add": {"text": "Invoice 1"},
    "api:grant_report_sent": {"submitted_on": "2012-09-06"},
    "api:grant_request_decide": {"decision": "refused", "reason": "A test."},
    **same(
        (
            "api:route_tallies",
            "api:route_tally",
            "api:route_tally_one",
            "api:route_tally_correct",
            "api:route_tally_remove",
        ),
        {
            "campus_id": 2147483647,
            "class_label": "Room 1",
            "grade": "3",
            "enrolled": 20,
            "day": "2012-05-08",
            "direction": "noon",
            "weather": "sunny",
        },
    ),
    **same(
        ("api:route_surveys", "api:route_survey"),
        {
            "campus_id": 2147483647,
            "day": "2012-05-08",
            "grade": "3",
            "distance": "nothing",
            "mode": "walk",
            "allowed": "now",
        },
    ),
    **same(
        ("api:route_barriers", "api:route_barrier_report"),
        {
            "campus_id": 2147483647,
            "kind": "nothing",
            "title": "A test",
            "place": "A corner",
            "longitude": 0,
            "latitude": 0,
        },
    ),
    **same(
        ("api:route_audits", "api:route_audit_plan"), {"campus_id": 2147483647, "planned_on": "2012-09-07"}
    ),
    **same(
        ("api:route_walk_zones", "api:route_walk_zone_set"),
        {"valid_from": "2012-09-01", "elementary_m": 0, "middle_m": 0, "high_m": 0},
    ),
    "api:route_audit_take": {"code": "C01"},
    "api:route_audit_settle": {"code": "C01", "reason": "A test."},
    **same(
        (
            "api:route_crossings",
            "api:route_crossing_enter",
            "api:route_crossing",
            "api:route_crossing_change",
        ),
        {
            "campus_id": 2147483647,
            "place": "A corner",
            "longitude": 0,
            "latitude": 0,
            "control": "nothing",
            "lanes": 2,
            "width_ft": 30,
        },
    ),
    **same(
        ("api:route_post_set", "api:route_post", "api:route_post_change"),
        {"agency_id": 2147483647, "valid_from": "2012-08-27"},
    ),
    **same(("api:route_assignments", "api:route_assign"), {"valid_from": "2012-08-27"}),
    "api:route_assignment_end": {"last_day": "2012-08-27"},
    **same(
        ("api:route_buses", "api:route_bus_enter", "api:route_bus", "api:route_bus_change"),
        {"campus_id": 2147483647, "name": "A test", "capacity": 1, "valid_from": "2012-08-27"},
    ),
    "api:route_stops": {"stops": []},
    **same(
        ("api:route_leaders", "api:route_leader_keep"),
        {"account_id": 2147483647, "valid_from": "2012-08-27"},
    ),
    **same(("api:route_barrier", "api:route_barrier_change"), {"title": "A test"}),
    "api:route_recommendation_change": {"text": "A test."},
    "api:route_barrier_move": {"move": "accept"},
    **same(
        ("api:route_recommendations", "api:route_recommend"),
        {"countermeasure": "signs", "text": "A test."},
    ),
    "api:route_answer": {"answer": "agreed"},
    "api:route_way": {"place": "Oak Street & Elm Street"},
    **same(
        ("api:route_counts", "api:route_count"),
        {"day": "2012-05-08", "begins": "07:30", "minutes": 60, "vehicles": 1, "pupils": 1},
    ),
    **same(("api:route_walks", "api:route_walk"), {"day": "2012-09-05", "pupils": 0}),
}


@dataclass(frozen=True)
class Url:
    """A URL of the site with a path at which no row stands: what is asked is who gets that far."""

    name: str
    path: str


def walk(patterns: list[Any], namespaces: tuple[str, ...] = (), prefix: str = "/") -> Iterator[Url]:
    for pattern in patterns:
        route = prefix + sample(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from walk(pattern.url_patterns, inner, route)
        elif isinstance(pattern, URLPattern):
            yield Url(":".join((*namespaces, pattern.name or f"unnamed {route}")), route)


def sample(route: str) -> str:
    """A path that matches the route."""
    if "(?P" in route:
        for groups, example in REGEXES.items():
            route = route.replace(groups, example)
        return re.sub(r"^\^|\$$", "", route).replace("\\.", ".")
    return re.sub(r"<(?:(\w+):)?(\w+)>", lambda found: SAMPLES[found[1] or kind_of(found[2])], route)


def kind_of(parameter: str) -> str:
    """Ninja's routes carry no converters: a number is called an id."""
    return "int" if parameter == "pk" or parameter.endswith("_id") else "str"


URLS = sorted(set(walk(get_resolver().url_patterns)), key=lambda url: (url.name, url.path))
OUR_URLS = [url for url in URLS if not url.name.startswith("admin:")]


def is_let_in(response: HttpResponseBase) -> bool:
    """Whether the answer is more than a refusal or the way to the sign-in page."""
    if response.status_code in (401, 403):
        return False
    target = response.headers.get("Location", "")
    return not (response.status_code == 302 and target.startswith(("/accounts/login/", "/admin/login/")))


def is_expected(rule: str, actor: str) -> bool:
    """Whether the declared rule lets the actor in."""
    if rule == PUBLIC:
        return True
    if actor in (ANONYMOUS, CLOSED):
        return False
    if rule == SIGNED_IN:
        return True
    if actor in OUTSIDERS:
        return False
    if rule == MEMBER:
        return True
    roles = {permission.key: permission.roles for permission in all_permissions()}
    return actor in roles[rule]


def callers(url: Url, rule: str, actors: dict[str, Client]) -> Iterable[str]:  # noqa: F811
    """Who asks: everybody; on a second database, one whom the rule lets in and one whom it does not.

    Who may is decided by the account's live memberships, read alike for every address, and by the table of
    permissions. So there everybody asks for one page, and for the others it is what stands behind the
    decision that the other database has a part in.
    """
    if connection.vendor == "sqlite" or url.name == "home:morning":
        return actors
    by_answer = {is_expected(rule.removeprefix(ROW_FIRST), actor): actor for actor in actors}
    return by_answer.values()


def send(client: Client, method: str, url: Url) -> HttpResponseBase:
    if method in ("POST", "PUT", "PATCH") and url.name in BODIES:
        return client.generic(method, url.path, json.dumps(BODIES[url.name]), content_type="application/json")
    return client.generic(method, url.path, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    "url", [url for url in URLS if not url.name.startswith("admin:")], ids=lambda url: url.name
)
def test_every_cell_answers_as_declared(url: Url, actors: dict[str, Client]) -> None:  # noqa: F811
    cells = cells_of(url.name)
    assert cells is not None, f"declare {url.name} ({url.path}) in tests/web/access_matrix.py"
    wrong = []
    for method in METHODS:
        rule = cells.get(method)
        if rule == SPECIAL:
            continue
        for actor in callers(url, rule, actors) if rule else (Role.ADMINISTRATOR, Role.LEAD, ANONYMOUS):
            # A form that is sent may sign its sender out; each request stands for itself.
            client = actors[actor]
            saved = dict(client.cookies)
            response = send(client, method, url)
            client.cookies.update(saved)
            where = f"{method} {url.path} as {actor}: {response.status_code}"
            if response.status_code >= 500:
                wrong.append(f"{where} (broke)")
            elif rule is None:
                if is_let_in(response) and response.status_code not in (404, 405):
                    wrong.append(f"{where}, though {method} is not declared")
            elif rule.startswith(ROW_FIRST) and is_expected(rule.removeprefix(ROW_FIRST), actor):
                pass  # who may is refused all the same where no row stands
            elif is_let_in(response) != is_expected(rule.removeprefix(ROW_FIRST), actor):
                wrong.append(f"{where}, which {rule!r} does not say")
    assert not wrong, "\n".join(wrong)


def test_the_technical_administration_is_closed_to_everybody_else(actors: dict[str, Client]) -> None:  # noqa: F811
    """Hundreds of like pages; a few outsiders stand for all. What an administrator may do, models say."""
    pages = [url for url in URLS if ADMIN in (cells_of(url.name) or {}).values()]
    assert len(pages) > 50
    let_in = [
        f"{method} {url.path} as {actor}"
        for url in pages
        for method in ("GET", "POST")
        for actor in (ANONYMOUS, REVOKED, Role.LEAD, Role.PRIVACY_OFFICER)
        if is_let_in(send(actors[actor], method, url))
    ]
    assert let_in == []
    assert actors[Role.ADMINISTRATOR].get("/admin/").status_code == 200


def test_the_table_names_only_urls_that_exist() -> None:
    assert set(MATRIX) - {url.name for url in URLS} == set()


def test_every_rule_is_known() -> None:
    known = {permission.key for permission in all_permissions()} | {PUBLIC, SIGNED_IN, MEMBER, ADMIN, SPECIAL}
    used = {rule.removeprefix(ROW_FIRST) for cells in MATRIX.values() for rule in cells.values()}
    assert used - known == set()


def test_a_refusal_is_on_the_record(actors: dict[str, Client]) -> None:  # noqa: F811
    before = Event.objects.count()
    assert actors[Role.PROVIDER].get("/people/accounts").status_code == 403
    assert actors[Role.PROVIDER].get("/api/v1/audit/verify").status_code == 403
    denied = list(Event.objects.order_by("sequence")[before:])
    assert [(event.outcome, event.subject, event.role) for event in denied] == [
        ("denied", "permission:access.accounts", "provider"),
        ("denied", "permission:audit.view", "provider"),
    ]


def test_the_walk_notices_an_undeclared_url() -> None:
    assert cells_of("places:undeclared") is None


def test_there_are_urls_of_every_part() -> None:
    assert {url.name.split(":")[0] for url in URLS} >= {
        "home",
        "api",
        "admin",
        "places",
        "people",
        "work",
        "audit",
    }
