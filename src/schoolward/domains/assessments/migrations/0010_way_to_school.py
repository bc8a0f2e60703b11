"""Walks along the streets around a site are a kind of their own, and keep where each item was judged.

SQLite makes a table anew when its constraints change. A trigger that names the table meanwhile would stop it,
so those of migration 0003 are taken down first, and put up again.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.db import migrations, models
from django.db.models import Q

_walls = import_module("schoolward.domains.assessments.migrations.0003_walls")
_PUT_UP = _walls._run({"sqlite": _walls.SQLITE, "postgresql": _walls.POSTGRESQL})
_TAKE_DOWN = _walls._run(_walls.UNDO)

KINDS = ["cpted", "security_audit", "vulnerability", "walk", "way_to_school", "other"]
LABELS = [
    ("cpted", "Environmental design (CPTED)"),
    ("security_audit", "Security audit"),
    ("vulnerability", "Vulnerability assessment"),
    ("walk", "Safety walk"),
    ("way_to_school", "Walk audit of the way to school"),
    ("other", "Other"),
]


def _known(model: str, name: str) -> list[Any]:
    return [
        migrations.RemoveConstraint(model_name=model, name=name),
        migrations.AlterField(
            model_name=model, name="kind", field=models.CharField(choices=LABELS, max_length=16)
        ),
        migrations.AddConstraint(
            model_name=model,
            constraint=models.CheckConstraint(condition=Q(("kind__in", KINDS)), name=name),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("assessments", "0009_findings_by_item")]

    operations = [
        migrations.RunPython(_TAKE_DOWN, _PUT_UP),
        *_known("assessment", "assessment_kind_known"),
        *_known("instrument", "instrument_kind_known"),
        migrations.RunPython(_PUT_UP, _TAKE_DOWN),
        migrations.AddField(
            model_name="walk",
            name="positions",
            field=models.JSONField(
                blank=True,
                help_text="By the code of an item: longitude and latitude at which it was judged, in degrees.",
                null=True,
            ),
        ),
    ]
