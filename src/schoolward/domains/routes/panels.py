"""What the pages of sites and of work tell about the way to school."""

from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.panels import Panel, register_panel
from schoolward.domains.routes.actions import SOURCE
from schoolward.domains.work.item_panels import ItemPanel, register_item_panel

register_panel(Panel("routes", _("The way to school"), 55, "routes.view", "routes:site_panel"))
register_item_panel(
    ItemPanel("barrier", _("The barrier"), 5, "routes.view", "routes:work_panel", source=f"{SOURCE}:")
)
