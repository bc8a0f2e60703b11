"""Who has to do with a young person: the relations that the policy decides by, and what each one reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import cast

from django.db.models import Q

from schoolward.domains.cases.models import AcademyMember, AcademyStaff, Decided, LookAlike, Referral, Youth
from schoolward.domains.cases.policy_words import LEADS_ITS_SITE, RUNS_IT, TEACHES_IT
from schoolward.platform.access.clock import today
from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.policy import (
    Across,
    ModelPolicy,
    Protection,
    Rule,
    at_own_sites,
    register,
)
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer

COORDINATORS = frozenset({str(Role.PROGRAM_COORDINATOR)})
DELIVERERS = frozenset({str(Role.PROGRAM_COORDINATOR), str(Role.PROVIDER)})
REFERRERS = frozenset({str(Role.SITE_LEAD), str(Role.SCHOOL_RESOURCE_OFFICER), str(Role.LEAD)})
OFFICERS = frozenset({str(Role.SCHOOL_RESOURCE_OFFICER)})
GUARDS = frozenset({str(Role.PRIVACY_OFFICER)})
FOR_PROGRAMS = frozenset({str(Purpose.YOUTH_PROGRAM)})
FOR_RECORDS = frozenset({str(Purpose.RECORDS)})
LEADS_OF_SITES = frozenset({str(Role.SITE_LEAD)})
#: Who may break the glass for a young person (``emergency.open``), and then reach those who care for them.
IN_AN_EMERGENCY = REFERRERS | COORDINATORS

#: What whoever delivers a program learns of a young person, once the family has said yes.
KNOWN = frozenset(
    {
        "id",
        "agency",
        "subject",
        "record_class",
        "legal_name",
        "preferred_name",
        "born_on",
        "home_language",
        "invented",
    }
)
KNOWN_AT_HOME = frozenset(
    {
        "id",
        "agency",
        "subject",
        "record_class",
        "youth",
        "name",
        "relation",
        "language",
        "reach_by",
        "reach_at",
    }
)
DELIVERED = frozenset(
    {
        "id",
        "agency",
        "subject",
        "record_class",
        "youth",
        "program",
        "offering",
        "state",
        "referred_on",
        "consented_on",
        "started_on",
        "ended_on",
        "since",
        "due_on",
        "version",
        "invented",
    }
)
#: What colleagues see of a referral that is not theirs: enough to take it over, and no child.
OUTLINE = frozenset(
    {
        "id",
        "agency",
        "record_class",
        "program",
        "campus",
        "state",
        "since",
        "due_on",
        "coordinator",
        "version",
    }
)
#: What whoever referred learns, and no more: of a program only which they named themselves.
ANSWERED = frozenset({"id", "agency", "named_program", "told", "referred_on"})


def of_coordinator(viewer: Viewer, path: str) -> Q:
    """Rows whose coordinator the viewer is, and those that nobody has taken."""
    return Q(**{path: viewer.account_id}) | Q(**{f"{path}__isnull": True})


def family_said_yes(viewer: Viewer) -> Q:
    """Referrals to programs of the viewer's agency that a live consent of the family names it in."""
    day = today(viewer.at)
    return Q(
        program__provider__agency=viewer.agency_id,
        consent__recipient=viewer.agency_id,
        consent__valid_from__lte=day,
        consent__valid_to__gte=day,
        consent__withdrawn_at__isnull=True,
        consent__sealed_at__isnull=True,
    )


def delivers(viewer: Viewer) -> Q | None:
    return None if viewer.agency_id is None else family_said_yes(viewer)


def through_a_referral(path: str) -> Rule:
    """The rule of whoever answers a referral of the young person, or delivers the program of one."""

    def where(viewer: Viewer) -> Q | None:
        if viewer.agency_id is None:
            return None
        answers = Q(agency=viewer.agency_id) & of_coordinator(viewer, "coordinator")
        mine = answers if viewer.role in COORDINATORS else Q(pk__in=[])
        rows = Referral.objects.filter(mine | family_said_yes(viewer))
        return Q(**{f"{path}__in": rows.order_by().values("youth")})

    fields = KNOWN if path == "pk" else KNOWN_AT_HOME
    return Rule(
        "has a referral of theirs",
        DELIVERERS,
        where=where,
        fields=fields,
        purposes=FOR_PROGRAMS,
        across=Across.AGREEMENT,
    )


def runs_the_cohort(path: str) -> Rule:
    """The rule of whoever runs an academy's cohort; ``path`` leads from the row to the cohort."""

    def where(viewer: Viewer) -> Q | None:
        if viewer.account_id is None:
            return None
        mine = AcademyStaff.objects.filter(account=viewer.account_id, until__isnull=True)
        return Q(**{f"{path}__in": mine.order_by().values("cohort")})

    return Rule(RUNS_IT, DELIVERERS, where=where, purposes=FOR_PROGRAMS, across=Across.AGREEMENT)


