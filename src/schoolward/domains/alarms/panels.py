"""The site profile's panel about alarms."""

from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.panels import Panel, register_panel

register_panel(Panel("alarms", _("Alarms"), 25, "alarms.view", "alarms:panel"))
