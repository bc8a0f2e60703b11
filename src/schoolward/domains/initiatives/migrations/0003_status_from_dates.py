"""Only how an initiative ended is kept; planned and under way follow from its dates. Reopenings keep why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from schoolward.platform.audit.unchanging import refuse_updates


def forget_what_follows_from_dates(apps, schema_editor):
    apps.get_model("initiatives", "Initiative").objects.filter(closed_on=None).update(ended="")


def reckon_from_dates(apps, schema_editor):
    # Under way is as good as planned here: earlier versions reckoned the difference when they were saved.
    apps.get_model("initiatives", "Initiative").objects.filter(closed_on=None).update(ended="active")


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0002_unchanging"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("initiative", "initiative_status_known"),
        migrations.RemoveConstraint("initiative", "initiative_closed_has_its_day"),
        migrations.RenameField("initiative", "status", "ended"),
        migrations.RunPython(forget_what_follows_from_dates, reckon_from_dates),
        migrations.AlterField(
            model_name="initiative",
            name="ended",
            field=models.CharField(
                blank=True,
                choices=[("complete", "Complete"), ("stopped", "Stopped")],
                help_text="How it ended; empty while it is not closed.",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(ended__in=["complete", "stopped"], closed_on__isnull=False)
                | models.Q(ended="", closed_on__isnull=True),
                name="initiative_closed_has_its_day",
            ),
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("on", models.DateField(help_text="The district's local date of it.")),
                ("by_name", models.CharField(max_length=200)),
                ("invented", models.BooleanField(default=False)),
                (
                    "ended",
                    models.CharField(
                        choices=[("complete", "Complete"), ("stopped", "Stopped")], max_length=10
                    ),
                ),
                ("closed_on", models.DateField()),
                ("reason", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="initiatives.initiative",
                    ),
                ),
            ],
            options={
                "ordering": ["initiative", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(reason=""), name="initiative_reopening_has_reason"
                    ),
                ],
            },
        ),
        refuse_updates("initiatives_reopening"),
    ]
