"""Who sees programs and what was counted in them, and who may write what.

The catalogue is open to every member of the partnership. What was counted at a single session, and how many
seats are taken or waited for, may be a handful of young people: it is shown to those who run programs or
answer for them, to the people of the provider, and to the lead of the site; others see that the session took
place, and whether a seat is free.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import EVERYONE, declare
from schoolward.platform.access.policy import ModelPolicy, Rule, at_own_sites, register
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer

_RUN = [Role.LEAD, Role.PROGRAM_COORDINATOR]
_DELIVER = [Role.PROVIDER, Role.SCHOOL_RESOURCE_OFFICER, Role.SAFE_ROUTES]
_ANSWER_FOR = [Role.ACCOUNTABILITY, Role.GRANTS_ANALYST, Role.PRIVACY_OFFICER]

declare("programs.view", _("See youth programs, their rules, places and sessions"), EVERYONE)
declare(
    "programs.manage",
    _("Keep the catalogue of programs: providers, plans, ratings, rules, offerings and results"),
    _RUN,
)
declare(
    "programs.record",
    _("Count heads at sessions, cancel them, report places and fidelity, keep volunteers' vetting"),
    [*_RUN, *_DELIVER],
)
declare("programs.contest", _("Say that a program's eligibility rule is wrong"), EVERYONE)
declare(
    "programs.answer", _("Answer what was said against a program's rule"), [Role.LEAD, Role.ACCOUNTABILITY]
)
declare(
    "programs.propose",
    _("Propose a new program"),
    [*_RUN, *_DELIVER, Role.SITE_LEAD, Role.GRANTS_ANALYST, Role.ACCOUNTABILITY, Role.SECRETARY],
)
declare(
    "programs.figures",
    _("See figures of single programs, small counts hidden; a provider those of its own"),
    [*_RUN, *_ANSWER_FOR, Role.PROVIDER],
)
declare("programs.decide", _("Decide about proposed programs; adopt or stop a pilot"), [Role.LEAD])
declare("programs.import", _("Import programs and what took place in them"), _RUN)


def _names(roles: list[Role]) -> frozenset[str]:
    return frozenset(str(role) for role in roles)


def of_own_agency(path: str) -> Callable[[Viewer], Q | None]:
    """The relation "the viewer's agency provides it"; ``path`` leads from the row to the agency."""

    def where(viewer: Viewer) -> Q | None:
        return None if viewer.agency_id is None else Q(**{path: viewer.agency_id})

    return where


def _everybody(*fields: str) -> Rule:
    chosen = {"fields": frozenset(fields)} if fields else {}
    return Rule("member of the partnership", frozenset(EVERYONE), **chosen)  # type: ignore[arg-type]


def _counted(model: str, to_offering: str, *fields: str) -> None:
    """A table of counts: whole for those who run, deliver or answer for programs and for the site's lead."""
    register(
        ModelPolicy(
            model=f"programs.{model}",
            rules=(
                Rule("runs or answers for programs", _names([*_RUN, *_ANSWER_FOR])),
                Rule(
                    "the provider's own people",
                    _names(_DELIVER),
                    where=of_own_agency(f"{to_offering}program__provider__agency"),
                ),
                Rule(
                    "lead of the site", _names([Role.SITE_LEAD]), where=at_own_sites(f"{to_offering}campus")
                ),
                *([_everybody("id", *fields)] if fields else []),
            ),
        )
    )


for _model in (
    "Provider",
    "Program",
    "DosagePlan",
    "EvidenceRating",
    "Oversight",
    "EligibilityRule",
    "Contest",
    "ContestAnswer",
    "InstrumentResult",
    "Waiver",
    "Equipment",
    "Proposal",
):
    register(ModelPolicy(model=f"programs.{_model}", rules=(_everybody(),)))

_counted(
    "Offering",
    "",
    "program",
    "number",
    "starts_on",
    "ends_on",
    "campus",
    "place",
    "days",
    "begins",
    "ends",
    "language",
    "seats",
    "cancelled_on",
    "cancel_reason",
    "invented",
)
_counted(
    "Session",
    "offering__",
    "offering",
    "cohort",
    "number",
    "on",
    "minutes_planned",
    "state",
    "cancel_reason",
    "minutes_held",
    "invented",
)
_counted("Cohort", "offering__", "offering", "number", "invented")
_counted(
    "FidelityCheck",
    "offering__",
    "offering",
    "instrument",
    "observer",
    "on",
    "items_observed",
    "items_met",
    "invented",
)
_counted("SessionCount", "session__offering__")
register(
    ModelPolicy(
        model="programs.CapacityReport",
        rules=(
            Rule("runs or answers for programs", _names([*_RUN, *_ANSWER_FOR])),
            Rule(
                "the provider's own people",
                _names(_DELIVER),
                where=of_own_agency("program__provider__agency"),
            ),
            _everybody("id", "program", "unit", "maximum", "intake", "on", "invented"),
        ),
    )
)

for _model, _path in (
    ("Volunteer", "provider__agency"),
    ("Vetting", "volunteer__provider__agency"),
    ("Assignment", "volunteer__provider__agency"),
):
    register(
        ModelPolicy(
            model=f"programs.{_model}",
            rules=(
                Rule("runs programs or guards the records", _names([*_RUN, Role.PRIVACY_OFFICER])),
                Rule("the provider's own people", _names(_DELIVER), where=of_own_agency(_path)),
            ),
        )
    )
