"""The site profile's panel about programs."""

from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.panels import Panel, register_panel

register_panel(Panel("programs", _("Programs"), 35, "programs.view", "programs:panel"))
