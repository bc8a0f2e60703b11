"""How sites and schools are found, and put into words behind a number."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.addresses import normalise
from schoolward.domains.places.models import Campus, School
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, holds_words, register


def describe_campus(campus: Campus, viewer: Viewer) -> Hit:
    """Name and address."""
    return Hit(campus.name, reverse("places:detail", args=[campus.slug]), campus.address)


def find_campuses(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Sites whose name or address holds the words; a street is found however its kind is written."""
    matching = holds_words(text, "name", "address") | holds_words(normalise(text), "address_key")
    return visible(Campus.objects.filter(matching), viewer).order_by("name")[:limit]


def describe_school(school: School, viewer: Viewer) -> Hit:
    """Name, code and kind; it opens at the site where it is or was last."""
    occupancies = sorted(school.occupancies.all(), key=lambda o: (o.valid_to is None, str(o.valid_to)))
    url = reverse("places:detail", args=[occupancies[-1].campus.slug]) if occupancies else ""
    return Hit(school.name, url, f"{school.cds_code} · {school.get_kind_display()}")


def find_schools(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Schools whose name or noted former name holds the words, or whose code begins so."""
    matching = holds_words(text, "name", "former_name_note") | Q(cds_code__startswith=text)
    found = visible(School.objects.filter(matching), viewer).order_by("name")
    return found.prefetch_related("occupancies__campus")[:limit]


register(RecordKind("places.Campus", _("Sites"), describe_campus, find_campuses, order=10))
register(RecordKind("places.School", _("Schools"), describe_school, find_schools, order=20))