#: What an officer who teaches an academy learns of a student: what they are called, and their hours.
TAUGHT = frozenset({"id", "agency", "record_class", "preferred_name", "invented"})
TAUGHT_MEMBER = frozenset(
    {"id", "agency", "record_class", "youth", "cohort", "joined_on", "left_on", "invented"}
)
TAUGHT_HOURS = frozenset(
    {"id", "agency", "record_class", "member", "on", "minutes", "kind", "told_by", "state", "invented"}
)


def teaches_the_cohort(path: str, fields: frozenset[str]) -> Rule:
    """The rule of an officer who teaches a cohort; ``path`` leads from the row to the cohort."""
    return replace(runs_the_cohort(path), relation=TEACHES_IT, roles=OFFICERS, fields=fields)


def leads_the_site(path: str) -> Rule:
    """The rule of the lead of the site where the cohort is; ``path`` leads from the row to the cohort."""
    return Rule(
        LEADS_ITS_SITE,
        LEADS_OF_SITES,
        where=at_own_sites(f"{path}__campus"),
        purposes=FOR_PROGRAMS,
        across=Across.SAME,
    )


def in_an_academy(rule: Callable[[str], Rule]) -> Rule:
    """The same relation to the young person as to their membership: to know whom it is about."""
    of_member = rule("cohort")
    fields = TAUGHT if of_member.relation == TEACHES_IT else KNOWN

    def where(viewer: Viewer) -> Q | None:
        found = of_member.where(viewer) if of_member.where is not None else None
        if found is None:
            return None
        return Q(pk__in=AcademyMember.objects.filter(found).order_by().values("youth"))

    return replace(of_member, where=where, fields=fields)


def stands_by(to_youth: str = "") -> Rule:
    """The rule of whoever stands by the young person, and of the agency's intake until somebody does.

    ``to_youth`` leads from the row to the young person, such as ``"youth__"``.
    """

    def where(viewer: Viewer) -> Q | None:
        return None if viewer.account_id is None else of_coordinator(viewer, f"{to_youth}coordinator")

    return Rule("stands by them", COORDINATORS, where=where, purposes=FOR_PROGRAMS, across=Across.SAME)


def guards_records() -> Rule:
    """The rule of whoever answers a privacy request or carries out a seal, for the own agency's records."""
    return Rule("guards the records", GUARDS, purposes=FOR_RECORDS, across=Across.SAME)


def about_a_youth(
    model: str, *rules: Rule, to_youth: str = "youth__", opens: frozenset[str] = frozenset()
) -> None:
    """Register the policy of a table about young people; ``opens`` is what an emergency may show."""
    register(
        ModelPolicy(
            model=model,
            rules=(stands_by(to_youth), guards_records(), *rules),
            protection=Protection(
                emergency_roles=IN_AN_EMERGENCY if opens else frozenset(), emergency_fields=opens
            ),
        )
    )


def who_referred(viewer: Viewer) -> Q | None:
    return None if viewer.account_id is None else Q(referred_by=viewer.account_id)


def youths_named(name: str, born_on: date) -> list[ProtectedRecord]:
    """The young people called so at school, whoever knows them: by referrals, the center or diversion."""
    rows = Youth.objects.filter(born_on=born_on).order_by("pk")
    return [row for row in rows if " ".join(row.legal_name.split()).casefold() == name.casefold()]


def youths_alike(row: ProtectedRecord) -> list[ProtectedRecord]:
    """Those of the same name and birthday, and those that somebody has not told apart from this one."""
    youth = cast("Youth", row)
    pairs = LookAlike.objects.exclude(decision=Decided.NOT_SAME).filter(Q(youth=youth) | Q(other=youth))
    numbers = {number for pair in pairs.values_list("youth", "other") for number in pair}
    named = youths_named(" ".join(youth.legal_name.split()), youth.born_on)
    found = {one.pk: one for one in (*named, *Youth.objects.filter(pk__in=numbers))}
    return [one for number, one in sorted(found.items()) if number != youth.pk]


def delivers_of(path: str) -> Rule:
    """The rule of whoever delivers the program of the referral that a row hangs on."""

    def where(viewer: Viewer) -> Q | None:
        if viewer.agency_id is None:
            return None
        rows = Referral.objects.filter(family_said_yes(viewer))
        return Q(**{f"{path}__in": rows.order_by().values("pk")})

    return Rule(
        "delivers the program", DELIVERERS, where=where, purposes=FOR_PROGRAMS, across=Across.AGREEMENT
    )


def brought_it(viewer: Viewer) -> Q | None:
    return None if viewer.account_id is None else Q(officer=viewer.account_id)
