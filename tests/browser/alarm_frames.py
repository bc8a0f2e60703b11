"""Writes frames into an installation's journal and has cases made of them, as receiver and builder do.

    python tests/browser/alarm_frames.py [escalate] CODE…     (with the installation's SCHOOLWARD_DATA_DIR)

Prints the numbers of the cases that are open. The first call makes a site's system, its plan and call list.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")


def account_of(zone: str) -> str:
    """The account whose one zone has this number."""
    return f"B00{zone}"


def main() -> None:
    """Write one frame for each code that is asked for."""
    import django

    django.setup()
    from django.utils import timezone
    from tests.domain.alarms.journal_writer import Receiver

    from schoolward.domains.alarms import actions, queries
    from schoolward.domains.alarms.builder.running import run_once
    from schoolward.domains.places.models import Campus
    from schoolward.platform.access.viewer import Viewer

    at = timezone.now()
    by = Viewer.system(at=at, name="browser test")
    campus = Campus.objects.order_by("pk").first()
    assert campus is not None
    # A system for each zone: signals of one system would join into one case.
    for number in "12345678":
        account = account_of(number)
        system = actions.keep_system(line="main", account=account, campus_id=campus.pk, by=by, at=at).row
        actions.keep_zone(system_id=system.pk, number=number, title=f"Room {number}", by=by, at=at)
    actions.keep_plan(
        signal_kind="burglary",
        title="Burglary",
        steps=[actions.WantedStep("check", "Look"), actions.WantedStep("call", "Call the site")],
        by=by,
        at=at,
    )
    for order in (1, 2):
        actions.keep_contact(
            campus_id=campus.pk, order=order, title=f"Office {order}", phone=f"555-010{order}", by=by, at=at
        )
    codes = [code for code in sys.argv[1:] if code != "escalate"]
    receiver = Receiver(name=f"browser-{time.time_ns()}")
    for number, code in enumerate(codes, start=1):
        receiver.frame(code, at=at, account=account_of(code[-1]), number=number)
    if codes:
        receiver.commit(stored_at=at)
        run_once(at=timezone.now())
    if "escalate" in sys.argv:
        # As the builder does when it is late: everybody has waited for ninety seconds.
        actions.escalate(by=by, at=timezone.now() + timedelta(seconds=90))
    sys.stdout.write(json.dumps([case.number for case in queries.queue(by).cases]))


if __name__ == "__main__":
    main()
