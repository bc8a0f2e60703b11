"""What each performance measure is called and means, its unit, and what it is held against."""

from __future__ import annotations

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str, str]]:
    """What each measure is called and means, its unit, and what it is held against."""
    youth, percent = _("young people"), _("percent")
    return {
        "served": (
            _("Youth served"),
            _("Carried over from before the half-year, and new in it. Each started referral counts."),
            youth,
            "",
        ),
        "carried": (
            _("Carried over"),
            _(
                "Started before the half-year and not out before it: who was left in the table before. A "
                "change since then of fewer than 11 waits until it is larger."
            ),
            youth,
            "",
        ),
        "new": (_("New admissions"), _("Started in the half-year."), youth, ""),
        "exits": (_("Exits"), _("Completed, or ended before its time, in the half-year."), youth, ""),
        "completed": (
            _("Completed"),
            _("Of those who were out in the half-year, who completed the program."),
            percent,
            _("exits"),
        ),
        "stay": (_("Average length of stay"), _("From the start to the exit."), _("days"), _("exits")),
        "hours": (
            _("Service hours"),
            _("Minutes of sessions held by the heads that came, in hours. Heads have no names."),
            _("hours"),
            "",
        ),
        "dosage": (
            _("Sessions attended"),
            _("Of sessions planned for those who started in the half-year."),
            percent,
            _("sessions planned"),
        ),
        "again_6": (
            _("New offense within 6 months"),
            _("Of those whose 183 days since the exit were full and of whom it is known."),
            percent,
            _("exits followed up"),
        ),
        "again_12": (
            _("New offense within 12 months"),
            _("Of those whose 365 days since the exit were full and of whom it is known."),
            percent,
            _("exits followed up"),
        ),
        "slots": (_("Slots"), _("Places as last reported."), _("places"), ""),
        "agreements": (
            _("Agreements in force"),
            _("Agreements on sharing between agencies, in force on the day that is asked about."),
            _("agreements"),
            "",
        ),
        "trained": (
            _("Staff trained"),
            _("Of staff of programs, who was trained in the half-year. Nobody writes it down here."),
            percent,
            _("staff"),
        ),
    }
