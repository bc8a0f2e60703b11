"""A small installation to count taps in: one site with a plan, 100 items, one assessor, all invented."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.request
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EMAIL, PASSWORD = "assessor@example.org", "an-invented-Passw0rd"
ITEMS = 100
SECTIONS = ("Street", "Parking", "Gates", "Entrance", "Halls", "Rooms", "Yards", "Fields", "Sheds", "Roofs")


def instrument() -> str:
    """An instrument of ``ITEMS`` invented items in ten zones."""
    lines = [
        "key: taps",
        'version: "1"',
        "title: A walk whose taps are counted",
        "kind: cpted",
        "valid_from: 2010-07-01",
        "credit: Invented for a benchmark.",
        "terms: {grounds: Grounds}",
        "scales:",
        "  - key: condition",
        "    may_not_exist: true",
        "    may_be_unobserved: true",
        "    choices:",
        *(
            f"      - {{value: {value}, label: {label}}}"
            for value, label in ((3, "Fully so"), (2, "Mostly so"), (1, "Partly so"), (0, "Not so"))
        ),
        "defaults: {scale: condition, fails_at: 1, weight: 1, severity: medium, trade: other}",
        "sections:",
    ]
    for number, title in enumerate(SECTIONS):
        lines += [f"  - key: zone{number}", f"    title: {title}", "    items:"]
        for item in range(ITEMS // len(SECTIONS)):
            code = f"Z{number}I{item}"
            lines.append(
                f"      - {{code: {code}, text: Statement {item + 1} of the {title.lower()} holds., "
                f"recommendation: Mend {code}.}}"
            )
    return "\n".join(lines) + "\n"


def set_up(folder: Path) -> int:
    """Make the installation: a site with a plan, an assessor, a planned walk. Returns its number."""
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="schoolward.config.settings",
        SCHOOLWARD_DATA_DIR=str(folder),
        SCHOOLWARD_SECOND_FACTOR="0",
    )
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    import io
    from datetime import date

    from django.utils import timezone

    from schoolward.domains.assessments import actions
    from schoolward.domains.places.models import Campus
    from schoolward.platform.access.models import Account, Agency, Membership
    from schoolward.platform.access.viewer import Viewer
    from schoolward.platform.demo.clock import now

    at = now(timezone.now())
    by = Viewer.system(at=at, name="bench")
    version = actions.add_instrument(content=instrument().encode(), name="taps.yaml", by=by, at=at).version
    campus = Campus.objects.create(name="Invented site", slug="invented", address="1", address_key="1")
    actions.add_site_plan(campus_id=campus.pk, stream=io.BytesIO(plan()), file_name="plan.png", by=by, at=at)
    account = Account.objects.create_user(EMAIL, name="Invented assessor", password=PASSWORD)
    agency = Agency.objects.create(key="d", name="District", kind="district", created_at=at)
    Membership.objects.create(
        account=account, agency=agency, role="lead", valid_from=date(2010, 1, 1), all_sites=True
    )
    planned = actions.plan_assessment(
        campus_id=campus.pk, version_id=version.pk, planned_on=at.date(), by=by, at=at, invented=True
    )
    return planned.pk


def plan() -> bytes:
    """A plan of 300 x 200 pixels as PNG: white with a grey building."""
    width, height = 300, 200
    rows = b"".join(
        b"\0" + bytes(180 if 60 < x < 220 and 50 < y < 140 else 255 for x in range(width))
        for y in range(height)
    )

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The installation, served by the command that users run."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "schoolward", "run", "--port", str(port)],
        env={**os.environ, "SCHOOLWARD_SITE_URL": address, "PYTHONPATH": str(ROOT / "src")},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{address}/accounts/login/", timeout=2):  # noqa: S310 - our own
                    break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
        log.close()


def _in_installation(folder: Path, code: str, number: int) -> Any:
    """Run a few lines in a process of the installation's own, and read what they print."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import django; django.setup(); import sys; N = int(sys.argv[1])\n{code}",
            str(number),
        ],
        env={**os.environ, "SCHOOLWARD_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT / "src")},
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def ask_again(folder: Path, assessment: int) -> int:
    """Ask for a second look at every finding of the assessment."""
    return int(
        _in_installation(
            folder,
            """
from datetime import timedelta
from django.utils import timezone
from schoolward.domains.assessments import actions
from schoolward.domains.assessments.models import Assessment
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.clock import now
at = now(timezone.now())
held = Assessment.objects.get(pk=N)
by = Viewer.system(at=at, name="bench")
findings = list(held.findings.values_list("pk", flat=True))
made = actions.request_reinspection(
    campus_id=held.campus_id, finding_ids=findings, due=at.date() + timedelta(days=7), by=by, at=at)
print(made.pk)
""",
            assessment,
        )
    )


def kept_in(folder: Path, assessment: int) -> dict[str, int]:
    """What the server has of both walks."""
    told: dict[str, int] = _in_installation(
        folder,
        """
import json
from schoolward.domains.assessments.models import AnswerPhoto, Assessment, Finding, Sighting, Walk
first, again = Walk.objects.order_by("pk")
print(json.dumps({
    "rated": first.answers.values("item").distinct().count(),
    "findings": Finding.objects.count(),
    "noted": Finding.objects.exclude(note="").count(),
    "photos": first.photos.count(),
    "pinned": first.photos.filter(plan__isnull=False).count(),
    "mended": Sighting.objects.filter(walk=again, is_mended=True).count(),
    "photos_again": again.photos.count(),
}))
""",
        assessment,
    )
    return told
