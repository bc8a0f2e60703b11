"""Where the way to school stands in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(NavItem(Section.SITES, _("Collisions near schools"), "collisions:overview", "collisions.view", 80))
