"""Where the pages stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.ui.navigation import NavItem, register

register(
    NavItem("Administration", _("Sharing agreements"), "privacy:agreements", "sharing.view", 42),
    NavItem("Administration", _("Consents"), "privacy:consents", "consents.view", 43),
    NavItem("Administration", _("Seals"), "privacy:sealings", "sealing.order", 44),
    NavItem("Administration", _("Seals in force"), "privacy:seals", "sealing.lift", 44),
    NavItem("Administration", _("Who read what"), "privacy:disclosures", "disclosures.view", 45),
    NavItem("Administration", _("Find a reference"), "privacy:person_find", "persons.find", 45),
    NavItem("Administration", _("Emergency looks to judge"), "privacy:emergencies", "emergency.review", 46),
    NavItem("Administration", _("Emergency look"), "privacy:emergency", "emergency.open", 47),
    NavItem("Administration", _("Retention"), "privacy:retention", "retention.view", 48),
)
