"""Campuses (pieces of ground) and schools (institutions that operate on them), each with dates."""

from __future__ import annotations

from django.db import models


class Campus(models.Model):
    """A piece of ground with an address, on which one or more schools operate over time."""

    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name
