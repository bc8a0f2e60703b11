"""Where work stands in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.WORK, _("All work"), "work:list", "work.view", 10),
    NavItem(Section.WORK, _("Board"), "work:board", "work.view", 20),
    NavItem(Section.WORK, _("Propose work"), "work:propose", "work.propose", 30),
)
