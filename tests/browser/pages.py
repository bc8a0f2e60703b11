"""What the walk over all pages reads out of an answer, and what this run has seen of it already.

A page is its ``<main>`` inside a frame (head, menus, footer). Many pages are the same for several roles, byte
for byte, and a browser draws the same thing from the same bytes. So each ``<main>`` is opened once in a run,
whichever role comes first, and so is each frame. Whether a page answers is asked for every role.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

#: What differs at each answer (the token of forms) or says where one is: the page is drawn the same.
_PASSING = re.compile(
    r"""(?<=["'])[A-Za-z0-9]{64}(?=["'])|<title>.*?</title>| aria-current="\w+\"""", re.DOTALL
)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "a" and attributes.get("href") and "download" not in attributes:
            self.found.append(str(attributes["href"]))


@dataclass(frozen=True)
class Answer:
    """A page as it was sent."""

    url: str
    html: str

    @property
    def is_page(self) -> bool:
        """Whether it is a whole page: not a part that a page loads into itself."""
        return "<main" in self.html

    @property
    def parts(self) -> tuple[str, str]:
        """The page's own content, and the frame around it."""
        html = _PASSING.sub("", self.html)
        begin, end = html.index("<main"), html.index("</main>")
        return html[begin:end], html[:begin] + html[end:]

    def links(self) -> list[str]:
        """The paths of the links to pages of the same server, in order."""
        parser = _Links()
        parser.feed(self.html)
        own = urlsplit(self.url).netloc
        targets = [urljoin(self.url, link) for link in parser.found]
        return [
            urlsplit(target).path
            for target in targets
            if urlsplit(target).netloc == own and "format=" not in target
        ]


class Seen:
    """What the processes of a test run have opened: an empty file in a common folder for each thing."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder

    def is_first(self, thing: str) -> bool:
        """Whether nobody has claimed it before; from now on somebody has."""
        try:
            (self._folder / hashlib.sha256(thing.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True
