"""Where cases stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.PROGRAMS, _("Referrals"), "cases:board", "cases.view", 12),
    NavItem(Section.PROGRAMS, _("Refer somebody"), "cases:refer", "cases.refer", 14),
    NavItem(Section.PROGRAMS, _("What I referred"), "cases:referred", "cases.refer", 16),
)
