"""Reading the site as one person: every link is followed, and of each kind of page the fullest is kept."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

LINK = re.compile(r'<a\s[^>]*?href="(/[^"]*)"')


@dataclass
class Found:
    """`pages` are the addresses by endpoint; `files` are endpoints that answer with something else than a page."""

    pages: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    @property
    def endpoints(self) -> set[str]:
        return self.files | set(self.pages)


def walk(page: Page, address: str, routes: Map, starts: Sequence[str]) -> Found:
    """Follow the links from `starts`: on every page the first and the last one to each kind of page."""
    found, longest = Found(), Counter[str]()
    waiting, seen = deque(starts), set(starts)
    while waiting:
        path = waiting.popleft()
        endpoint = endpoint_of(routes, path)
        answer = page.request.get(address + path)
        if "text/html" not in answer.headers["content-type"]:
            found.files.add(endpoint)
            continue
        text = answer.text()
        if answer.status != 200 and path not in starts:
            found.broken.append(f"{path} answers {answer.status}")
        elif len(text) > longest[endpoint]:
            longest[endpoint], found.pages[endpoint] = len(text), path
        new = [target for target in _ends(routes, _links(text)) if target not in seen]
        seen.update(new)
        waiting.extend(new)
    return found


def _links(text: str) -> Iterator[str]:
    for link in LINK.findall(text):
        if not link.startswith("/static/"):
            yield unescape(link).split("#")[0]


def _ends(routes: Map, links: Iterable[str]) -> set[str]:
    """The first and the last link to each kind of page: lists begin and end with different cases."""
    kinds: dict[str, list[str]] = {}
    for link in links:
        kinds.setdefault(endpoint_of(routes, link), []).append(link)
    return {link for each in kinds.values() for link in (each[0], each[-1])}


def endpoint_of(routes: Map, path: str) -> str:
    """The name of the page, or the path itself where there is none."""
    try:
        return str(routes.bind("").match(path.split("?")[0], method="GET")[0])
    except HTTPException:
        return path
