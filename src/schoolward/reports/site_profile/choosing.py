"""A copy out of the record set: fields are left out, nothing is composed."""

from __future__ import annotations

from dataclasses import replace

from schoolward.reports.sheets.shape import Part, Sheet
from schoolward.reports.site_profile.composing import RecordSet
from schoolward.reports.site_profile.copies import COPIES, Copy, shows


def copy_of(records: RecordSet, copy: Copy) -> Sheet:
    """The copy of a site's record set."""
    kind = COPIES[copy]
    parts = [part for one in records.parts if (part := _visible(one, copy)) is not None]
    return Sheet(
        report="site-profile",
        title=records.title,
        subject=records.name,
        copy=copy.value,
        copy_name=str(kind.name),
        notice=str(kind.notice),
        as_of=records.as_of,
        district=records.district,
        invented=records.invented,
        parts=tuple(parts),
        standfirst=str(kind.purpose),
        about={"site": records.slug},
    )


def _visible(part: Part, copy: Copy) -> Part | None:
    """The part with the fields that the copy shows, or ``None`` where it shows none of it."""
    columns = tuple(column for column in part.columns if shows(copy, part.key, column.key))
    if not columns:
        return None
    keys = [column.key for column in columns]
    rows = tuple({key: row[key] for key in keys} for row in part.rows)
    return replace(part, columns=columns, rows=rows)
