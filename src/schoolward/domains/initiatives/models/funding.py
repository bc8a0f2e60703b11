"""Publicly known awards and costs, until there is a domain of funding."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from schoolward.domains.initiatives.models.initiatives import Mark


class FundingFact(models.Model):
    """An award or a running cost that is publicly known. The funding domain will take its place."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    funder = models.CharField(max_length=200)
    award_number = models.CharField(max_length=40, blank=True)
    awarded_year = models.PositiveIntegerField(null=True, blank=True)
    amount_cents = models.BigIntegerField()
    period = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=300)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    mark = models.CharField(max_length=12, choices=Mark.choices)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = [F("awarded_year").asc(nulls_last=True), "key"]
        constraints = [
            models.CheckConstraint(condition=Q(mark__in=Mark.values), name="funding_mark_known"),
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="funding_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name
