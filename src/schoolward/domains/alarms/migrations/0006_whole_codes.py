"""Codes in full: the receiver's own were cut after eight letters, and are words now."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WHOLE = {
    "WRONG_KE": "Wrong key",
    "PLAINTEX": "Not encrypted",
    "REPLAY": "Replay",
    "UNKNOWN_": "Unknown and encrypted",
    "NO_TIME": "No time",
    "BAD_CRC": "Wrong checksum",
    "MALFORME": "Not by the standard",
    "SKEW": "Wrong clock",
    "UNREADAB": "Cannot be read",
    "FAILED": "Receiver failed",
    "LOST": "Not heard from",
    "HEARD": "Heard again",
    "SEQUENCE": "Numbers missing",
    "RUNAWAY": "Far too many",
    "OUTAGE": "Database outage",
    "REFUSED": "Refused",
    "NOT_JUDG": "Not judged",
    "KEY_NOT_": "Key not opened",
    "JOURNAL": "Journal",
}
CUT = "RECEIVER"
"""Of a receiver that began and of one that ended; what it means tells them apart."""
OWN_KINDS = ("security", "supervision", "link_restored", "other")


def in_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One pass over the receiver's own signals."""
    signals = apps.get_model("alarms", "Signal").objects.using(schema_editor.connection.alias)
    whens = [models.When(code=cut, then=models.Value(whole)) for cut, whole in WHOLE.items()]
    stopped = models.When(code=CUT, meaning__endswith="was stopped", then=models.Value("Receiver stopped"))
    found = signals.filter(kind__in=OWN_KINDS, code__in=[*WHOLE, CUT])
    found.update(
        code=models.Case(*whens, stopped, default=models.Value("Receiver started")),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("alarms", "0005_appeal_withdrawn"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signal",
            name="code",
            field=models.CharField(
                help_text="As the panel sent it; of what the receiver itself noted, words.", max_length=32
            ),
        ),
        migrations.RunPython(in_words, migrations.RunPython.noop, elidable=True),
    ]
