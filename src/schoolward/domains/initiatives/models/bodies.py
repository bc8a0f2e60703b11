"""Sittings of bodies, and the seats in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from schoolward.domains.initiatives.models.initiatives import Initiative


class Meeting(models.Model):
    """A sitting of a body."""

    body = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    note = models.TextField(blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-held_on"]
        constraints = [models.UniqueConstraint(fields=["body", "held_on"], name="meeting_once_a_day")]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on}"


class Seat(models.Model):
    """An agency's seat in a body, from one date to another. Seats, not names."""

    body = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="seats")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["body", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="seat_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title
