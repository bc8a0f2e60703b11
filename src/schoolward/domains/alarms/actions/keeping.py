"""Keeping lines, systems and zones. Each says whether it made, changed or found the row as it was."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.alarms.actions.armed_days import all_changed
from schoolward.domains.alarms.actions.refusals import AccountWrong, KeyWrong, TimesWrong, ValueUnknown
from schoolward.domains.alarms.keys import seal, unseal
from schoolward.domains.alarms.models import AlarmSystem, Device, Line, OutagePolicy, Zone
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.protocols.dc09 import PROFILES, KeyMalformed, prepare_key

KeptModel = TypeVar("KeptModel", bound=Model)
CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
AsItIs = Literal["as it is"]
AS_IT_IS: Final[AsItIs] = "as it is"
NO_KEY = "none"
"""What is written instead of a key to take a system's key away; a blank leaves it as it is."""

_ACCOUNT = re.compile(r"[0-9A-F]{3,16}")


class Kept(NamedTuple, Generic[KeptModel]):
    """A row, and whether it was ``created``, ``updated`` or found ``unchanged``."""

    row: KeptModel
    outcome: str


@transaction.atomic
def keep_line(
    *,
    name: str,
    by: Viewer,
    at: datetime,
    title: str | None = None,
    profile: str | None = None,
    outage_policy: str | None = None,
) -> Kept[Line]:
    """Make a line or change it. ``None`` leaves a value as it is."""
    _check_keeper(by)
    wanted = {"title": title, "profile": known_profile(profile), "outage_policy": outage_policy}
    if outage_policy is not None and outage_policy not in OutagePolicy.values:
        raise ValueUnknown("outage_policy", outage_policy, OutagePolicy.values)
    row = Line.objects.select_for_update(of=("self",)).filter(name=name).first()
    kept = put(row or Line(name=name), {key: value for key, value in wanted.items() if value is not None})
    return audited("alarms.line_kept", kept, by=by, name=name)


@transaction.atomic
def keep_system(
    *,
    line: str,
    account: str,
    campus_id: int,
    by: Viewer,
    at: datetime,
    key: str | None = None,
    profile: str = "",
    supervision_seconds: int | None = None,
    title: str | None = None,
    valid_from: date | None = None,
    valid_to: date | AsItIs | None = AS_IT_IS,
    invented: bool | None = None,
) -> Kept[AlarmSystem]:
    """Make an alarm system or change it, by line and account. A line that is not known is made.

    ``valid_from`` and ``valid_to`` are the first and the last day of its service, which rates are held
    against. A new system without a first day serves from today: to have served always would change the rates
    of years that are published. ``None`` leaves the first day of a known one as it is, and takes the last
    away. A system whose last day has passed is not supervised.

    ``key`` is the panel's, in hexadecimal digits or characters; ``None`` leaves it, ``"none"`` takes it away.
    It is sealed before it is stored and never shown. ``changed_at`` tells receivers to look again.
    """
    check_campus(by, campus_id, "alarms.keep")
    wanted_account = known_account(account)
    if supervision_seconds is not None and not 1 <= supervision_seconds <= 2_000_000_000:
        raise TimesWrong(
            _("Supervision is 1 second or more; leave it blank for none."), field="supervision_s"
        )
    held = Line.objects.filter(name=line).first() or keep_line(name=line, by=by, at=at).row
    row = (
        AlarmSystem.objects.select_for_update(of=("self",)).filter(line=held, account=wanted_account).first()
    )
    if row is not None and by.campus_ids is not None and row.campus_id not in by.campus_ids:
        raise AccessDenied("alarms.keep", f"alarms.AlarmSystem:{row.pk}")
    row = row or AlarmSystem(line=held, account=wanted_account, valid_from=timezone.localdate(at))
    last_day = row.valid_to if isinstance(valid_to, str) else valid_to
    is_over = last_day is not None and last_day < timezone.localdate(at)
    wanted: dict[str, Any] = {
        "campus_id": campus_id,
        "profile": known_profile(profile) or "",
        "supervision_seconds": None if is_over else supervision_seconds,
        "valid_from": valid_from or row.valid_from,
        "valid_to": last_day,
    }
    if last_day is not None and wanted["valid_from"] is not None and last_day < wanted["valid_from"]:
        raise TimesWrong(_("The last day of service lies before the first."), field="in_service_to")
    if title is not None:
        wanted["title"] = title.strip()
    if invented is not None:
        wanted["invented"] = invented
    if key is not None and (sealed := _sealed(key, row.sealed_key)) is not None:
        wanted["sealed_key"] = sealed
    is_moved = row.pk is not None and row.campus_id != campus_id
    kept = put(row, wanted, if_changed={"changed_at": at})
    if is_moved:
        all_changed()  # armed days are those of the site that a system stands at
    return audited(
        "alarms.system_kept",
        kept,
        by=by,
        account=wanted_account,
        line=held.name,
        key_set=bool(kept.row.sealed_key),
    )


