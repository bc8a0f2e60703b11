"""Walls of orders that may be lifted: parts and liftings stay, and a consent's seal comes off by one."""

from django.db import migrations

from schoolward.platform.access.wall import sealed, standing, triggers
from schoolward.platform.access.wall.standing import Fixed

#: The table of orders was made anew on SQLite when its record ceased to be unique.
ORDERS = Fixed("access_sealing", frozenset({"sealed_at", "sealed_by_id"}), "sealed_at")
ADDED = (
    Fixed("access_sealedpart", frozenset(), None),
    Fixed("access_lifting", frozenset(), None),
)


def build(apps, schema_editor):
    triggers.tear_down(schema_editor.connection, ORDERS.table)
    standing.build_kept(schema_editor.connection, (ORDERS, *ADDED))
    standing.guard_seal(schema_editor.connection, "access_consent", "access.Consent")


def tear_down(apps, schema_editor):
    connection = schema_editor.connection
    sealed.tear_down(connection, "access_consent")
    triggers.finish(connection, "access_consent", "sealed_at")
    for one in ADDED:
        triggers.tear_down(connection, one.table)


class Migration(migrations.Migration):
    dependencies = [("access", "0007_lifting")]

    operations = [migrations.RunPython(build, tear_down)]
