"""How quickly pages about incidents answer with a million of them: python bench/incident_pages.py [--rows N]

Imports N generated rows (as bench/import_incidents.py does), then asks each page 30 times through Django's
test client as the safe-schools lead. The first line is a page without incidents, so that the frame is not
mistaken for the database. The goal is 100 ms at the 95th percentile.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
TIMES = 30
GOAL_MS = 100


def p95(ask: Callable[[], object]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds of 30 calls after two to warm up."""
    took = []
    for turn in range(TIMES + 2):
        began = time.perf_counter()
        ask()
        if turn > 1:
            took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["SCHOOLWARD_DATA_DIR"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "schoolward.config.settings"
        os.environ["SCHOOLWARD_DEMO"] = "1"  # its accounts need no second factor
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client
        from import_incidents import generate

        from schoolward.domains.places.queries import campuses
        from schoolward.domains.places.seed import DIRECTORY
        from schoolward.platform.access.models import Account, Agency, Membership
        from schoolward.platform.access.viewer import Viewer
        from schoolward.platform.exchange.running import run

        call_command("migrate", verbosity=0)
        at = datetime.now(UTC)
        by = Viewer.system(at=at, name="benchmark")
        with DIRECTORY.open("rb") as file:
            run("schools", file, by=by, at=at)
        path = Path(name) / "generated.csv"
        generate(path, given.rows, DIRECTORY.parents[2] / "incidents" / "data")
        with path.open("rb") as file:
            run("incidents", file, by=by, at=at)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            if connection.vendor == "postgresql":
                cursor.execute("VACUUM incidents_incident")
        agency = Agency.objects.create(key="d", name="District", kind="district", created_at=at)
        account = Account.objects.create(
            email="lead@example.org", name="Lead", is_demonstration=True, created_at=at
        )
        Membership.objects.create(
            account=account, agency=agency, role="lead", all_sites=True, valid_from=date(2010, 1, 1)
        )
        client = Client(headers={"host": "localhost"})
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        site = campuses().order_by("pk")[0]
        pages = {
            "frame alone (entry form)": "/incidents/new/",
            "list": "/incidents/",
            "list, one category": "/incidents/?category=theft",
            "list, at sites": "/incidents/?where=at",
            "list, one site": f"/incidents/?campus={site.pk}",
            "list, one month": "/incidents/?from=2011-03-01&to=2011-03-31",
            "site's panel": f"/incidents/panel/{site.pk}/",
            "site's profile": f"/places/{site.slug}/",
            "trends of a year": "/incidents/trends/?first=2011-07-01&last=2012-06-30",
            "overview": "/overview",
        }
        print(
            f"{connection.vendor}, {given.rows:,} incidents, load {os.getloadavg()[0]:.1f}, goal {GOAL_MS} ms"
        )
        for title, url in pages.items():
            status = client.get(url).status_code
            if status != 200:
                print(f"{title:28} {url} answers {status}")
                continue
            middle, high = p95(lambda url=url: client.get(url))  # type: ignore[misc]
            print(
                f"{title:28} median {middle:6.1f} ms   p95 {high:6.1f} ms   {high / GOAL_MS:.2f} of the goal"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
