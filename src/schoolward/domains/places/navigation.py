"""Where sites stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(NavItem(Section.SITES, _("All sites"), "places:list", "places.view", 10))
