"""Where grants stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.GRANTS, _("Awards"), "grants:list", "grants.view", 10),
    NavItem(Section.GRANTS, _("Reports due"), "grants:reports", "grants.view", 20),
    NavItem(Section.GRANTS, _("Posts"), "grants:positions", "grants.view", 30),
    NavItem(Section.GRANTS, _("Opportunities"), "grants:opportunities", "grants.view", 40),
    NavItem(Section.GRANTS, _("Requests to let by"), "grants:requests", "grants.approve", 50),
    NavItem(Section.DATA, _("Ledger accounts"), "grants:accounts", "grants.import", 60),
)
