"""What an amendment changed stands in columns of its own, filled here from the words that it was kept in."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import migrations, models

from schoolward.platform.audit.unchanging import refuse_updates

_DATES = ("end_before", "end_after")
_CENTS = ("cents_before", "cents_after")
_PERCENTS = ("match_before", "match_after", "waived_before", "waived_after")
_MATCH = re.compile(r"(\d+(?:\.\d+)?) - (\d+(?:\.\d+)?) %")
_AMOUNT = re.compile(r"\$[\d,]+\.\d\d")


def columns_of(kind: str, before: str, after: str) -> dict[str, Any]:
    """The columns that say what these words say. Raises ``ValueError`` for words that no version wrote."""
    told = (before, after)
    if kind == "extension":
        return dict(zip(_DATES, map(date.fromisoformat, told), strict=True))
    if kind == "amount" and all(_AMOUNT.fullmatch(words) for words in told):
        return dict(zip(_CENTS, (int(re.sub(r"\D", "", words)) for words in told), strict=True))
    found = [_MATCH.fullmatch(words) for words in told]
    if kind == "match" and found[0] and found[1]:
        was, became = found[0], found[1]
        values = (was[1], became[1], was[2], became[2])
        return dict(zip(_PERCENTS, map(Decimal, values), strict=True))
    raise ValueError(f"no words of a change: {kind} {before!r} {after!r}")


def _dollars(cents: int) -> str:
    return f"${cents // 100:,}.{cents % 100:02d}"


def words_of(amendment: Any) -> tuple[str, str]:
    """The words that stood for these columns before."""
    if amendment.end_before is not None:
        return amendment.end_before.isoformat(), amendment.end_after.isoformat()
    if amendment.cents_before is not None:
        return _dollars(amendment.cents_before), _dollars(amendment.cents_after)
    if amendment.match_before is not None:
        return (
            f"{amendment.match_before} - {amendment.waived_before} %",
            f"{amendment.match_after} - {amendment.waived_after} %",
        )
    return "", ""


def fill(apps: Any, schema_editor: Any) -> None:
    """Fill the columns. Words that are not understood go into the text, so that nothing said is lost."""
    rows = apps.get_model("grants", "Amendment").objects
    for one in rows.exclude(before="", after=""):
        try:
            changes = columns_of(one.kind, one.before, one.after)
        except ValueError:
            changes = {"text": f"{one.text} {one.before} → {one.after}."}
        rows.filter(pk=one.pk).update(**changes)


def empty(apps: Any, schema_editor: Any) -> None:
    """Write the words again, for the version before."""
    rows = apps.get_model("grants", "Amendment").objects
    for one in rows.all():
        before, after = words_of(one)
        rows.filter(pk=one.pk).update(before=before, after=after)


def _percent() -> models.DecimalField[Any, Any]:
    return models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)


_wall = refuse_updates("grants_amendment")


class Migration(migrations.Migration):
    dependencies = [("grants", "0004_takes_back_and_accounts")]

    operations = [
        migrations.RunPython(_wall.reverse_code, _wall.code),
        *(
            migrations.AddField("amendment", name, models.DateField(null=True, blank=True)) for name in _DATES
        ),
        *(
            migrations.AddField("amendment", name, models.BigIntegerField(null=True, blank=True))
            for name in _CENTS
        ),
        *(migrations.AddField("amendment", name, _percent()) for name in _PERCENTS),
        migrations.RunPython(fill, empty),
        migrations.RemoveField("amendment", "before"),
        migrations.RemoveField("amendment", "after"),
        refuse_updates("grants_amendment"),
    ]
