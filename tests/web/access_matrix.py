"""Who may call what: every URL name and every method that it answers, with the rule that opens it.

A URL that is not here fails ``test_access_matrix.py``; so does a method that answers and is not here.
A rule is a permission's key (``docs/reference/permissions.md`` lists the roles that carry it), or one of
the few below. Rows are judged after this, by the policy of their model (``test_other_rows.py``).
"""

from __future__ import annotations

PUBLIC = "anybody, signed in or not"
SIGNED_IN = "anybody with an account, whatever it may do"
MEMBER = "anybody with a live membership"
ADMIN = "nobody but administrators marked as staff, as far as the model allows"
ROW_FIRST = "where there is such a row: "
SPECIAL = "its own tests: a sign-in that is under way, or one's own choice"

Cells = dict[str, str]


def page(rule: str) -> Cells:
    """A page that is read."""
    return {"GET": rule}


def form(rule: str) -> Cells:
    """A page with a form: shown and sent under the same rule."""
    return {"GET": rule, "POST": rule}


def button(rule: str) -> Cells:
    """Something that is done by POST and has no page of its own."""
    return {"POST": rule}


MATRIX: dict[str, Cells] = {
    # health
    "health:alive": page(PUBLIC),
    "health:ready": page(PUBLIC),
    # topics: each has a permission of its own (`test_desk_pages`); one that does not exist is not found
    "notify:topic": page(SIGNED_IN),
    # jobs
    "jobs:list": page("jobs.view"),
    "jobs:detail": page(ROW_FIRST + "jobs.view"),
    # sign-in (allauth); signing up is closed and says so
    "account_login": form(PUBLIC),
    "account_logout": form(PUBLIC),
    "account_inactive": page(PUBLIC),
    "account_signup": form(PUBLIC),
    "account_reset_password": form(PUBLIC),
    "account_reset_password_done": page(PUBLIC),
    "account_reset_password_from_key": form(PUBLIC),
    "account_reset_password_from_key_done": page(PUBLIC),
    "account_email_verification_sent": page(PUBLIC),
    "account_confirm_email": form(PUBLIC),
    "account_confirm_login_code": form(SPECIAL),
    "account_reauthenticate": form(SPECIAL),
    "account_change_password": form(SIGNED_IN),
    "account_set_password": form(SIGNED_IN),
    "account_email": {},
    "mfa_authenticate": form(SPECIAL),
    "mfa_index": page(SIGNED_IN),
    "mfa_reauthenticate": form(SPECIAL),
    "mfa_activate_totp": form(SIGNED_IN),
    "mfa_deactivate_totp": form(SIGNED_IN),
    "mfa_view_recovery_codes": page(SIGNED_IN),
    "mfa_generate_recovery_codes": form(SIGNED_IN),
    "mfa_download_recovery_codes": page(SIGNED_IN),
    # choosing how one acts
    "access:act_as": button(SPECIAL),
    "access:purpose": button(SPECIAL),
    # pages that span domains
    "home:morning": page("home.view"),
    "home:overview": page("home.view"),
    "home:map": page("home.view"),
    "home:map_incidents": page("incidents.view"),
    "home:map_sites": page("home.view"),
    "home:search": page("home.view"),
    "home:measures": page("measures.view"),
    "home:measure": page("measures.view"),
    "home:measure_months": page("measures.view"),
    "home:measure_sites": page("measures.view"),
    "home:trace": page("measures.view"),
    "home:trace_csv": page("measures.view"),
    "home:help": page("home.view"),
    "home:about": page("home.view"),
    # reports
    "reports:list": page("reports.view"),
    "reports:new": button("reports.edit"),
    "reports:edition": page("reports.view"),
    "reports:section": form("reports.edit"),
    "reports:section_preview": button("reports.edit"),
    "reports:form": form("reports.edit"),
    "reports:minutes": form("reports.edit"),
    "reports:difference": page("reports.view"),
    "reports:sign": page("reports.view"),
    "reports:take_step": button("reports.view"),
    "reports:number": page("reports.view"),
    "reports:sign_number": button("reports.sign_anomaly"),
    "reports:correction": button("reports.correct"),
    "reports:download": page("reports.view"),
    # imports
    "exchange:list": page("exchange.view"),
    "exchange:create": form("exchange.view"),
    "exchange:template": page("exchange.view"),
    "exchange:export": page("exchange.view"),
    "exchange:detail": page("exchange.view"),
    "exchange:status": page("exchange.view"),
    "exchange:apply": button("exchange.view"),
    "exchange:discard": button("exchange.view"),
    "exchange:rejected": page("exchange.view"),
    # audit
    "audit:list": page("audit.view"),
    "audit:verify": form("audit.view"),
    # places
    "places:list": page("places.view"),
    "places:geojson": page("places.view"),
    "places:detail": page("places.view"),
    "places:edit": form("places.edit"),
    "places:move_school": form("places.edit"),
    "places:former_name": form("places.edit"),
    # people and their access
    "people:list": page("people.view"),
    "people:create": form("people.edit"),
    "people:edit": form("people.edit"),
    "people:roles": page("people.view"),
    "people:me": page("access.tokens"),
    "people:token_create": form("access.tokens"),
    "people:token_revoke": button("access.tokens"),
    "people:leave_everywhere": button("access.tokens"),
    "people:accounts": page("access.accounts"),
    "people:account_create": form("access.accounts"),
    "people:account": page("access.accounts"),
    "people:membership_create": form("access.accounts"),
    "people:account_invite": button("access.accounts"),
    "people:account_close": form("access.accounts"),
    "people:account_reopen": button("access.accounts"),
    "people:account_end_sessions": button("access.accounts"),
    "people:account_reset_factor": button("access.accounts"),
    "people:membership_end": form("access.accounts"),
    "people:membership_confirm": button("access.review"),
    "people:review": page("access.review"),
    # alarms
    "alarms:desk": page("alarms.view"),
    "alarms:hand_overs": form("alarms.answer"),
    "alarms:hand_over_read": button(ROW_FIRST + "alarms.answer"),
    "alarms:cases": page("alarms.view"),
    "alarms:case": page("alarms.view"),
    "alarms:answer": button("alarms.answer"),
    "alarms:signals": page("alarms.view"),
    "alarms:signal": page("alarms.view"),
    "alarms:systems": page("alarms.view"),
    "alarms:system_new": form("alarms.keep"),
    "alarms:system": page("alarms.view"),
    "alarms:system_edit": form("alarms.keep"),
    "alarms:test_begin": form("alarms.test"),
    "alarms:test_end": button("alarms.test"),
    "alarms:zone_new": form("alarms.keep"),
    "alarms:zone": page("alarms.view"),
    "alarms:zone_edit": form("alarms.keep"),
    "alarms:plans": page("alarms.keep"),
    "alarms:plan_new": form("alarms.keep"),
    "alarms:plan_edit": form("alarms.keep"),
    "alarms:contacts": page("alarms.keep"),
    "alarms:contact_new": form("alarms.keep"),
    "alarms:contact_edit": form("alarms.keep"),
    "alarms:contact_remove": form("alarms.keep"),
    "alarms:schedules": page("alarms.keep"),
    "alarms:schedule_new": form("alarms.keep"),
    "alarms:schedule_edit": form("alarms.keep"),
    "alarms:schedule_remove": form("alarms.keep"),
    "alarms:lines": page("alarms.keep"),
    "alarms:line_new": form("alarms.keep"),
    "alarms:line_edit": form("alarms.keep"),
    "alarms:reduction": page("alarms.view"),
    "alarms:corrective_action": button("work.propose"),
    "alarms:fees": page("alarms.view"),
    "alarms:appeal": form("alarms.appeal"),
    "alarms:permits": page("alarms.view"),
    "alarms:permit_new": form("alarms.keep"),
    "alarms:permit_edit": form("alarms.keep"),
    "alarms:receivers": page("alarms.view"),
    "alarms:journal": page("alarms.journal"),
    "alarms:panel": page("alarms.view"),
    # incidents and assessments
    "incidents:list": page("incidents.view"),
    "incidents:map": page("incidents.view"),
    "incidents:points": page("incidents.view"),
    "incidents:trends": page("incidents.view"),
    "incidents:enter": form("incidents.record"),
    "incidents:detail": page("incidents.view"),
    "incidents:correct": form("incidents.correct"),
    "incidents:panel": page("incidents.view"),
    "assessments:list": page("assessments.view"),
    "assessments:enter": form("assessments.register"),
    # work
    "work:list": page("work.view"),
    "work:board": page("work.view"),
    "work:propose": form("work.propose"),
    "work:detail": page("work.view"),
    "work:edit": form("work.describe"),
    "work:change_due": form("work.decide"),
    "work:assign": form("work.assign"),
    "work:add_evidence": form("work.add_evidence"),
    "work:move": form("work.view"),
    "work:evidence_file": page("work.view"),
    "work:site_panel": page("work.view"),
    # initiatives
    "initiatives:list": page("initiatives.view"),
    "initiatives:goals": page("initiatives.view"),
    "initiatives:open": form("initiatives.plan"),
    "initiatives:reach_milestone": button("initiatives.report"),
    "initiatives:clear_blocker": button("initiatives.report"),
    "initiatives:detail": page("initiatives.view"),
    "initiatives:report": form("initiatives.report"),
    "initiatives:report_line": button("initiatives.report"),
    "initiatives:edit": form("initiatives.plan"),
    "initiatives:change_due": form("initiatives.plan"),
    "initiatives:close": form("initiatives.plan"),
    "initiatives:add_milestone": form("initiatives.plan"),
    "initiatives:raise_blocker": form("initiatives.report"),
    "initiatives:agenda": page("initiatives.view"),
    "initiatives:hold_meeting": form("initiatives.meet"),
    "initiatives:decide": form("initiatives.meet"),
    # API: the document is public, as the program is
    "api_docs": page(PUBLIC),
    "api:openapi-json": page(PUBLIC),
    "api:api-root": {},
    "api:measures": page("measures.view"),
    "api:measure": page("measures.view"),
    "api:trace": page("measures.view"),
    "api:imports": page(MEMBER),
    "api:import": button(MEMBER),
    "api:audit_verify": page("audit.view"),
    "api:audit_events": page("audit.view"),
    "api:doctor": page("installation.diagnose"),
    "api:reports": page("reports.view"),
    "api:report": page("reports.view"),
    "api:report_start": button("reports.edit"),
    "api:edition": page("reports.view"),
    "api:edition_section": button("reports.edit"),
    "api:edition_form": button("reports.edit"),
    "api:edition_minutes": button("reports.edit"),
    "api:edition_step": button("reports.view"),
    "api:edition_sign_number": button("reports.sign_anomaly"),
    "api:edition_correction": button("reports.correct"),
    "api:report_file": page("reports.view"),
    "api:places": page("places.view"),
    "api:places_geojson": page("places.view"),
    "api:place": page("places.view"),
    "api:place_former_name": button("places.edit"),
    "api:people": page("people.view"),
    "api:incidents": {"GET": "incidents.view", "POST": "incidents.record"},
    "api:incident_record": {"GET": "incidents.view", "POST": "incidents.record"},
    "api:incident": page("incidents.view"),
    "api:assessments": page("assessments.view"),
    "api:alarm_cases": page("alarms.view"),
    "api:alarm_case": page("alarms.view"),
    "api:alarm_systems": page("alarms.view"),
    "api:alarm_zones": page("alarms.view"),
    "api:alarm_signals": page("alarms.view"),
    "api:alarm_reduction": page("alarms.view"),
    "api:alarm_zone_reduction": page(ROW_FIRST + "alarms.view"),
    "api:alarm_corrective_action": button("work.propose"),
    "api:alarm_fees": page("alarms.view"),
    "api:alarm_permits": {"GET": "alarms.view", "POST": "alarms.keep"},
    "api:alarm_permit_keep": {"GET": "alarms.view", "POST": "alarms.keep"},
    "api:alarm_appeal": button("alarms.appeal"),
    "api:alarm_appeal_decision": button("alarms.appeal"),
    "api:alarm_hand_overs": {"GET": "alarms.answer", "POST": "alarms.answer"},
    "api:alarm_hand_over_write": {"GET": "alarms.answer", "POST": "alarms.answer"},
    "api:alarm_hand_over_read": button(ROW_FIRST + "alarms.answer"),
    "api:alarm_claim": button("alarms.answer"),
    "api:alarm_take_over": button("alarms.answer"),
    "api:alarm_release": button("alarms.answer"),
    "api:alarm_step": button("alarms.answer"),
    "api:alarm_step_impossible": button("alarms.answer"),
    "api:alarm_call": button("alarms.answer"),
    "api:alarm_evidence": button("alarms.answer"),
    "api:alarm_note": button("alarms.answer"),
    "api:alarm_police": button("alarms.answer"),
    "api:alarm_guard": button("alarms.answer"),
    "api:alarm_abort": button("alarms.answer"),
    "api:alarm_close": button("alarms.answer"),
    "api:alarm_reopen": button("alarms.answer"),
    "api:work": {"GET": "work.view", "POST": "work.propose"},
    "api:work_propose": {"GET": "work.view", "POST": "work.propose"},
    "api:work_item": page("work.view"),
    "api:work_verify": button(ROW_FIRST + "work.verify"),
    "api:initiatives": page("initiatives.view"),
    "api:initiative": page("initiatives.view"),
    "api:initiative_report": button("initiatives.report"),
}

# Django's technical administration: every page of it, whatever models are registered.
ADMIN_CELLS: dict[str, Cells] = {
    "admin:login": form(SPECIAL),
    "admin:logout": form(SPECIAL),
    "admin:jsi18n": page(ADMIN),
}


def cells_of(url_name: str) -> Cells | None:
    """The declared cells of a URL, or ``None`` when nobody has declared it."""
    if url_name.startswith("admin:"):
        return ADMIN_CELLS.get(url_name, form(ADMIN))
    return MATRIX.get(url_name)
