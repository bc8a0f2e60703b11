"""The paper's data and its printed words, kept as files: a change in either is seen in review.

To accept a change: ``SCHOOLWARD_ACCEPT_GOLDEN=1 pytest tests/domain/reports/test_golden.py``.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest

from schoolward.platform.access.models import Account
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.actions import publish
from schoolward.reports.models import Edition
from schoolward.reports.paper import paper
from schoolward.reports.queries import contents
from schoolward.reports.rendering import render_edition

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "reports"
TEXT = """\
We counted [[test.events period=to-date]] events, [[test.share]] of them by staff ([[test.share show=parts]]).
Students: [[test.students from=2012-09-01 to=2012-09-06]]. Survey: [[test.survey]].

- **Cost** of the lock: $31. [[cite: Invoice of August 2012]]
"""


def compare(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("SCHOOLWARD_ACCEPT_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_paper_and_print(
    approved: Callable[..., Edition],
    counted: Callable[..., list[Account]],
    person: Callable[..., Viewer],
    at: datetime,
) -> None:
    counted(12, on=date(2012, 8, 1), staff=5)
    counted(4, on=date(2012, 9, 2))
    edition = publish(edition=approved(TEXT), by=person(3, Role.TRUSTEE), at=at)
    data = json.dumps(paper(contents(edition), []), indent=1, ensure_ascii=False)
    pages = pypdf.PdfReader(io.BytesIO(render_edition(edition).pdf)).pages
    words = "\n".join(f"--- page {n} ---\n{page.extract_text()}" for n, page in enumerate(pages, start=1))

    compare("small-paper.json", stable(data) + "\n")
    compare("small-print.txt", stable(words) + "\n")


def stable(text: str) -> str:
    """Without what depends on the database's next numbers: digests, checksums, addresses."""
    text = re.sub(r"\b[0-9a-f]{64}\b", "<sha256>", text)
    text = re.sub(r"\b[0-9a-f]{12}\b", "<digest>", text)
    return re.sub(r"/reports/\d+/", "/reports/N/", text)
