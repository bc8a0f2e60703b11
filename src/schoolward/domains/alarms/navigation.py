"""Where alarms stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.ALARMS, _("Desk"), "alarms:desk", "alarms.view", 10),
    NavItem(Section.ALARMS, _("Cases"), "alarms:cases", "alarms.view", 20),
    NavItem(Section.ALARMS, _("Signals"), "alarms:signals", "alarms.view", 30),
    NavItem(Section.ALARMS, _("Systems"), "alarms:systems", "alarms.view", 40),
    NavItem(Section.ALARMS, _("Fewer false alarms"), "alarms:reduction", "alarms.view", 42),
    NavItem(Section.ALARMS, _("Fees"), "alarms:fees", "alarms.view", 44),
    NavItem(Section.ALARMS, _("Permits"), "alarms:permits", "alarms.view", 46),
    NavItem(Section.ALARMS, _("Action plans"), "alarms:plans", "alarms.keep", 50),
    NavItem(Section.ALARMS, _("Call lists"), "alarms:contacts", "alarms.keep", 60),
    NavItem(Section.ALARMS, _("Schedules"), "alarms:schedules", "alarms.keep", 70),
    NavItem(Section.ALARMS, _("Lines"), "alarms:lines", "alarms.keep", 80),
    NavItem(Section.ALARMS, _("Receivers"), "alarms:receivers", "alarms.view", 90),
    NavItem(Section.ALARMS, _("Journal"), "alarms:journal", "alarms.journal", 100),
)
