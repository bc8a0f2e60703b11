"""Where pages of the domains lead to papers."""

from django.utils.translation import gettext_lazy as _

from schoolward.domains.funding.papers import PlanPaper, register_plan_paper
from schoolward.domains.grants.papers import Paper, register_paper
from schoolward.domains.places.panels import Panel, register_panel
from schoolward.domains.privacy.papers import register_printed_log

register_panel(Panel("papers", _("Security profile"), 15, "profiles.view", "reports:site_panel"))
register_paper(Paper(_("Audit pack"), "grants.view", "reports:award_pack"))
register_plan_paper(PlanPaper(_("Board item"), "funding.view", "reports:plan_board_item"))
register_plan_paper(PlanPaper(_("Amendment letters"), "funding.view", "reports:plan_letters"))
register_printed_log("reports:disclosure_log_file")
