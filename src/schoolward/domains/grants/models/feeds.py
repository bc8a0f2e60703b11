"""Calendar feeds: an address of its own for each person's calendar program."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CalendarFeed(models.Model):
    """A secret address at which a calendar program reads what is due, as one membership sees it then.

    Only the digest of the secret is kept. The feed shows nothing once the membership has ended.
    """

    membership = models.ForeignKey("access.Membership", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="calendar_feed_is_named"),
        ]

    def __str__(self) -> str:
        return self.name
