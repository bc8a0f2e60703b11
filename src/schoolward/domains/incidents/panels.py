"""The panel about incidents in a site's profile."""

from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.panels import Panel, register_panel

register_panel(
    Panel(
        key="incidents",
        title=_("Incidents"),
        order=20,
        permission="incidents.view",
        url_name="incidents:panel",
    )
)
