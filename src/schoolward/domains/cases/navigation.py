"""Where cases stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.PROGRAMS, _("Referrals"), "cases:board", "cases.view", 12),
    # Who has a caseload opens them from the board and from a program's page.
    NavItem(
        Section.PROGRAMS, _("Program dashboards"), "dashboards:list", "programs.figures", 11, "cases.view"
    ),
    NavItem(Section.PROGRAMS, _("Refer somebody"), "cases:refer", "cases.refer", 14),
    NavItem(Section.PROGRAMS, _("What I referred"), "cases:referred", "cases.refer", 16, "cases.view"),
    NavItem(
        Section.PROGRAMS,
        _("Performance measures"),
        "cases:performance",
        "cases.performance",
        18,
        "cases.view",
    ),
    NavItem(Section.PROGRAMS, _("Who is who"), "cases:who_is_who", "identity.decide", 19, "cases.view"),
    NavItem(Section.PROGRAMS, _("Classes, months, academies"), "cases:work", "cases.work", 58, "cases.view"),
    # Who works with programs opens them with classes and months.
    NavItem(Section.PROGRAMS, _("Academies"), "academies:list", "academies.view", 59, "cases.work"),
    # What is due about truancy, and what came of visits, stand on the desk's page.
    NavItem(Section.PROGRAMS, _("Attendance center"), "centre:desk", "centre.view", 60),
    NavItem(
        Section.PROGRAMS, _("Attendance after visits"), "centre:results", "centre.results", 63, "centre.view"
    ),
    NavItem(Section.PROGRAMS, _("Bring a student"), "centre:deliveries", "centre.deliver", 64),
    # Groups and rules stand on the caseload's page.
    NavItem(Section.PROGRAMS, _("Diversion"), "diversion:caseload", "diversion.view", 66),
    NavItem(
        Section.PROGRAMS,
        _("Diversion by group"),
        "diversion:by_group",
        "diversion.rules",
        68,
        "diversion.view",
    ),
    NavItem(
        Section.PROGRAMS, _("Rules of diversion"), "diversion:rules", "diversion.rules", 70, "diversion.view"
    ),
    # Whoever sees each incident comes to the removals from its list.
    NavItem(Section.INCIDENTS, _("Discipline"), "cases:discipline", "discipline.view", 60),
    NavItem(Section.INCIDENTS, _("Removals"), "cases:removals", "discipline.counts", 62, "discipline.view"),
)
