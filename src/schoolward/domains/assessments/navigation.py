"""Where assessments stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(NavItem(Section.SITES, _("Assessments"), "assessments:list", "assessments.view", 60))
