"""How editions and their numbers are put into words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, register
from schoolward.reports.models import CellReading, Edition


def _edition(row: Edition, viewer: Viewer) -> Hit:
    title = _("Edition %(number)s, as of %(day)s") % {"number": row.number, "day": row.as_of}
    return Hit(title, reverse("reports:edition", args=[row.pk]), str(row.get_state_display()))


def _number(row: CellReading, viewer: Viewer) -> Hit:
    return Hit(
        f"{row.title}: {row.shown}",
        reverse("reports:number", args=[row.edition_id, row.position]),
        _("number %(position)s") % {"position": row.position},
    )


register(RecordKind("reports.Edition", gettext_lazy("Report editions"), _edition))
register(RecordKind("reports.CellReading", gettext_lazy("Numbers of reports"), _number))
