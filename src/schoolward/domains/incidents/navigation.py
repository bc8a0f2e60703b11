"""Where incidents stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.INCIDENTS, _("All incidents"), "incidents:list", "incidents.view", 10),
    NavItem(Section.INCIDENTS, _("Map"), "incidents:map", "incidents.view", 20),
    NavItem(Section.INCIDENTS, _("Trends"), "incidents:trends", "incidents.view", 30),
    NavItem(Section.INCIDENTS, _("Enter an incident"), "incidents:enter", "incidents.record", 40),
)
