"""Nothing goes on by a yes that does not hold on the day of the row: the day of a count is kept."""

from django.db import migrations, models

from schoolward.domains.cases import consent_wall


def build(apps, schema_editor):
    consent_wall.build(schema_editor.connection, consent_wall.OF_A_DAY)


def tear_down(apps, schema_editor):
    consent_wall.tear_down(schema_editor.connection, consent_wall.OF_A_DAY)


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_roster_releases_discipline")]

    operations = [
        migrations.AddField(
            model_name="service",
            name="counted_on",
            field=models.DateField(blank=True, help_text="The day of the last count.", null=True),
        ),
        migrations.RunPython(build, tear_down),
    ]
