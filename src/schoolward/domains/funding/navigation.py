"""Where the funding plan stands in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(NavItem(Section.GRANTS, _("Funding plan"), "funding:funds", "funding.view", 15))
