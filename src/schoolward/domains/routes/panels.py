"""The panel about the way to school in a site's profile."""

from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.panels import Panel, register_panel

register_panel(Panel("routes", _("The way to school"), 55, "routes.view", "routes:site_panel"))
