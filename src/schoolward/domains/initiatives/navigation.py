"""Where initiatives stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.WORK, _("Initiatives"), "initiatives:list", "initiatives.view", 50),
    NavItem(Section.RESULTS, _("Goals"), "initiatives:goals", "initiatives.view", 30),
)
