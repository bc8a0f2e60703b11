"""Where grants stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, Section, register

register(
    NavItem(Section.WORK, _("Grants"), "grants:list", "grants.view", 60),
    NavItem(Section.WORK, _("Reports due"), "grants:reports", "grants.view", 61),
    NavItem(Section.WORK, _("Posts"), "grants:positions", "grants.view", 62),
    NavItem(Section.WORK, _("Opportunities"), "grants:opportunities", "grants.view", 63),
    NavItem(Section.WORK, _("Requests to let by"), "grants:requests", "grants.approve", 64),
    NavItem(Section.DATA, _("Ledger accounts"), "grants:accounts", "grants.import", 60),
)
