import django.db.models.deletion
import schoolward.domains.initiatives.rag
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('access', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('title', models.CharField(max_length=200)),
                ('invented', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True)),
                ('number', models.PositiveIntegerField(blank=True, null=True, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('initiative', 'Initiative'), ('programme', 'Program'), ('body', 'Body')], default='initiative', max_length=12)),
                ('strand', models.CharField(choices=[('frame', 'Governance'), ('result', 'Results'), ('initiative', 'Initiatives of the school year'), ('programme', 'Programs and partners'), ('next_step', 'Next steps')], default='initiative', max_length=12)),
                ('summary', models.TextField(blank=True)),
                ('owner_role', models.CharField(choices=[('lead', 'Safe-schools lead'), ('school_resource_officer', 'School resource officer'), ('alarm_operator', 'Alarm and dispatch operator'), ('campus_monitor', 'Campus monitor'), ('site_lead', 'Principal or site lead'), ('facilities', 'Facilities planner or technician'), ('grants_analyst', 'Grants and fiscal analyst'), ('program_coordinator', 'Program coordinator or family advocate'), ('provider', 'Community provider'), ('accountability', 'Accountability analyst'), ('trustee', 'Superintendent or trustee'), ('safe_routes', 'Safe Routes coordinator or city engineer'), ('regional_partner', 'Regional partner'), ('privacy_officer', 'Privacy and records officer'), ('secretary', 'Council or task-force secretary'), ('administrator', 'System administrator'), ('system', 'The system itself')], max_length=40)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('active', 'Under way'), ('complete', 'Complete'), ('stopped', 'Stopped')], default='planned', max_length=10)),
                ('start', models.DateField(blank=True, help_text='Since when it is under way or followed.', null=True)),
                ('due', models.DateField(blank=True, null=True)),
                ('first_due', models.DateField(blank=True, help_text='The due date that was set first.', null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('cadence', models.CharField(blank=True, help_text='How often a body meets, in words.', max_length=120)),
                ('meets_every_days', models.PositiveIntegerField(blank=True, null=True)),
                ('invented', models.BooleanField(default=False)),
                ('dates_invented', models.BooleanField(default=False)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='access.membership')),
                ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='initiatives.initiative')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('number'), nulls_last=True), 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['initiative', 'programme', 'body'])), name='initiative_kind_known'), models.CheckConstraint(condition=models.Q(('strand__in', ['frame', 'result', 'initiative', 'programme', 'next_step'])), name='initiative_strand_known'), models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'active', 'complete', 'stopped'])), name='initiative_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('status__in', ['complete', 'stopped'])), models.Q(('closed_on__isnull', True), ('status__in', ['planned', 'active'])), _connector='OR'), name='initiative_closed_has_its_day'), models.CheckConstraint(condition=models.Q(('due__isnull', True), ('first_due__isnull', False), _connector='OR'), name='initiative_first_due_is_kept'), models.CheckConstraint(condition=models.Q(('part_of__isnull', True), models.Q(('part_of', models.F('pk')), _negated=True), _connector='OR'), name='initiative_not_part_of_itself'), models.CheckConstraint(condition=models.Q(('kind', 'body'), ('meets_every_days__isnull', True), _connector='OR'), name='initiative_only_bodies_meet')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField()),
                ('note', models.TextField(blank=True)),
                ('invented', models.BooleanField(default=False)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['-held_on'],
                'constraints': [models.UniqueConstraint(fields=('body', 'held_on'), name='meeting_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('on', models.DateField(help_text="The district's local date of it.")),
                ('by_name', models.CharField(max_length=200)),
                ('invented', models.BooleanField(default=False)),
                ('text', models.TextField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='initiatives.initiative')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='initiatives.meeting')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('due', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('evidence', models.CharField(blank=True, max_length=500)),
                ('invented', models.BooleanField(default=False)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['due', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'title'), name='milestone_named_once')],
            },
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('owner_role', models.CharField(choices=[('lead', 'Safe-schools lead'), ('school_resource_officer', 'School resource officer'), ('alarm_operator', 'Alarm and dispatch operator'), ('campus_monitor', 'Campus monitor'), ('site_lead', 'Principal or site lead'), ('facilities', 'Facilities planner or technician'), ('grants_analyst', 'Grants and fiscal analyst'), ('program_coordinator', 'Program coordinator or family advocate'), ('provider', 'Community provider'), ('accountability', 'Accountability analyst'), ('trustee', 'Superintendent or trustee'), ('safe_routes', 'Safe Routes coordinator or city engineer'), ('regional_partner', 'Regional partner'), ('privacy_officer', 'Privacy and records officer'), ('secretary', 'Council or task-force secretary'), ('administrator', 'System administrator'), ('system', 'The system itself')], max_length=40)),
                ('invented', models.BooleanField(default=False)),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='initiatives.goal')),
            ],
            options={
                'ordering': ['goal__number', 'number'],
                'constraints': [models.UniqueConstraint(fields=('goal', 'number'), name='objective_numbered_in_goal')],
            },
        ),
        migrations.CreateModel(
            name='MeasureLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure_key', models.CharField(max_length=80)),
                ('baseline', models.DecimalField(decimal_places=2, max_digits=14)),
                ('baseline_on', models.DateField()),
                ('target', models.DecimalField(decimal_places=2, max_digits=14)),
                ('due', models.DateField()),
                ('invented', models.BooleanField(default=False)),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='initiatives.objective')),
            ],
            options={
                'ordering': ['objective', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('objective', 'measure_key'), name='objective_measured_once'), models.CheckConstraint(condition=models.Q(('due__gt', models.F('baseline_on'))), name='target_after_baseline')],
            },
        ),
        migrations.AddField(
            model_name='initiative',
            name='objective',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='initiatives.objective'),
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['body', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='seat_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='StatusUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('on', models.DateField(help_text="The district's local date of it.")),
                ('by_name', models.CharField(max_length=200)),
                ('invented', models.BooleanField(default=False)),
                ('note', models.TextField()),
                ('percent', models.PositiveIntegerField()),
                ('colour', models.CharField(choices=[(schoolward.domains.initiatives.rag.Colour['GREEN'], 'Green'), (schoolward.domains.initiatives.rag.Colour['AMBER'], 'Amber'), (schoolward.domains.initiatives.rag.Colour['RED'], 'Red'), (schoolward.domains.initiatives.rag.Colour['GREY'], 'Grey')], max_length=6)),
                ('rule_colour', models.CharField(choices=[(schoolward.domains.initiatives.rag.Colour['GREEN'], 'Green'), (schoolward.domains.initiatives.rag.Colour['AMBER'], 'Amber'), (schoolward.domains.initiatives.rag.Colour['RED'], 'Red'), (schoolward.domains.initiatives.rag.Colour['GREY'], 'Grey')], max_length=6)),
                ('rule_sentence', models.TextField()),
                ('rule_version', models.PositiveIntegerField()),
                ('override_reason', models.TextField(blank=True)),
                ('evidence', models.TextField(blank=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['-on', '-pk'],
                'indexes': [models.Index(fields=['initiative', '-on'], name='status_initiative_on')],
                'constraints': [models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='status_percent_up_to_100'), models.CheckConstraint(condition=models.Q(('colour__in', ['green', 'amber', 'red', 'grey'])), name='status_colour_known'), models.CheckConstraint(condition=models.Q(('colour', models.F('rule_colour')), models.Q(models.Q(('override_reason', ''), _negated=True), models.Q(('evidence', ''), _negated=True)), _connector='OR'), name='status_override_is_justified'), models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='status_has_note')],
            },
        ),
        migrations.CreateModel(
            name='FundingFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=200)),
                ('funder', models.CharField(max_length=200)),
                ('award_number', models.CharField(blank=True, max_length=40)),
                ('awarded_year', models.PositiveIntegerField(blank=True, null=True)),
                ('amount_cents', models.BigIntegerField()),
                ('period', models.CharField(blank=True, max_length=60)),
                ('purpose', models.CharField(max_length=300)),
                ('mark', models.CharField(choices=[('public', 'Public fact'), ('computed', 'Computed from public data'), ('memory', 'From memory, unverified'), ('assumption', 'Assumption')], max_length=12)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='initiatives.fundingfact')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('awarded_year'), nulls_last=True), 'key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('mark__in', ['public', 'computed', 'memory', 'assumption'])), name='funding_mark_known'), models.CheckConstraint(condition=models.Q(('amount_cents__gte', 0)), name='funding_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('mark', models.CharField(choices=[('public', 'Public fact'), ('computed', 'Computed from public data'), ('memory', 'From memory, unverified'), ('assumption', 'Assumption')], max_length=12)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('dated', models.DateField(blank=True, help_text='From when on it could be known.', null=True)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['initiative', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('mark__in', ['public', 'computed', 'memory', 'assumption'])), name='fact_mark_known'), models.CheckConstraint(condition=models.Q(models.Q(('mark__in', ['public', 'computed']), _negated=True), models.Q(('source', ''), _negated=True), _connector='OR'), name='fact_names_its_source')],
            },
        ),
        migrations.CreateModel(
            name='DueChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('on', models.DateField(help_text="The district's local date of it.")),
                ('by_name', models.CharField(max_length=200)),
                ('invented', models.BooleanField(default=False)),
                ('from_due', models.DateField(null=True)),
                ('to_due', models.DateField()),
                ('reason', models.TextField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_changes', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['initiative', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='initiative_due_change_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Blocker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('needs', models.CharField(blank=True, max_length=300)),
                ('opened_on', models.DateField()),
                ('cleared_on', models.DateField(blank=True, null=True)),
                ('how_cleared', models.CharField(blank=True, max_length=300)),
                ('invented', models.BooleanField(default=False)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blockers', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['opened_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('cleared_on__isnull', True), ('cleared_on__gte', models.F('opened_on')), _connector='OR'), name='blocker_cleared_after_opened')],
            },
        ),
    ]
