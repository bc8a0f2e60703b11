"""How long the board paper takes: PDF alone, all files, and from live records.

Peer: Typst compiling a one-word document to PDF/UA-1 in the same process, which is the floor for any
paper made with it. The demonstration district is loaded into a folder of its own.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 9
GOAL_SECONDS = 2.0


def seconds(work: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Wall times of several runs."""
    taken = []
    for _run in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return taken


def show(name: str, taken: list[float], floor: float) -> None:
    """One line: median, worst, and how many times the floor."""
    middle = statistics.median(taken)
    ratio = f"{middle / floor:7.1f} x floor"
    print(f"{name:46s} median {middle * 1000:8.1f} ms   worst {max(taken) * 1000:8.1f} ms   {ratio}")


def main() -> None:
    """Load the demonstration, then measure."""
    folder = tempfile.mkdtemp(prefix="schoolward-bench-")
    os.environ.update(
        SCHOOLWARD_DATA_DIR=folder, DJANGO_SETTINGS_MODULE="schoolward.config.settings", SCHOOLWARD_DEMO="1"
    )
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    import typst
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone

    from schoolward.platform.access.viewer import Viewer
    from schoolward.platform.demo.clock import DEMONSTRATION_DAY
    from schoolward.platform.demo.registry import SeedContext, all_seeds
    from schoolward.reports.freezing import compose_texts
    from schoolward.reports.models import Edition
    from schoolward.reports.queries import contents, traceability
    from schoolward.reports.rendering import render_contents, render_edition

    call_command("migrate", verbosity=0)
    at = timezone.now()
    with transaction.atomic():
        for _title, run in all_seeds():
            run(SeedContext(Viewer.system(at=at), at, DEMONSTRATION_DAY))
    edition = Edition.objects.filter(report="board-summary").order_by("-as_of")[0]
    blank = {"main.typ": b'#set document(title: "Floor")\nword'}
    (first,) = seconds(lambda: render_edition(edition), 1)
    floor = statistics.median(seconds(lambda: typst.compile(blank, pdf_standards=["ua-1"])))
    found = contents(edition)
    print(f"paper as of {edition.as_of}: {len(found.cells)} numbers; goal {GOAL_SECONDS} s after warm-up")
    print(f"{'first paper of a process (fonts, libraries)':46s}        {first * 1000:8.1f} ms")
    show("floor: one word as PDF/UA-1", [floor], floor)
    show("PDF, CSV, JSON of a frozen edition", seconds(lambda: render_contents(found)), floor)
    show("checking the lineage of every number", seconds(lambda: traceability(found.cells), 3), floor)
    texts = dict(edition.sections.values_list("key", "body"))
    live = seconds(lambda: compose_texts(edition.report, edition.as_of, texts), 3)
    show("composing every number from live records", live, floor)
    print(f"data in {Path(folder)}")


if __name__ == "__main__":
    main()
