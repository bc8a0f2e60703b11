"""The reports' place in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.RESULTS, _("Reports"), "reports:list", "reports.view", 20),
    NavItem(Section.SITES, _("Security profiles"), "reports:profiles", "profiles.view", 65),
    NavItem(Section.WORK, _("Corrective-action plan"), "reports:corrective_actions", "assessments.view", 45),
)
