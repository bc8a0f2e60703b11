"""What every page that keeps something shares: its permission, and saving."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from schoolward.domains.alarms import actions
from schoolward.platform.ui import form_pages

KEEP = "alarms.keep"

kept = partial(form_pages.kept, refused=actions.AlarmRefused, said=_("Saved."), button=_("Save"))
