"""Half-years of the performance table are kept as they were counted, beside the tables of cohorts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0022_what_a_receipt_came_with"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="countedition",
            name="count_edition_of_a_known_table",
        ),
        migrations.AlterField(
            model_name="countedition",
            name="table",
            field=models.CharField(
                choices=[
                    ("cohorts", "What monthly tracking came to"),
                    ("academies", "What became of cohorts of academies"),
                    ("halves", "Performance measures of half-years"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="countedition",
            constraint=models.CheckConstraint(
                condition=models.Q(("table__in", ["cohorts", "academies", "halves"])),
                name="count_edition_of_a_known_table",
            ),
        ),
    ]
