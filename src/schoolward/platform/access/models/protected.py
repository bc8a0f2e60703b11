"""The base of every table whose rows are about a person and belong to one agency."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from django.db import models

from schoolward.platform.access.models.agencies import Agency, RecordClass

Row = TypeVar("Row", bound=models.Model)


class UnsealedManager(models.Manager[Row]):
    """Rows that are not sealed. The default: code that forgets to ask never meets a sealed one."""

    def get_queryset(self) -> models.QuerySet[Row]:
        return super().get_queryset().filter(sealed_at__isnull=True)


class ProtectedRecord(models.Model):
    """Opts a table into agreements, consent, sealing, break-glass, the disclosure log and the second wall.

    Its policy says the rest: which rules, which fields of a special category, what an emergency opens. Its
    migration puts up the wall (``access.wall.protect``). ``subject`` names whom the row is about, as
    ``"app.Model:number"``; agency, subject and class never change. A row hangs on what its foreign keys with
    ``CASCADE`` lead to: it is sealed with that, and comes back with it (``access.hanging``).
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=120, db_index=True)
    record_class = models.CharField(max_length=30, choices=RecordClass.choices)
    sealed_at = models.DateTimeField(null=True, editable=False)

    #: The columns beside ``sealed_at`` that may change, and those that name an agency which reads the row.
    changeable: ClassVar[frozenset[str]] = frozenset()
    readers: ClassVar[tuple[str, ...]] = ("agency_id",)
    #: Whether this is the person's own table, and whether rows go over where two persons turn out to be one.
    is_the_person: ClassVar[bool] = False
    moves_with_person: ClassVar[bool] = True

    objects: models.Manager = UnsealedManager()
    including_sealed: models.Manager = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"
