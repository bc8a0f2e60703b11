"""Where programs stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.PROGRAMS, _("Programs"), "programs:list", "programs.view", 10),
    NavItem(Section.PROGRAMS, _("To count"), "programs:to_count", "programs.record", 20),
    NavItem(Section.PROGRAMS, _("Proposals"), "programs:proposals", "programs.view", 30),
    NavItem(Section.PROGRAMS, _("Volunteers"), "programs:volunteers", "programs.record", 40),
)
