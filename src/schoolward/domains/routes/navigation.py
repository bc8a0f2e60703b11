"""Where the way to school stands in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.ROUTES, _("Travel"), "routes:travel", "routes.view", 10),
    NavItem(Section.ROUTES, _("Ways to school"), "routes:plans", "routes.view", 15),
    NavItem(Section.ROUTES, _("Barriers"), "routes:barriers", "routes.view", 20),
    NavItem(Section.ROUTES, _("Crossings"), "routes:crossings", "routes.view", 30),
    NavItem(Section.ROUTES, _("Guards"), "routes:posts", "routes.view", 40),
    NavItem(Section.ROUTES, _("Walking buses"), "routes:buses", "routes.view", 50),
    NavItem(Section.ROUTES, _("Collisions"), "collisions:overview", "collisions.view", 55),
    NavItem(Section.ROUTES, _("Tally a class"), "routes:tally_new", "routes.tally", 60),
    NavItem(Section.ROUTES, _("Report a barrier"), "routes:barrier_new", "routes.report", 70),
)
