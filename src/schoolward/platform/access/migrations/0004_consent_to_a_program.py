"""A family also consents to a program. SQLite makes a table anew for that, and so its wall is put up again."""

from django.db import migrations, models

from schoolward.platform.access.wall import standing

TABLE, CHANGEABLE, READERS = "access_consent", {"withdrawn_at"}, ("agency_id", "recipient_id")
AFTER = ["health", "substance_use", "program"]


def take_down(apps, schema_editor):
    standing.unprotect(schema_editor.connection, TABLE)


def put_up(apps, schema_editor):
    standing.protect(schema_editor.connection, TABLE, changeable=CHANGEABLE, readers=READERS)


class Migration(migrations.Migration):
    dependencies = [("access", "0003_walls")]

    operations = [
        migrations.RunPython(take_down, put_up),
        migrations.RemoveConstraint("consent", "consent_category_known"),
        migrations.AlterField(
            "consent",
            "category",
            models.CharField(
                choices=[
                    ("health", "Health and counseling"),
                    ("substance_use", "Substance-use services"),
                    ("program", "Taking part in a youth program"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            "consent",
            models.CheckConstraint(
                condition=models.Q(("category__in", AFTER)), name="consent_category_known"
            ),
        ),
        migrations.RunPython(put_up, take_down),
    ]
