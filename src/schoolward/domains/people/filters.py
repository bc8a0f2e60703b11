"""Filters of the lists."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.people.models import Person
from schoolward.platform.access.models import Account, Agency
from schoolward.platform.access.roles import DESCRIPTIONS
from schoolward.platform.audit.models import Event, Outcome


class PeopleFilter(filters.FilterSet):
    """By name or position, and agency."""

    q = filters.CharFilter(label=_("Name or position"), method="search")
    agency = filters.ModelChoiceFilter(label=_("Agency"), queryset=Agency.objects.all())

    class Meta:
        model = Person
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        return queryset.filter(Q(name__icontains=value) | Q(position__icontains=value))


class AccountFilter(filters.FilterSet):
    """By name or address, role, and whether it is open."""

    q = filters.CharFilter(label=_("Name or e-mail"), method="search")
    role = filters.ChoiceFilter(
        label=_("Role"), method="holding", choices=[(role, role.label) for role in DESCRIPTIONS]
    )
    is_active = filters.ChoiceFilter(label=_("State"), choices=[("True", _("open")), ("False", _("closed"))])

    class Meta:
        model = Account
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        return queryset.filter(Q(name__icontains=value) | Q(email__icontains=value))

    def holding(self, queryset: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        return queryset.filter(memberships__role=value, memberships__revoked_at__isnull=True).distinct()


class EventFilter(filters.FilterSet):
    """By who, what, which record, when, and how it ended."""

    who = filters.CharFilter(label=_("Who"), field_name="account_name", lookup_expr="icontains")
    action = filters.CharFilter(label=_("What (begins with)"), lookup_expr="startswith")
    subject = filters.CharFilter(label=_("Record"))
    after = filters.DateFilter(
        label=_("From"), field_name="at", lookup_expr="date__gte", widget=forms.DateInput()
    )
    before = filters.DateFilter(
        label=_("To"), field_name="at", lookup_expr="date__lte", widget=forms.DateInput()
    )
    outcome = filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices)

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()
