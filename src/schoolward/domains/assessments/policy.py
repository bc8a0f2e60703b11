"""Who sees and does what in assessments: what they found may help whoever means harm, so only insiders.

Those who assess and mend see everything at their sites. Those who decide about money and answer for numbers
see what was found and what it costs, but not where exactly, no notes, no answers and no photographs.
The Safe Routes role sees and walks assessments of the way to school, and no other: how a site is protected is
not its business.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.work.hooks import keep_details_closed
from schoolward.platform.access.permissions import declare
from schoolward.platform.access.policy import ModelPolicy, Rule, at_own_sites, everywhere, register
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer

#: Those who walk sites and mend what was found.
ASSESSING = (Role.LEAD, Role.SCHOOL_RESOURCE_OFFICER, Role.FACILITIES, Role.ADMINISTRATOR)
#: Those who decide about it or answer for its numbers.
DECIDING = (Role.ACCOUNTABILITY, Role.TRUSTEE, Role.GRANTS_ANALYST)
INSIDE = (*ASSESSING, *DECIDING)
AT_SITE = (Role.SITE_LEAD,)
KEEPING = (Role.LEAD, Role.FACILITIES)
#: Those who walk the streets around sites, and look at nothing within the fence.
ON_THE_WAY = (Role.SAFE_ROUTES,)


def walks_streets_alone(viewer: Viewer) -> bool:
    """Whether the viewer's role is shown walks of the way to school and no other."""
    return viewer.role in ON_THE_WAY


declare("assessments.view", _("See the register of assessments"), [*INSIDE, *AT_SITE])
declare(
    "assessments.register",
    _("Enter an assessment that was done on paper"),
    [Role.LEAD, Role.FACILITIES, Role.SCHOOL_RESOURCE_OFFICER],
)
declare("assessments.plan", _("Plan assessments and re-inspections, keep site plans"), KEEPING)
declare(
    "assessments.walk",
    _("Walk an assessment or a re-inspection"),
    [Role.LEAD, Role.FACILITIES, Role.SCHOOL_RESOURCE_OFFICER, *AT_SITE, *ON_THE_WAY],
)
declare(
    "assessments.answers",
    _("See answers, notes and photographs of walks"),
    [*ASSESSING, *AT_SITE, *ON_THE_WAY],
)
declare("assessments.ground", _("See plans of sites, and second looks at findings"), [*ASSESSING, *AT_SITE])
declare("assessments.review", _("Review what was handed in"), [Role.LEAD, Role.FACILITIES])
declare("assessments.decide", _("Accept and decline findings"), KEEPING)
declare("assessments.instruments", _("Bring in instruments"), [Role.LEAD, Role.ADMINISTRATOR])
declare("assessments.codes", _("Make and end QR codes for defects"), [*KEEPING, *AT_SITE])
declare("assessments.defects", _("Read and settle reports of defects"), [*KEEPING, *AT_SITE])
declare("assessments.plans", _("Keep preventive plans"), KEEPING)

# What was found stands on its work too: whoever may not read it here must not read it there.
for _source in ("assessments.Finding", "assessments.DefectReport"):
    keep_details_closed(_source, to=(*ASSESSING, *AT_SITE))

#: What those who decide see of a finding: everything that is needed to decide, nothing that shows the way in.
_OF_A_FINDING = frozenset(
    {
        "campus",
        "instrument",
        "code",
        "title",
        "recommendation",
        "severity",
        "trade",
        "estimate_cents",
        "state",
        "reason",
        "found_on",
        "settled_on",
        "work",
        "invented",
    }
)


def _of_the_way(kind: str, site: str = "") -> tuple[Rule, ...]:
    """The rule of those who walk streets: ``kind`` and ``site`` lead from the row to both."""

    def where(viewer: Viewer) -> Q | None:
        at_sites = at_own_sites(site)(viewer) if site else everywhere(viewer)
        return None if at_sites is None else at_sites & Q(**{kind: "way_to_school"})

    return (Rule("walks the way to school", frozenset(ON_THE_WAY), where=where),)


register(
    ModelPolicy(
        model="assessments.Assessment",
        rules=(
            Rule("inside the partnership", frozenset(INSIDE), where=at_own_sites()),
            Rule("at one's own site", frozenset(AT_SITE), where=at_own_sites()),
            *_of_the_way("kind", "campus"),
        ),
    )
)
register(
    ModelPolicy(
        model="assessments.Finding",
        rules=(
            Rule("who assesses or mends", frozenset(ASSESSING), where=at_own_sites()),
            Rule("at one's own site", frozenset(AT_SITE), where=at_own_sites()),
            Rule("who decides", frozenset(DECIDING), where=at_own_sites(), fields=_OF_A_FINDING),
        ),
    )
)
for _model, _path, _kind in (
    ("Walk", "campus", "assessment__kind"),
    ("Answer", "walk__campus", "walk__assessment__kind"),
    ("AnswerPhoto", "walk__campus", "walk__assessment__kind"),
    ("WalkEntry", "walk__campus", "walk__assessment__kind"),
    ("WalkPhoto", "walk__campus", "walk__assessment__kind"),
    ("Filling", "walk__campus", "walk__assessment__kind"),
    ("FillingFile", "filling__walk__campus", "filling__walk__assessment__kind"),
    ("SitePlan", "campus", ""),
    ("Settlement", "assessment__campus", "assessment__kind"),
    ("Sighting", "finding__campus", ""),
    ("ReinspectionRequest", "campus", ""),
    ("DefectPoint", "campus", ""),
    ("DefectReport", "campus", ""),
    ("PlanRun", "campus", ""),
):
    register(
        ModelPolicy(
            model=f"assessments.{_model}",
            rules=(
                Rule("who assesses or mends", frozenset(ASSESSING), where=at_own_sites(_path)),
                Rule("at one's own site", frozenset(AT_SITE), where=at_own_sites(_path)),
                *(_of_the_way(_kind, _path) if _kind else ()),
            ),
        )
    )
register(
    ModelPolicy(
        model="assessments.PreventivePlan",
        rules=(Rule("who assesses or mends", frozenset(ASSESSING), where=at_own_sites()),),
    )
)
for _model, _kind in (
    ("Instrument", "kind"),
    ("InstrumentVersion", "instrument__kind"),
    ("InstrumentItem", "version__instrument__kind"),
    ("CrosswalkFile", ""),
):
    register(
        ModelPolicy(
            model=f"assessments.{_model}",
            rules=(
                Rule("who sees assessments", frozenset((*INSIDE, *AT_SITE)), where=everywhere),
                *(_of_the_way(_kind) if _kind else ()),
            ),
        )
    )
