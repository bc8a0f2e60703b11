"""What the queue does not keep: who asked for a job, and the periods that a schedule has run for."""

from django.db import models


class JobRequest(models.Model):
    """Who asked for a job and through which membership. Copied, so that it outlives them."""

    job_id = models.UUIDField(primary_key=True)
    title = models.CharField(max_length=200)
    requested_at = models.DateTimeField(db_index=True)
    account_id = models.BigIntegerField(null=True, db_index=True)
    account_name = models.CharField(max_length=200)
    membership_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.title


class ScheduleRun(models.Model):
    """One period of one schedule. Its uniqueness is what makes a schedule that fires twice run once."""

    name = models.CharField(max_length=200)
    period = models.CharField(max_length=20)
    job_id = models.UUIDField()
    queued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "period"], name="schedule_runs_once_a_period")]

    def __str__(self) -> str:
        return f"{self.name} {self.period}"
