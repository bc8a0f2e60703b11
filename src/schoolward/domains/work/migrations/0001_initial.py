import django.db.models.deletion
import schoolward.domains.work.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('access', '__first__'),
        ('files', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(help_text='Your own number for it; given when left empty.', max_length=40, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True)),
                ('kind', models.CharField(choices=[('recommendation', 'Recommendation'), ('repair', 'Repair'), ('corrective_action', 'Corrective action'), ('task', 'Task')], default='task', max_length=20)),
                ('source', models.CharField(blank=True, help_text='The record that asked for it, as app.Model:number.', max_length=120)),
                ('source_title', models.CharField(blank=True, max_length=200)),
                ('trade', models.CharField(choices=[('locks', 'Locks and doors'), ('fencing', 'Fences and gates'), ('lighting', 'Lighting and electrical'), ('landscape', 'Landscape'), ('glazing', 'Windows and glazing'), ('paving', 'Paving and markings'), ('signs', 'Signs'), ('paint', 'Paint and graffiti'), ('cameras', 'Cameras'), ('alarms', 'Alarms'), ('procedure', 'Procedure and training'), ('other', 'Other')], default='other', max_length=20)),
                ('severity', models.CharField(choices=[('urgent', 'Urgent'), ('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], default='medium', max_length=10)),
                ('estimate_cents', models.BigIntegerField(blank=True, null=True)),
                ('funded_cents', models.BigIntegerField(blank=True, null=True)),
                ('actual_cents', models.BigIntegerField(blank=True, null=True)),
                ('currency', models.CharField(default='USD', max_length=3)),
                ('money_source', models.CharField(blank=True, max_length=200)),
                ('owner_role', models.CharField(blank=True, choices=[('lead', 'Safe-schools lead'), ('school_resource_officer', 'School resource officer'), ('alarm_operator', 'Alarm and dispatch operator'), ('campus_monitor', 'Campus monitor'), ('site_lead', 'Principal or site lead'), ('facilities', 'Facilities planner or technician'), ('grants_analyst', 'Grants and fiscal analyst'), ('program_coordinator', 'Program coordinator or family advocate'), ('provider', 'Community provider'), ('accountability', 'Accountability analyst'), ('trustee', 'Superintendent or trustee'), ('safe_routes', 'Safe Routes coordinator or city engineer'), ('regional_partner', 'Regional partner'), ('privacy_officer', 'Privacy and records officer'), ('secretary', 'Council or task-force secretary'), ('administrator', 'System administrator'), ('system', 'The system itself')], max_length=40)),
                ('due', models.DateField(blank=True, null=True)),
                ('first_due', models.DateField(blank=True, help_text='The due date that was agreed first.', null=True)),
                ('planned_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[(schoolward.domains.work.states.State['PROPOSED'], 'Proposed'), (schoolward.domains.work.states.State['ACCEPTED'], 'Accepted'), (schoolward.domains.work.states.State['FUNDED'], 'Funded'), (schoolward.domains.work.states.State['SCHEDULED'], 'Scheduled'), (schoolward.domains.work.states.State['DONE'], 'Done, not yet verified'), (schoolward.domains.work.states.State['VERIFIED'], 'Verified'), (schoolward.domains.work.states.State['DECLINED'], 'Declined')], default=schoolward.domains.work.states.State['PROPOSED'], max_length=10)),
                ('proposed_on', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('evidence_count', models.PositiveIntegerField(default=0)),
                ('record_class', models.CharField(choices=[('public', 'Public'), ('facility', 'Facility'), ('education', 'Education record'), ('law_enforcement_unit', 'Law-enforcement-unit record'), ('police', 'Police record'), ('protected', 'Protected (special category)')], default='facility', editable=False, max_length=24)),
                ('invented', models.BooleanField(default=False)),
                ('campus', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.campus')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='access.membership')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['reference'],
                'indexes': [models.Index(fields=['campus', 'state'], name='work_campus_state'), models.Index(fields=['state', 'due'], name='work_state_due'), models.Index(fields=['kind', 'state'], name='work_kind_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'accepted', 'funded', 'scheduled', 'done', 'verified', 'declined'])), name='work_state_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['recommendation', 'repair', 'corrective_action', 'task'])), name='work_kind_known'), models.CheckConstraint(condition=models.Q(('trade__in', ['locks', 'fencing', 'lighting', 'landscape', 'glazing', 'paving', 'signs', 'paint', 'cameras', 'alarms', 'procedure', 'other'])), name='work_trade_known'), models.CheckConstraint(condition=models.Q(('severity__in', ['urgent', 'high', 'medium', 'low'])), name='work_severity_known'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('reference', ''), _negated=True)), name='work_has_title_and_reference'), models.CheckConstraint(condition=models.Q(models.Q(('estimate_cents__isnull', True), ('estimate_cents__gte', 0), _connector='OR'), models.Q(('funded_cents__isnull', True), ('funded_cents__gte', 0), _connector='OR'), models.Q(('actual_cents__isnull', True), ('actual_cents__gte', 0), _connector='OR')), name='work_money_not_negative'), models.CheckConstraint(condition=models.Q(('due__isnull', True), ('first_due__isnull', False), _connector='OR'), name='work_first_due_is_kept'), models.CheckConstraint(condition=models.Q(('done_by__isnull', True), ('verified_by__isnull', True), models.Q(('done_by', models.F('verified_by')), _negated=True), _connector='OR'), name='work_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('done_by__isnull', False), ('done_on__isnull', False), ('state__in', [schoolward.domains.work.states.State['DONE'], schoolward.domains.work.states.State['VERIFIED']])), models.Q(models.Q(('state__in', [schoolward.domains.work.states.State['DONE'], schoolward.domains.work.states.State['VERIFIED']]), _negated=True), ('done_by__isnull', True), ('done_on__isnull', True)), _connector='OR'), name='work_done_names_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('evidence_count__gte', 1), ('state', schoolward.domains.work.states.State['VERIFIED']), ('verified_by__isnull', False), ('verified_on__isnull', False)), models.Q(models.Q(('state', schoolward.domains.work.states.State['VERIFIED']), _negated=True), ('verified_by__isnull', True), ('verified_on__isnull', True)), _connector='OR'), name='work_verified_with_evidence'), models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('source', 'kind'), name='work_once_for_each_source')],
            },
        ),
        migrations.CreateModel(
            name='Transition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('on', models.DateField(help_text="The district's local date of it.")),
                ('by_name', models.CharField(max_length=200)),
                ('number', models.PositiveIntegerField(help_text='1 for the proposal, then counting on.')),
                ('from_state', models.CharField(blank=True, max_length=10)),
                ('to_state', models.CharField(max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transitions', to='work.workitem')),
            ],
            options={
                'ordering': ['item', 'number'],
                'indexes': [models.Index(fields=['to_state', 'on'], name='work_transition_to_on')],
                'constraints': [models.UniqueConstraint(fields=('item', 'number'), name='work_transition_numbered'), models.CheckConstraint(condition=models.Q(('to_state__in', ['proposed', 'accepted', 'funded', 'scheduled', 'done', 'verified', 'declined'])), name='work_transition_to_known'), models.CheckConstraint(condition=models.Q(models.Q(('to_state', schoolward.domains.work.states.State['DECLINED']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='work_declined_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('on', models.DateField(help_text="The district's local date of it.")),
                ('by_name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('photo', 'Photograph'), ('document', 'Document'), ('note', 'Note'), ('measurement', 'Measurement')], max_length=12)),
                ('text', models.TextField(blank=True)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('invented', models.BooleanField(default=False)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='work.workitem')),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'ordering': ['item', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['photo', 'document', 'note', 'measurement'])), name='work_evidence_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('file__isnull', False), _connector='OR'), name='work_evidence_says_something')],
            },
        ),
        migrations.CreateModel(
            name='DueChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('on', models.DateField(help_text="The district's local date of it.")),
                ('by_name', models.CharField(max_length=200)),
                ('from_due', models.DateField(null=True)),
                ('to_due', models.DateField()),
                ('reason', models.TextField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_changes', to='work.workitem')),
            ],
            options={
                'ordering': ['item', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='work_due_change_has_reason')],
            },
        ),
    ]
