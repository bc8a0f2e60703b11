"""Who may open the pages that span domains: everybody with a role. Their rows keep their own policy."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import EVERYONE, declare

declare("home.view", _("See the morning page, the overview and the map, search, and read the help"), EVERYONE)
