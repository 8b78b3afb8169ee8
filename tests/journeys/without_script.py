"""The crawl's ways once more with script switched off: every state must come again, and be the same page.

Nothing is judged twice. What a page is without script is compared with what the judged walk met with script on.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.journeys.crawl import HIDDEN, Crawl
from tests.support.browser import Tabs
from tests.support.snapshots import tree

# What script adds when a page opens, and nothing else: the buttons of the band around a few lines.
ADDED = re.compile(
    r' *- button "Previous line"\n *- button "Next line"\n *- button "Show everything"\n',
)
# With script the answer was saved as it was chosen, and with it went what the page before had told.
SAID_EARLIER = {
    "candidate/message: an answer in a pause": (
        "  - paragraph: Your break has ended. You have about 12 minutes left, the same as before.",
    ),
}


class PlainTabs(Tabs):
    """Tabs in which no script runs, whatever a chapter asks for."""

    def open(self, url: str | None = None, **tab: Any) -> Page:
        """A new tab without script."""
        return super().open(url, **{**tab, "script": False})


@dataclass
class WithoutScript:
    """A visitor of the chapters that takes each state's status and tree, and compares them with the judged walk's."""

    judged: Crawl
    tabs: Tabs | None = None
    met: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def stop(self, page: Page, template: str, state: str = "", *, snapshot: bool = True) -> None:
        """Compares what the tab shows with the same state of the walk with script on."""
        label = f"{template}: {state}" if state else template
        self.met.append(label)
        assert self.tabs is not None, "the walk needs tabs"
        document = self.tabs.watch(page).document
        statuses = {one.label: one.status for one in self.judged.shown}
        if document is None or document.status != statuses.get(label):
            self.found.append(f"{label}: {document and document.status} instead of {statuses.get(label)}")
        if not snapshot:
            return
        there = ADDED.sub("", self.judged.trees.get(label, "")).splitlines()
        here = [
            line for line in tree(page, hide=HIDDEN).splitlines() if line not in SAID_EARLIER.get(label, ())
        ]
        if here != there:
            lines = difflib.unified_diff(there, here, "script on", "off", lineterm="")
            self.found.append(f"{label}:\n" + "\n".join(lines))
