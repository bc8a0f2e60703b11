"""Putting two records of one person together, and taking them apart again. Judging rights is the caller's.

Rows about the one become rows about the other; whose they are does not change. Each moved row is named, so
that undoing brings it back. What would be there twice (a day of school that both records have) stays with the
record that is put away, and so is what is sealed. Call both inside a transaction, within the system's part of
the wall, after the right was judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from schoolward.platform.access.hanging import Rows, hanging_on, parents_first
from schoolward.platform.access.models import LitigationHold, Merging, ProtectedRecord, Sealing
from schoolward.platform.access.references import model_of, protected_models
from schoolward.platform.access.refusal import Refusal, fit_text
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import lock_chain

LONGEST_REASON = 300


def merge(
    *, kept: ProtectedRecord, merged: ProtectedRecord, reason: str, by: Viewer, at: datetime
) -> Merging:
    """Move the rows about ``merged`` to ``kept``, two persons' own rows of one agency.

    Refused while one of them is to be sealed or is held for litigation, because orders and holds name a
    person's reference. Raises :class:`Refusal`.
    """
    lock_chain()
    if kept.pk == merged.pk or kept.agency_id != merged.agency_id or not type(kept).is_the_person:
        raise Refusal(_("Two records of one agency are put together."))
    _free(kept.subject, merged.subject)
    rows = {
        model: numbers
        for model in protected_models().values()
        if model.moves_with_person and (numbers := _movable(model, kept, merged))
    }
    merging = Merging.objects.create(
        kept=kept.subject,
        merged=merged.subject,
        agency_id=kept.agency_id,
        moved=sorted(_names(rows)),
        reason=fit_text(reason, field="reason", longest=LONGEST_REASON),
        at=at,
        by_id=by.account_id,
    )
    _move(rows, kept)
    return merging


def undo(*, merging: Merging, reason: str, by: Viewer, at: datetime) -> Merging:
    """Bring every moved row back, and with it what was begun on it since. The last merging is undone first.

    What was begun since about the person, and hangs on no moved row, stays with the record that was kept.
    Raises :class:`Refusal`.
    """
    lock_chain()
    merging.refresh_from_db()
    if merging.undone_at is not None:
        raise Refusal(_("It is undone already."))
    later = Merging.objects.filter(undone_at__isnull=True, pk__gt=merging.pk)
    if later.filter(Q(merged=merging.kept) | Q(kept=merging.merged)).exists():
        raise Refusal(_("One of the two records was put together with a third since: undo that first."))
    _free(merging.kept, merging.merged)
    model, number = model_of(merging.merged)
    person = model.including_sealed.get(pk=number)
    back: Rows = {}
    for name in merging.moved:
        table, key = model_of(name)
        back.setdefault(table, set()).add(key)
    back = {
        table: set(table.objects.filter(pk__in=keys, subject=merging.kept).values_list("pk", flat=True))
        for table, keys in back.items()
    }
    followed = _followers(back, merging)
    merging.followed = sorted(_names(followed))
    merging.undone_at, merging.undone_by_id = at, by.account_id
    merging.undone_reason = fit_text(reason, field="reason", longest=LONGEST_REASON)
    merging.save(update_fields=["followed", "undone_at", "undone_by", "undone_reason"])
    for table, keys in followed.items():
        back.setdefault(table, set()).update(keys)
    _move(back, person)
    return merging


def also_known_as(subject: str) -> frozenset[str]:
    """The references of records that were put together with this one and are not taken apart again."""
    found, fresh = {subject}, {subject}
    while fresh:
        rows = Merging.objects.filter(kept__in=fresh, undone_at__isnull=True)
        fresh = set(rows.values_list("merged", flat=True)) - found
        found |= fresh
    return frozenset(found - {subject})


def one_person(names: Iterable[str]) -> frozenset[str]:
    """These references with those of every record that was put together with one of them, either way."""
    found = fresh = frozenset(names)
    while fresh:
        rows = Merging.objects.filter(Q(kept__in=fresh) | Q(merged__in=fresh), undone_at__isnull=True)
        fresh = frozenset(name for pair in rows.values_list("kept", "merged") for name in pair) - found
        found |= fresh
    return found


def _free(*subjects: str) -> None:
    if Sealing.objects.filter(subject__in=subjects, sealed_at__isnull=True).exists():
        raise Refusal(_("An order to seal waits for one of the two: carry it out first."))
    held = LitigationHold.objects.filter(lifted_at__isnull=True)
    if any(set(subjects) & set(names) for names in held.values_list("names", flat=True)):
        raise Refusal(_("One of the two is held for litigation: lift the hold first."))


def _movable(model: type[ProtectedRecord], kept: ProtectedRecord, merged: ProtectedRecord) -> set[int]:
    """The rows about ``merged`` that can become rows about ``kept``: not sealed, and none there twice."""
    rows = model.objects.filter(subject=merged.subject)
    twice: set[int] = set()
    for fields in _unique_beside_the_person(model):
        there = set(model.including_sealed.filter(subject=kept.subject).values_list(*fields))
        twice |= {row[0] for row in rows.values_list("pk", *fields) if row[1:] in there}
    return set(rows.values_list("pk", flat=True)) - twice


def _unique_beside_the_person(model: type[ProtectedRecord]) -> Iterator[list[str]]:
    """Of each rule that a person has such a row once: the fields that are unique beside the person."""
    persons = {field.name for field in person_fields(model)}
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and persons & set(rule.fields):
            yield [name for name in rule.fields if name not in persons]


def person_fields(model: type[models.Model]) -> list[models.Field]:
    """The foreign keys of a table that lead to the person whom its rows are about."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and getattr(field.related_model, "is_the_person", False)
    ]


