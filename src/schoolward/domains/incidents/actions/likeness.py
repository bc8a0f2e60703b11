"""Rows of a file without numbers that look like stored records with one thing changed.

Such a row cannot be told from a new record, and is one. Whoever brought it in to mend the stored record must
hear that it did not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from schoolward.domains.incidents.actions.derivation import EPOCH_DAY
from schoolward.domains.incidents.columns import Prepared
from schoolward.domains.incidents.models import Incident


def count_alike(rows: Prepared, new: Sequence[int], *, stored_up_to: int) -> int:
    """Count the new rows with whose minute, and address or offence, a record that the file lacks was stored.

    ``stored_up_to`` is the newest record from before the file.
    """
    if not new or not stored_up_to:
        return 0
    days = [EPOCH_DAY + timedelta(days=int(day)) for day in np.unique(rows.day[list(new)])]
    stored = Incident.objects.filter(
        source__in=set(rows.source), local_date__in=days, pk__lte=stored_up_to
    ).order_by()
    in_file = set(rows.source_key)
    there: dict[int, set[object]] = defaultdict(set)
    for key, moment, address_key, offence_id in stored.values_list(
        "source_key", "occurred_at", "address_key", "offence_id"
    ).iterator():
        if key not in in_file:
            there[int(moment.timestamp()) // 60] |= {address_key, offence_id} - {""}
    minutes = (rows.utc // 60).tolist()
    return sum(
        not there[minutes[index]].isdisjoint((rows.address_key[index], rows.offence_id[index]))
        for index in new
        if minutes[index] in there
    )
