"""Filled forms and their files, which the database refuses to change."""

import django.db.models.deletion
from django.db import migrations, models

from schoolward.platform.audit.unchanging import refuse_updates


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0003_walls'),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Filling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instance_id', models.CharField(max_length=200, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('way', models.CharField(choices=[('page', "By the walk's page"), ('openrosa', 'By OpenRosa (ODK Collect)')], max_length=8)),
                ('received_at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=200)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('walk', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='filling', to='assessments.walk')),
            ],
            options={
                'ordering': ['walk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('way__in', ['page', 'openrosa'])), name='filling_way_known'),
                    models.CheckConstraint(condition=models.Q(('instance_id', ''), _negated=True), name='filling_has_an_id'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FillingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('sha256', models.CharField(max_length=64)),
                ('received_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('filling', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='assessments.filling')),
            ],
            options={
                'ordering': ['filling', 'name'],
                'constraints': [
                    models.UniqueConstraint(fields=('filling', 'name'), name='filling_file_once'),
                ],
            },
        ),
        refuse_updates("assessments_filling", "assessments_fillingfile"),
    ]
