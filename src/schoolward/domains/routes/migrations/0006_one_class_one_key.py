"""A class and a form are told apart by a key: what was kept twice under two spellings counts once.

Of two tallies of one class, day and way, and of two forms of one number, the later written counts. The other
is set aside, not deleted: it has no key, its page says so, and `schoolward doctor` tells of it until someone
has taken it away or corrected it.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import migrations, models
from django.db.models import Q


def plain_key(text: str) -> str:
    """The key as it was made when this was written."""
    folded = " ".join(text.casefold().split())
    return re.sub(r"(?<![0-9]) | (?![0-9])", "", folded)


def fill(apps: Any, schema_editor: Any) -> None:
    """Give every row its key, the later written first: a key that is taken sets a row aside."""
    for model, text, key, within in (
        ("ClassTally", "class_label", "class_key", ("campus_id", "day", "direction")),
        ("ParentSurvey", "number", "number_key", ("campus_id",)),
    ):
        rows = apps.get_model("routes", model).objects
        taken = set()
        for row in rows.order_by("-recorded_at", "-pk").only(text, *within).iterator(chunk_size=1000):
            told = plain_key(getattr(row, text))
            place = (*(getattr(row, name) for name in within), told)
            if place not in taken:
                taken.add(place)
                rows.filter(pk=row.pk).update(**{key: told})


class Migration(migrations.Migration):
    dependencies = [("routes", "0005_what_plans_showed")]

    operations = [
        migrations.AddField(
            model_name="classtally",
            name="class_key",
            field=models.CharField(
                editable=False,
                help_text="What tells classes apart: the label without capitals and spaces. None: set aside.",
                max_length=60,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="parentsurvey",
            name="number_key",
            field=models.CharField(
                editable=False,
                help_text="What tells forms apart: the number without capitals. None: set aside.",
                max_length=60,
                null=True,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="classtally", name="routes_tally_once"),
        migrations.RemoveConstraint(model_name="classtally", name="routes_tally_has_class"),
        migrations.RemoveConstraint(model_name="parentsurvey", name="routes_survey_once"),
        migrations.AddConstraint(
            model_name="classtally",
            constraint=models.UniqueConstraint(
                fields=("campus", "class_key", "day", "direction"), name="routes_tally_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="classtally",
            constraint=models.CheckConstraint(
                condition=~Q(class_label="") & (Q(class_key__isnull=True) | ~Q(class_key="")),
                name="routes_tally_has_class",
            ),
        ),
        migrations.AddConstraint(
            model_name="parentsurvey",
            constraint=models.UniqueConstraint(fields=("campus", "number_key"), name="routes_survey_once"),
        ),
    ]
