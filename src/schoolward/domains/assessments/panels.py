"""The site profile's panel about assessments."""

from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.panels import Panel, register_panel

register_panel(Panel("assessments", _("Assessments"), 20, "assessments.view", "assessments:site_panel"))
