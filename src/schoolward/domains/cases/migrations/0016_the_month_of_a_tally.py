"""A tally says in which month it was counted, so that a table can stand as of the end of a month.

Of what was counted before, the month is not known: it is put into the last month of its quarter.
"""

from datetime import date

from django.db import migrations, models


def fill(apps, schema_editor):
    tallies = apps.get_model("cases", "DiversionTally").objects
    for quarter in list(tallies.values_list("quarter", flat=True).distinct()):
        tallies.filter(quarter=quarter).update(counted=date(quarter.year, quarter.month + 2, 1))


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_who_is_who")]

    operations = [
        migrations.AddField(
            model_name="diversiontally",
            name="counted",
            field=models.DateField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
        migrations.AlterField(
            model_name="diversiontally",
            name="counted",
            field=models.DateField(
                help_text="The first day of the month in which the stage was entered: a table stands as of "
                "a month."
            ),
        ),
        migrations.AlterModelOptions(
            name="diversiontally",
            options={
                "ordering": ["quarter", "counted", "group", "stage", "reason"],
                "verbose_name_plural": "diversion tallies",
            },
        ),
        migrations.RemoveConstraint(model_name="diversiontally", name="diversion_tally_once"),
        migrations.AddConstraint(
            model_name="diversiontally",
            constraint=models.UniqueConstraint(
                fields=("quarter", "counted", "group", "stage", "reason"), name="diversion_tally_once"
            ),
        ),
    ]
