"""What cases are called: their numbers, and the titles of lost systems."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models.functions import Length

from schoolward.domains.alarms.builder.known import Known
from schoolward.domains.alarms.builder.losses import LossCase
from schoolward.domains.alarms.builder.times import moment_of
from schoolward.domains.alarms.models import Case

MOST_ACCOUNTS, MOST_SITES = 6, 3
"""So many are named, the others counted."""


_FORMS = {"SIA-DCS": "SIA", "ADM-CID": "Contact ID"}
MOST_OF_A_PART = 60
"""So many characters of what cannot be read stand in a title."""


def title_of_unread(form: str, line: str, account: str, code: str, part: str) -> str:
    """What a case of data that nobody understands is called: what came, in which form, and from whom.

    Two such cases of one account differ in the form or the code, so that both stand in the title.
    """
    named = _FORMS.get(form.strip("*"), form)
    sender = f"account {account} on the line {line}"
    if code:
        return f"Unknown code {code} ({named}) from {sender}"[:200]
    plain = " ".join(part.replace("\0", "").split())
    if len(plain) > MOST_OF_A_PART:
        plain = f"{plain[:MOST_OF_A_PART]}…"
    return f"Unreadable {named} data from {sender}{f': {plain}' if plain else ''}"[:200]


def name_loss(case: Case, loss: LossCase, known: Known) -> None:
    """Take what is known of lost systems into their case: which are lost now, and where."""
    case.shape = loss.as_json()
    case.signal_count = loss.count
    case.last_signal_at = moment_of(loss.last_at)
    if len(loss.sites) > 1:
        # Neither call list nor jurisdiction of one site would be right for the others.
        case.campus_id = case.system_id = None
    case.title = title_of_loss(loss, known)


def title_of_loss(loss: LossCase, known: Known) -> str:
    """What is lost at the moment, in words; once nothing is, what had been."""
    words = "not heard from" if loss.still else "heard from again"
    shown = loss.still or loss.lost
    if len(shown) == 1:
        return " · ".join((words.capitalize(), named_systems(shown, known)))[:200]
    return f"{len(shown)} systems are {words}: {named_systems(shown, known)}"[:200]


def named_systems(pks: Iterable[int], known: Known) -> str:
    """Systems by account and site: the accounts of one site, or how many there are at each of several."""
    accounts: dict[int, list[str]] = defaultdict(list)
    count = 0
    for pk in pks:
        count += 1
        if (system := known.system_by_pk(pk)) is not None:
            accounts[system.campus_id].append(system.account)
    at = {known.campus_name(campus): sorted(owned) for campus, owned in accounts.items()}
    if len(at) == 1:
        [(campus, owned)] = at.items()
        return f"{_some(owned, MOST_ACCOUNTS)} at {campus}"
    if count <= MOST_ACCOUNTS:
        return "; ".join(f"{', '.join(at[campus])} at {campus}" for campus in sorted(at))
    largest = sorted(at, key=lambda campus: (-len(at[campus]), campus))
    return _some([f"{campus} ({len(at[campus])})" for campus in largest], MOST_SITES)


def _some(names: list[str], most: int) -> str:
    """The first names and how many there are more."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def give_numbers(cases: list[Case]) -> None:
    """Give new cases their numbers: the local day, then one after the other."""
    counts = Counter({day: _last_number(day) for day in {case.opened_on for case in cases}})
    for case in cases:
        counts[case.opened_on] += 1
        case.number = f"{case.opened_on:%Y%m%d}-{counts[case.opened_on]:04d}"


def _last_number(day: date) -> int:
    prefix = f"{day:%Y%m%d}-"
    last = (
        Case.objects.filter(opened_on=day, number__startswith=prefix)
        .annotate(digits=Length("number"))
        .order_by("-digits", "-number")
        .values_list("number", flat=True)
        .first()
    )
    return int(last.removeprefix(prefix)) if last else 0
