"""Which kind of page an address shows, so that the judges know what must stand on it."""

import re
from urllib.parse import urlsplit

from accessibility.page_rules import PageKind

BY_PATH = [
    (re.compile(r"/sitting/question/\d+"), PageKind.QUESTION),
    (re.compile(r"/sitting/(result|survey(/.*)?)"), PageKind.PAGE),
    (re.compile(r"/sitting(/.*)?"), PageKind.SITTING),
    (re.compile(r"/(staff|centre|admin)(/.*)?"), PageKind.STAFF),
]


def kind_of(address: str, status: int = 200, html: str = "") -> PageKind:
    """The kind of page at an address or path; `PageKind.PAGE` where no other fits.

    A refusal shown instead of a page (a status of 400 or more without an error summary) is a page of its own:
    it has one way back and one to a person, and no tools. Staff are refused on the page of the sitting itself.
    """
    path = urlsplit(address).path
    of_staff = path.startswith(("/staff", "/centre"))
    if status >= 400 and ("data-refusal" in html if of_staff else "error-summary" not in html):
        return PageKind.PAGE
    return next((kind for pattern, kind in BY_PATH if pattern.fullmatch(path)), PageKind.PAGE)
