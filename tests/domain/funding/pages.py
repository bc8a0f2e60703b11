"""What the tests of the funding plan's pages share."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse


def page(client: Client, name: str, *args: object, status: int = 200) -> str:
    """The text of a page of the funding plan."""
    answer = client.get(reverse(f"funding:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()
