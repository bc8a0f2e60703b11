"""Log lines go where standard error is when they are written."""

from __future__ import annotations

import io
import json
import logging
import sys

import pytest

from schoolward.config.logs import JsonFormatter, StandardErrorHandler


def test_a_line_goes_to_what_is_standard_error_now(monkeypatch: pytest.MonkeyPatch) -> None:
    caught = io.StringIO()
    monkeypatch.setattr(sys, "stderr", caught)
    handler = StandardErrorHandler()
    handler.setFormatter(JsonFormatter())
    now = io.StringIO()
    monkeypatch.setattr(sys, "stderr", now)
    caught.close()  # as who catches a command's output does in the end

    handler.handle(
        logging.makeLogRecord({"name": "schoolward.test", "msg": "it goes on", "levelname": "INFO"})
    )

    assert json.loads(now.getvalue())["event"] == "it goes on"