def _followers(back: Rows, merging: Merging) -> Rows:
    """What goes back beside the moved rows: what hangs on them, and what they alone point at, of the kept."""
    found: Rows = {}
    for table, keys in back.items():
        for row in table.objects.filter(pk__in=keys):
            for child, numbers in hanging_on(row).items():
                found.setdefault(child, set()).update(numbers)
            for field in _pointers(table):
                if (value := getattr(row, field.attname)) is not None:
                    found.setdefault(field.related_model, set()).add(value)  # type: ignore[arg-type]
    return {
        table: chosen
        for table, numbers in found.items()
        if table.moves_with_person and (chosen := _theirs(table, numbers, back, merging))
    }


def _theirs(table: type[ProtectedRecord], numbers: set[int], back: Rows, merging: Merging) -> set[int]:
    rows = table.objects.filter(pk__in=numbers - back.get(table, set()), subject=merging.kept)
    chosen = set(rows.values_list("pk", flat=True))
    for other in protected_models().values():
        for field in _pointers(other):
            if field.related_model is table:
                stays = other.objects.filter(**{f"{field.name}__in": chosen}, subject=merging.kept)
                stays = stays.exclude(pk__in=back.get(other, set()))
                chosen -= set(stays.values_list(field.attname, flat=True))
    return chosen


def _pointers(table: type[ProtectedRecord]) -> list[models.ForeignKey]:
    """The foreign keys to protected rows that a row does not hang on, such as a referral's consent."""
    return [
        field
        for field in table._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is not models.CASCADE
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, ProtectedRecord)
        and field.related_model is not table
    ]


def _move(rows: Rows, person: ProtectedRecord) -> None:
    for model in parents_first(rows):
        changes: dict[str, object] = {field.attname: person.pk for field in person_fields(model)}
        model.objects.filter(pk__in=sorted(rows[model])).update(subject=person.subject, **changes)


def _names(rows: Rows) -> Iterator[str]:
    for model, numbers in rows.items():
        for number in numbers:
            yield f"{model._meta.label}:{number}"
