"""What an order to seal covers, told before it is carried out: a seal goes by the record, not by the name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from schoolward.platform.access.hanging import hanging_on
from schoolward.platform.access.models import Sealing
from schoolward.platform.access.permissions import check
from schoolward.platform.access.persons import put_together_at
from schoolward.platform.access.references import model_of
from schoolward.platform.access.sealing import SEAL, sealings, still_open
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within


@dataclass(frozen=True)
class Coverage:
    """What an order seals, and what looks alike and stays.

    ``with_it`` counts the own agency's rows that hang on the record, by the name of their table;
    ``elsewhere`` is how many of other agencies do. ``alike`` are references of records of the own agency that
    may be of the same person and that no order seals; ``put_together_at`` names the page where two that are
    one are put together.
    """

    record: str
    with_it: dict[str, int]
    elsewhere: int
    alike: list[str]
    put_together_at: str


def coverage(*, sealing_id: int, by: Viewer) -> Coverage | None:
    """What an order will seal; ``None`` once it has. Raises ``Sealing.DoesNotExist``.

    What is sealed already is not counted: it would be told of.
    """
    check(by, SEAL)
    order: Sealing = sealings(by).get(pk=sealing_id)
    if order.sealed_at is not None:
        return None
    model, number = model_of(order.record)
    own: Counter[str] = Counter()
    elsewhere = 0
    with within(Viewer.system(at=by.at, name=by.account_name)):
        row = model._default_manager.filter(pk=number).first()
        for child, numbers in () if row is None else hanging_on(row).items():
            for agency in child._default_manager.filter(pk__in=sorted(numbers)).values_list(
                "agency", flat=True
            ):
                if by.is_system or agency == by.agency_id:
                    own[str(child._meta.verbose_name_plural)] += 1
                else:
                    elsewhere += 1
    return Coverage(
        record=order.record,
        with_it=dict(sorted(own.items())),
        elsewhere=elsewhere,
        alike=still_open(order, by),
        put_together_at=put_together_at(order.subject),
    )
