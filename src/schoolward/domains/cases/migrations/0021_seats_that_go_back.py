"""A seat goes back when the referral is over or the yes is gone; a cancelled class is told to the family.

The walls of both tables come down for it, because SQLite makes a table anew, and go up again at the end.
"""

from django.db import migrations, models

from schoolward.platform.access.wall import standing

CHANGEABLE = {
    "cases.ClassSeat": {"guardian_id", "state", "offered_on", "confirmed_on", "settled_on", "why_freed"},
    "cases.SeatDuty": {"done_on", "was_reached"},
}
WHY = ["cannot", "declined", "no_answer", "cancelled", "over", "lapsed", "mistake"]
DUTIES = ["confirm", "first", "last", "rescue", "tell"]


def tear_down(apps, schema_editor):
    for label in CHANGEABLE:
        standing.unprotect(schema_editor.connection, label.lower().replace(".", "_"))


def build(apps, schema_editor):
    for label, changeable in CHANGEABLE.items():
        table = label.lower().replace(".", "_")
        standing.protect(schema_editor.connection, table, changeable=changeable)
        standing.guard_seal(schema_editor.connection, table, label)
        standing.guard_deletion(schema_editor.connection, table, label)
        standing.guard_person(
            schema_editor.connection,
            table,
            label,
            columns={"subject", "youth_id"},
            changeable=changeable,
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_counts_as_of_a_month")]

    operations = [
        migrations.RunPython(tear_down, build),
        migrations.RemoveConstraint(model_name="classseat", name="seat_given_back_with_a_reason"),
        migrations.RemoveConstraint(model_name="seatduty", name="seat_duty_known"),
        migrations.AlterField(
            model_name="classseat",
            name="why_freed",
            field=models.CharField(
                blank=True,
                choices=[
                    ("cannot", "The day does not suit the family"),
                    ("declined", "The family does not want it"),
                    ("no_answer", "Nobody could be reached"),
                    ("cancelled", "The class was cancelled"),
                    ("over", "The referral is over"),
                    ("lapsed", "The family's yes does not hold any more"),
                    ("mistake", "Entered by mistake"),
                ],
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="seatduty",
            name="kind",
            field=models.CharField(
                choices=[
                    ("confirm", "Ask the parent whether they come"),
                    ("first", "First reminder"),
                    ("last", "Last reminder"),
                    ("rescue", "Call: they did not come; offer the next class"),
                    ("tell", "Tell the family: the class is canceled; offer the next one"),
                ],
                max_length=7,
            ),
        ),
        migrations.AddConstraint(
            model_name="classseat",
            constraint=models.CheckConstraint(
                condition=models.Q(state="freed", why_freed__in=WHY)
                | (~models.Q(state="freed") & models.Q(why_freed="")),
                name="seat_given_back_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatduty",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=DUTIES), name="seat_duty_known"
            ),
        ),
        migrations.RunPython(build, tear_down),
    ]
