"""What the pages of awards and of work tell about plans."""

from django.utils.translation import gettext_lazy as _

from schoolward.domains.grants.panels import AwardPanel, register_award_panel
from schoolward.domains.work.item_panels import ItemPanel, register_item_panel

register_award_panel(AwardPanel("plan", _("Set aside by plans"), 10, "funding.view", "funding:award_panel"))
register_item_panel(ItemPanel("plan", _("Money from a plan"), 10, "funding.view", "funding:work_panel"))
