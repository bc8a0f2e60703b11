"""Crosswalks that were brought in, which the database refuses to change."""

import django.db.models.deletion
from django.db import migrations, models

from schoolward.platform.audit.unchanging import refuse_updates


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0005_journal'),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CrosswalkFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=64, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('file_name', models.CharField(max_length=255)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('links', models.PositiveIntegerField()),
                ('added_at', models.DateTimeField()),
                ('added_by_name', models.CharField(max_length=200)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'ordering': ['title', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='crosswalk_has_key_and_title')],
            },
        ),
        refuse_updates("assessments_crosswalkfile"),
    ]
