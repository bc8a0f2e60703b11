"""What several questions about protected records hold, and what they name."""

from typing import Annotated

from ninja import Field
from ninja.errors import HttpError

from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.models import Agency

Word = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Sentence = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
LONGEST_LIST = 200


def agency_of(key: str) -> Agency:
    """The agency of this key. Answers 422 where there is none."""
    found = agencies().filter(key=key).first()
    if found is None:
        raise HttpError(422, f"{key}: there is no agency of this key")
    return found
