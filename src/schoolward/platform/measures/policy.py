"""Who may read measures: everybody with a role; each figure's records keep their own policy."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import EVERYONE, declare

declare("measures.view", _("See measures and open the records behind a number"), EVERYONE)
