"""Carrying a disposal out: one transaction after which the records are nowhere and a certificate stays."""

from __future__ import annotations

from datetime import datetime

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.platform.access.breaking_glass import erase_words
from schoolward.platform.access.clock import today
from schoolward.platform.access.copies import forget_copies
from schoolward.platform.access.models import Certificate, Disposal, ProtectedRecord
from schoolward.platform.access.permissions import check
from schoolward.platform.access.references import protected_models
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.retention.belonging import of_error, told
from schoolward.platform.access.retention.disposals import REVIEW, disposals, note, stopped
from schoolward.platform.access.retention.registry import retained
from schoolward.platform.access.retention.schedules import live
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import deletion, within
from schoolward.platform.audit.actions import lock_chain


def carry_out(*, disposal_id: int, by: Viewer, at: datetime) -> Certificate:
    """Delete the rows of an approved batch with all that holds their content, and return the certificate.

    All of it or nothing: a process killed at any moment leaves the batch as it was. Done a second time it
    does nothing. Everything is judged anew: a hold that was placed, a row that is no longer due and a
    schedule that has ended since stop the whole batch. Raises ``Disposal.DoesNotExist`` and
    :class:`Refusal`.
    """
    check(by, REVIEW)
    try:
        # The wall goes around the transaction, so that a key which is checked at its end is caught here.
        sealed = disposals(by).filter(pk=disposal_id, of_sealed=True).exists()
        with within(by, sealing=sealed), transaction.atomic():
            forget_copies(by=by, at=at)
            # Holds take the same lock: one is placed before this is judged, or after it is done.
            lock_chain()
            batch = disposals(by).get(pk=disposal_id)
            done = Certificate.objects.filter(disposal=batch).first()
            if done is not None:
                return done
            return _carry_out(batch, by, at)
    except ProtectedError as kept:
        raise Refusal(told(of_error(kept))) from None
    except (RestrictedError, IntegrityError):
        raise Refusal(
            _("Another record still belongs to one of these. Dispose of that first, or take this one out.")
        ) from None


def _carry_out(batch: Disposal, by: Viewer, at: datetime) -> Certificate:
    if not batch.is_approved or batch.reviewed_by_id is None:
        raise Refusal(_("Another person has to approve the batch first."))
    schedule = batch.schedule
    if schedule.table not in retained() or not live(today(at)).filter(pk=schedule.pk).exists():
        raise Refusal(_("The schedule has ended meanwhile; propose a new batch."))
    listed = batch.rows.filter(taken_out_at__isnull=True)
    numbers = sorted(listed.values_list("number", flat=True))
    if not numbers:
        raise Refusal(_("Every record was taken out; there is nothing to dispose of."))
    if held := len(stopped(batch, by)):
        raise Refusal(
            ngettext(
                "%(n)d record is held, or no longer due. Take it out of the batch.",
                "%(n)d records are held, or no longer due. Take them out of the batch.",
                held,
            )
            % {"n": held}
        )
    erased = _delete(schedule.table, numbers, by, at)
    certificate = Certificate.objects.create(
        disposal=batch,
        agency_id=batch.agency_id,
        table=schedule.table,
        record_class=schedule.record_class,
        rows=len(numbers),
        schedule=schedule,
        proposed_by_id=batch.proposed_by_id,
        reviewed_by_id=batch.reviewed_by_id,
        on=today(at),
    )
    listed.delete()
    batch.carried_out_at = at
    batch.save(update_fields=["carried_out_at"])
    persons = {"proposed_by": batch.proposed_by_id, "reviewed_by": batch.reviewed_by_id}
    note(
        "access.disposed",
        batch,
        by,
        at,
        rows=len(numbers),
        words=erased,
        certificate=certificate.pk,
        **persons,
    )
    return certificate


def _delete(table: str, numbers: list[int], by: Viewer, at: datetime) -> int:
    """The rows, what they own, what their table says holds their content besides, and words of emergencies.

    Returns how many emergency looks at them have no words any more.
    """
    model: type[ProtectedRecord] = protected_models()[table]
    deletion.overwrite(connection)
    if erase := retained()[table].erase:
        erase(numbers, by, at)
    erased = erase_words((f"{table}:{number}" for number in numbers), at=at)
    try:
        with transaction.atomic():
            deleted = model.including_sealed.filter(pk__in=numbers).delete()[1].get(model._meta.label, 0)
            if connection.vendor == "postgresql":
                connection.check_constraints()  # now, and not when the transaction has ended
    except IntegrityError:
        raise
    except DatabaseError as refused:
        raise Refusal(
            _("The database keeps a record that belongs to one of these. Dispose of that first.")
        ) from refused
    if deleted != len(numbers):
        raise Refusal(_("Not every record could be deleted, so none was."))
    return erased
