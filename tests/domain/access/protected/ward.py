"""A small protected table that only tests have: real on either database, unknown to the installation."""

from __future__ import annotations

from django.db import connection, models
from django.db.models import Q
from django.test.utils import isolate_apps

from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.models.retention import KeptAfter
from schoolward.platform.access.policy import Across, ModelPolicy, Protection, Rule, at_own_sites
from schoolward.platform.access.retention.registry import Retained
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import standing

with isolate_apps("schoolward.platform.access"):

    class Ward(ProtectedRecord):
        """An invented person in care of somebody at a site."""

        worker = models.BigIntegerField()
        campus = models.BigIntegerField()
        state = models.CharField(max_length=20, default="open")
        note = models.CharField(max_length=20, default="a note")
        phone = models.CharField(max_length=20, default="555-0100")
        counselling = models.CharField(max_length=20, default="weekly")
        recovery = models.CharField(max_length=20, default="group")
        closed_on = models.DateField(null=True)
        born_on = models.DateField(null=True)

        changeable = frozenset({"state", "note"})

        class Meta(ProtectedRecord.Meta):
            abstract = False
            app_label = "access"
            db_table = "tests_ward"


def theirs(viewer: Viewer) -> Q | None:
    return None if viewer.account_id is None else Q(worker=viewer.account_id)


COORDINATOR, OFFICER = str(Role.PROGRAM_COORDINATOR), str(Role.SCHOOL_RESOURCE_OFFICER)
PROVIDER, LEAD = str(Role.PROVIDER), str(Role.LEAD)

POLICY = ModelPolicy(
    model="access.Ward",
    rules=(
        Rule(
            "their worker",
            frozenset({COORDINATOR, PROVIDER}),
            where=theirs,
            purposes=frozenset({"youth_program"}),
            across=Across.AGREEMENT,
        ),
        Rule(
            "at own sites",
            frozenset({OFFICER, COORDINATOR}),
            where=at_own_sites("campus"),
            fields=frozenset({"state", "phone", "counselling"}),
            purposes=frozenset({"school_safety", "youth_program"}),
            across=Across.AGREEMENT,
        ),
        Rule("keeps the records", frozenset({LEAD}), fields=frozenset({"state", "note"}), across=Across.SAME),
        Rule(
            "knows of them",
            frozenset({OFFICER, PROVIDER}),
            fields=frozenset({"state"}),
            purposes=frozenset({"records", "school_safety"}),
            across=Across.AGREEMENT,
        ),
    ),
    protection=Protection(
        special={"counselling": "health", "recovery": "substance_use"},
        emergency_roles=frozenset({OFFICER, LEAD}),
        emergency_fields=frozenset({"state", "phone"}),
    ),
)


RETAINED = Retained("access.Ward", {KeptAfter.CLOSED: "closed_on", KeptAfter.TURNED_18: "born_on"})


def make_table() -> None:
    """The table with its walls; anew, where an earlier run has left one in a database that is used again."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS tests_ward")
    with connection.schema_editor() as editor:
        editor.create_model(Ward)
    if connection.vendor == "postgresql":
        _let_agencies_be_emptied()
    standing.protect(connection, "tests_ward", changeable=Ward.changeable, readers=Ward.readers)
    standing.guard_seal(connection, "tests_ward", Ward._meta.label)
    columns = standing.person_columns(Ward)
    standing.guard_person(
        connection, "tests_ward", Ward._meta.label, columns=columns, changeable=Ward.changeable
    )
    standing.guard_deletion(connection, "tests_ward", Ward._meta.label)


def _let_agencies_be_emptied() -> None:
    """After a transactional test PostgreSQL empties the installation's tables, and knows of no other's."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "tests_ward")
        for name in [name for name, told in constraints.items() if told["foreign_key"]]:
            cursor.execute(f'ALTER TABLE tests_ward DROP CONSTRAINT "{name}"')
