"""Contact cards of the partnership's staff. No children, and nothing that an account does not need."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Person(models.Model):
    """A member of staff: who they are at work and how to reach them there."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    active = models.BooleanField(default=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_name_given"),
            models.UniqueConstraint(fields=["agency", "name", "position"], name="person_once"),
        ]

    def __str__(self) -> str:
        return self.name
