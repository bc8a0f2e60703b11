"""The site profile's panel about work."""

from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.panels import Panel, register_panel

register_panel(Panel("work", _("Work"), 30, "work.view", "work:site_panel"))
