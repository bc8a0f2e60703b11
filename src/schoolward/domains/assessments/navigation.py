"""Where assessments stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.SITES, _("Assessments"), "assessments:list", "assessments.view", 60),
    NavItem(Section.SITES, _("Assessments of all sites"), "assessments:grid", "assessments.view", 61),
    NavItem(Section.SITES, _("Instruments"), "assessments:instruments", "assessments.view", 62),
    NavItem(Section.WORK, _("Findings"), "assessments:findings", "assessments.view", 40),
    NavItem(Section.WORK, _("Re-inspections"), "assessments:reinspections", "assessments.ground", 50),
    NavItem(Section.WORK, _("Reported defects"), "assessments:defects", "assessments.defects", 55),
    NavItem(Section.WORK, _("Preventive plans"), "assessments:plans", "assessments.plans", 60),
)
