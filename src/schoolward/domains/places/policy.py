"""Who may see and change campuses and schools. The school directory is a public fact."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import EVERYONE, declare
from schoolward.platform.access.policy import ModelPolicy, Rule, register
from schoolward.platform.access.roles import Role

_KEEPERS = (Role.LEAD, Role.ADMINISTRATOR)

declare("places.view", _("See sites and schools"), EVERYONE)
declare("places.edit", _("Change sites, and where schools are"), _KEEPERS)
declare(
    "places.import",
    _("Bring in the school directory, enrolment, bell times and days without school"),
    (*_KEEPERS, Role.ACCOUNTABILITY),
)

for _model in ("Campus", "School", "SchoolOccupancy", "Enrolment", "BellTimes", "NonSchoolDay"):
    register(ModelPolicy(model=f"places.{_model}", rules=(Rule("public fact", frozenset(EVERYONE)),)))
