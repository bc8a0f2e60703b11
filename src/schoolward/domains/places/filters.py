"""How the list of sites is narrowed."""

from __future__ import annotations

from datetime import date

import django_filters
from django.db.models import Q, QuerySet
from django.forms import DateInput
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.models import NOT_K12, Campus, Jurisdiction, School, SchoolKind
from schoolward.domains.places.queries import campuses_with_school, holding_occupancies, operating_campuses
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today

_STANDINGS = [
    ("district", _("With a district school")),
    ("charter", _("With a directly funded charter school only")),
    ("other", _("With an adult center or office only")),
    ("closed", _("Without any school")),
]


class SiteFilter(django_filters.FilterSet):
    """By words, by day, and by what stands on the site on that day."""

    q = django_filters.CharFilter(label=_("Name, school, code or address"), method="search")
    on = django_filters.DateFilter(label=_("As of"), method="keep", widget=DateInput)
    standing = django_filters.ChoiceFilter(label=_("Sites"), method="by_standing", choices=_STANDINGS)
    kind = django_filters.ChoiceFilter(
        label=_("Kind of school"), method="by_kind", choices=SchoolKind.choices
    )
    jurisdiction = django_filters.ChoiceFilter(label=_("Police jurisdiction"), choices=Jurisdiction.choices)

    class Meta:
        model = Campus
        fields: list[str] = []

    def day(self) -> date:
        """The day that the list is about."""
        asked: date | None = self.form.cleaned_data.get("on")
        return asked or today(viewer_of(self.request).at)

    def keep(self, queryset: QuerySet[Campus], name: str, value: object) -> QuerySet[Campus]:
        """The day narrows nothing by itself; the other filters ask for it."""
        return queryset

    def search(self, queryset: QuerySet[Campus], name: str, value: str) -> QuerySet[Campus]:
        """Every word must stand in the site's name or address, or in a school's that is or was there."""
        for word in value.split():
            schools = School.objects.filter(Q(name__icontains=word) | Q(cds_code__startswith=word))
            queryset = queryset.filter(
                Q(name__icontains=word)
                | Q(address__icontains=word)
                | Q(pk__in=schools.values("occupancies__campus_id"))
            )
        return queryset

    def by_standing(self, queryset: QuerySet[Campus], name: str, value: str) -> QuerySet[Campus]:
        """What stands there on the day."""
        day = self.day()
        district = operating_campuses(day).values("pk")
        taught = campuses_with_school(day).values("pk")
        held = holding_occupancies(day).values("campus_id")
        match value:
            case "district":
                return queryset.filter(pk__in=district)
            case "charter":
                return queryset.filter(pk__in=taught).exclude(pk__in=district)
            case "other":
                others = holding_occupancies(day).filter(school__kind__in=NOT_K12)
                return queryset.filter(pk__in=others.values("campus_id")).exclude(pk__in=taught)
            case _:
                return queryset.exclude(pk__in=held)

    def by_kind(self, queryset: QuerySet[Campus], name: str, value: str) -> QuerySet[Campus]:
        """A school of the kind is there on the day."""
        held = holding_occupancies(self.day()).filter(school__kind=value)
        return queryset.filter(pk__in=held.values("campus_id"))