@transaction.atomic
def keep_zone(
    *,
    system_id: int,
    number: str,
    by: Viewer,
    at: datetime,
    title: str = "",
    device: str = Device.OTHER,
    camera_link: str = "",
    invented: bool | None = None,
) -> Kept[Zone]:
    """Make a zone or change it, by system and number (leading zeros do not count)."""
    system = system_of(system_id, by=by, permission="alarms.keep")
    if device not in Device.values:
        raise ValueUnknown("device", device, Device.values)
    plain = zone_number(number)
    row = Zone.objects.select_for_update(of=("self",)).filter(system=system, number=plain).first()
    wanted: dict[str, Any] = {
        "title": title.strip(),
        "device": str(device),
        "camera_link": camera_link.strip(),
    }
    if invented is not None:
        wanted["invented"] = invented
    kept = put(row or Zone(system=system, number=plain), wanted)
    return audited("alarms.zone_kept", kept, by=by, system=system.pk, number=plain)


def zone_number(sent: str) -> str:
    """A zone's number as it is kept: without leading zeros; zero itself stays."""
    return sent.strip().lstrip("0") or ("0" if sent.strip() else "")


def known_account(sent: str) -> str:
    """An account as it is kept, or raise ``AccountWrong``."""
    account = sent.strip().upper()
    if not _ACCOUNT.fullmatch(account):
        raise AccountWrong
    return account


def check_key(key: str) -> None:
    """Raise ``KeyWrong`` for what is neither a key nor the word that takes one away."""
    text = key.strip()
    if text.lower() != NO_KEY:
        try:
            prepare_key(text)
        except KeyMalformed as error:
            raise KeyWrong(str(error)) from None


def known_profile(name: str | None) -> str | None:
    """The name of an interop profile, or raise ``ValueUnknown``; blank stands for the line's own."""
    if name and name not in PROFILES:
        raise ValueUnknown("profile", name, [*PROFILES])
    return name


def system_of(system_id: int, *, by: Viewer, permission: str) -> AlarmSystem:
    """The system, if the viewer may do this to it; else ``AccessDenied``."""
    check(by, permission, f"alarms.AlarmSystem:{system_id}")
    system = visible(AlarmSystem.objects.all(), by).filter(pk=system_id).first()
    if system is None:
        raise AccessDenied(permission, f"alarms.AlarmSystem:{system_id}")
    return system


def check_campus(by: Viewer, campus_id: int | None, permission: str) -> None:
    """Raise ``AccessDenied`` unless the viewer may do this at the campus; ``None`` stands for all of them."""
    check(by, permission, f"places.Campus:{campus_id}")
    if by.campus_ids is not None and campus_id not in by.campus_ids:
        raise AccessDenied(permission, f"places.Campus:{campus_id}")


def put(
    row: KeptModel, wanted: dict[str, Any], *, if_changed: dict[str, Any] | None = None
) -> Kept[KeptModel]:
    """Save the row with the wanted values; nothing is written when it has them already."""
    different = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    is_new = row.pk is None
    if not different and not is_new:
        return Kept(row, UNCHANGED)
    for name, value in (different | (if_changed or {})).items():
        setattr(row, name, value)
    row.save()
    return Kept(row, CREATED if is_new else UPDATED)


def audited(action: str, kept: Kept[KeptModel], *, by: Viewer, **detail: Any) -> Kept[KeptModel]:
    """Write the one audit event, unless nothing changed."""
    if kept.outcome != UNCHANGED:
        subject = f"{kept.row._meta.label}:{kept.row.pk}"
        record(action, by=by, at=by.at, subject=subject, detail={"outcome": kept.outcome, **detail})
    return kept


def _check_keeper(by: Viewer) -> None:
    check(by, "alarms.keep")


def _sealed(key: str, present: str) -> str | None:
    """The key sealed, or ``None`` where it is the one that is there already."""
    text = key.strip()
    if text.lower() == NO_KEY:
        return "" if present else None
    check_key(text)
    if present:
        try:
            if unseal(present, settings.SECRET_KEY) == text:
                return None
        except ValueError:
            pass  # sealed under a secret that has changed since: the new one replaces it
    return seal(text, settings.SECRET_KEY)
