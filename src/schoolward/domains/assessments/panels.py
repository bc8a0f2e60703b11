"""What the pages of sites and of work tell about assessments."""

from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.panels import Panel, register_panel
from schoolward.domains.work.item_panels import ItemPanel, register_item_panel

register_panel(Panel("assessments", _("Assessments"), 20, "assessments.view", "assessments:site_panel"))
register_item_panel(
    ItemPanel("reported", _("Reported at codes"), 20, "assessments.defects", "assessments:work_panel")
)
