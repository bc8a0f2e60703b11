"""Where the pages that span domains stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.TODAY, _("This morning"), "home:morning", "home.view", 10),
    NavItem(Section.TODAY, _("District overview"), "home:overview", "home.view", 20),
    NavItem(Section.SITES, _("Map"), "home:map", "home.view", 20),
    NavItem(Section.RESULTS, _("Measures"), "home:measures", "measures.view", 20),
    NavItem(Section.DATA, _("Imports and exports"), "exchange:list", "exchange.view", 10),
)
