"""A form being filled: the Python runtime of compiled forms."""

from .filling import Session
from .programs import Program
from .replaying import replay
from .sources import Sources
from .steps import StepRefused
from .submission import read_submission, write_submission
from .telling import Fault, Told, answers_told, faults_told, questions_told

__all__ = [
    "Fault",
    "Program",
    "Session",
    "Sources",
    "StepRefused",
    "Told",
    "answers_told",
    "faults_told",
    "questions_told",
    "read_submission",
    "replay",
    "write_submission",
]
