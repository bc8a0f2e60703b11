"""A form being filled: the Python runtime of compiled forms."""

from .filling import Session
from .programs import Program
from .sources import Sources
from .steps import StepRefused, replay
from .submission import read_submission, write_submission

__all__ = ["Program", "Session", "Sources", "StepRefused", "read_submission", "replay", "write_submission"]
