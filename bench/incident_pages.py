"""How quickly pages about incidents answer with a million of them: python bench/incident_pages.py [--rows N]

Loads the demonstration district, so that every page has something to show, and imports N generated rows
beside it (as bench/import_incidents.py does). Then it asks each page 30 times through Django's test client as
the safe-schools lead. The first line is a page without incidents, so that the frame is not mistaken for the
database. The goal is 100 ms at the 95th percentile. Beside it stand the processor time of this process, which
a busy machine does not spoil, and the number of queries.

`--database FOLDER` keeps the database there, and takes it as it is the next time. With DATABASE_URL in the
environment (scripts/with-postgresql) that database is used, and filled only when it has no incidents.
`--rounds N` takes the best of N rounds for each page.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
TIMES = 30
GOAL_MS = 100


@dataclass(frozen=True)
class Took:
    """Milliseconds of 30 calls: the median, the 95th percentile, and the processor's share of one call."""

    median: float
    p95: float
    processor: float


def timed(ask: Callable[[], object]) -> Took:
    """Ask twice to warm up, then 30 times."""
    took = []
    worked = 0.0
    for turn in range(TIMES + 2):
        began, before = time.perf_counter(), time.process_time()
        ask()
        if turn > 1:
            took.append((time.perf_counter() - began) * 1000)
            worked += time.process_time() - before
    return Took(statistics.median(took), statistics.quantiles(took, n=20)[-1], worked * 1000 / TIMES)


def fill(folder: Path, rows: int) -> None:
    """Load the demonstration and bring in the generated rows."""
    from django.db import connection
    from import_incidents import generate

    from schoolward.domains.places.seed import DIRECTORY
    from schoolward.platform.access.viewer import Viewer
    from schoolward.platform.demo.actions import load
    from schoolward.platform.exchange.running import run

    at = datetime.now(UTC)
    by = Viewer.system(at=at, name="benchmark")
    load(by=by, at=at, told=lambda _sentence: None)
    path = folder / "generated.csv"
    generate(path, rows, DIRECTORY.parents[2] / "incidents" / "data")
    with path.open("rb") as file:
        run("incidents", file, by=by, at=at)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def pages() -> dict[str, str]:
    """The pages to ask, by what they are."""
    from urllib.parse import urlencode

    from schoolward.domains.incidents.models import Incident
    from schoolward.domains.places.queries import campuses

    site = campuses().order_by("pk")[0]
    number = Incident.objects.order_by("-pk").values_list("source_key", flat=True)[0]
    return {
        "frame alone (entry form)": "/incidents/new/",
        "list": "/incidents/",
        "list, one category": "/incidents/?category=theft",
        "list, at sites": "/incidents/?where=at",
        "list, one site": f"/incidents/?campus={site.pk}",
        "list, one month": "/incidents/?from=2011-03-01&to=2011-03-31",
        "list, by number": f"/incidents/?{urlencode({'number': number})}",
        "site's panel": f"/incidents/panel/{site.pk}/",
        "site's profile": f"/places/{site.slug}/",
        "trends of a year": "/incidents/trends/?first=2011-07-01&last=2012-06-30",
        "overview": "/overview",
        "measures": "/measures",
        "search, a case number": f"/search?{urlencode({'q': number})}",
        "search, an unknown number": "/search?q=22-999999",
        "search, an address word": "/search?q=stockton",
    }


def ask_all(client: Any, wanted: str, rounds: int) -> None:
    """Ask every page whose title holds the words, and print a line for each."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for title, url in pages().items():
        if wanted not in title:
            continue
        with CaptureQueriesContext(connection) as asked:
            status = client.get(url).status_code
        queries = len(asked)  # now: the next request forgets them
        if status != 200:
            print(f"{title:28} {url} answers {status}")
            continue
        best = min((timed(lambda url=url: client.get(url)) for _ in range(rounds)), key=lambda took: took.p95)
        print(
            f"{title:28} median {best.median:6.1f} ms   p95 {best.p95:6.1f} ms   "
            f"processor {best.processor:6.1f} ms   {queries:3} queries   load {os.getloadavg()[0]:.1f}   "
            f"{best.p95 / GOAL_MS:.2f} of the goal"
        )


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--database", type=Path, help="folder whose database is kept and used again")
    parser.add_argument("--rounds", type=int, default=1, help="the best of so many rounds is printed")
    parser.add_argument("--page", default="", help="only pages whose title holds these words")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.database or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["SCHOOLWARD_DATA_DIR"] = str(folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "schoolward.config.settings"
        os.environ["SCHOOLWARD_DEMO"] = "1"  # its accounts need no second factor
        import django
        import machine

        django.setup()
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client

        from schoolward.domains.incidents.models import Incident
        from schoolward.platform.access.models import Account

        call_command("migrate", verbosity=0)
        if not Incident.objects.exists():
            fill(folder, given.rows)
        client = Client(headers={"host": "localhost"})
        client.force_login(
            Account.objects.filter(memberships__role="lead")[0],
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        print(f"{connection.vendor}, {Incident.objects.count():,} incidents, goal {GOAL_MS} ms at p95")
        print(machine.state())
        ask_all(client, given.page, given.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
