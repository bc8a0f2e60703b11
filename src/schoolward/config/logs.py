"""Log lines as JSON on standard error. No request body, query string or person goes into them."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog


class StandardErrorHandler(logging.StreamHandler[Any]):
    """Writes to what is standard error when a line is written, not to what it was when logging was set up.

    A progress bar, and whoever catches a command's output, puts something else there for a while.
    """

    @property
    def stream(self) -> Any:
        """Standard error."""
        return sys.stderr

    @stream.setter
    def stream(self, stream: Any) -> None:
        """Take no notice: the base class tells the stream it begins with."""


class JsonFormatter(structlog.stdlib.ProcessorFormatter):
    """Render both structlog's and the standard library's records as one JSON object a line."""

    def __init__(self) -> None:
        stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
        super().__init__(
            foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, stamp],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
        )


def configure() -> None:
    """Route structlog through the standard library, so that one handler serves both."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
