"""A form being filled: the Python runtime of compiled forms."""

from .filling import Session
from .programs import Program
from .sources import Sources
from .steps import StepRefused, replay

__all__ = ["Program", "Session", "Sources", "StepRefused", "replay"]
