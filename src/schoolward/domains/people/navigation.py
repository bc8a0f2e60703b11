"""Where the pages stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, register

register(
    NavItem("Administration", _("People"), "people:list", "people.view", 10),
    NavItem("Administration", _("Roles"), "people:roles", "people.view", 20),
    NavItem("Administration", _("Agencies"), "people:agencies", "access.accounts", 25),
    NavItem("Administration", _("Whom to call"), "people:numbers", "people.view", 27),
    NavItem("Administration", _("Accounts"), "people:accounts", "access.accounts", 30),
    NavItem("Administration", _("Access review"), "people:review", "access.review", 40),
    NavItem("Administration", _("Audit"), "audit:list", "audit.view", 50),
    NavItem("Administration", _("My account"), "people:me", "access.tokens", 60),
)
