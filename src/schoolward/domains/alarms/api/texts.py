"""Texts that are sent: bounded, and without the one character that PostgreSQL cannot keep."""

from typing import Annotated

from ninja import Field

Words = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]
Short = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]
