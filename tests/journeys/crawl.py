"""The crawl: each page in each state is measured once and judged once; tests then read what was found by check.

The ways through the pages are in `candidate_states` and `staff_states`. A finding is kept under the id of the
acceptance check that it breaks, so that one walk serves all tests that say "on every page".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

from accessibility.preference_table import THEMES
from tests.support.checkers import Judge
from tests.support.colours import weak_in_themes
from tests.support.focus import Met, tab_walk
from tests.support.layout import (
    line_faults,
    order_faults,
    order_now,
    sideways_now,
    sideways_scroll,
    small_targets,
    spacing_faults,
)
from tests.support.measuring import resized, text_at
from tests.support.snapshots import match_stored, tree

RULE = re.compile(r"^([A-Z]\d\d|one script|files only): ")
# What differs from run to run, or with the content of the bank, and the words that stand for it in a snapshot.
HIDDEN = {
    r'(heading ")[^"]*(" \[level=1\])(?=\n\s+- text: Choose)': r"\1the question\2",
    r'(group ").*?(Choose \d answers?\.( There is a picture\.)?":?)': r"\1the question \2",
    r'((?:radio|checkbox) "?[A-F]) [^\[\n]*?(?="|\s\[|\n)': r"\1 …",
    r"(Question \d+\. (?:Not a|A)nswered\.(?: Flagged\.)?)[^\"\n]*": r"\1 …",
    r"(You chose [A-F](?: and [A-F])*: )[^\n]*": r"\1…",
    r'(img ")[^"]*"': r'\1the picture"',
    r"(?<=figure: )[^\n]*": "the picture in words",
    r"(- text: [A-F]) [^\n]*": r"\1 …",
    r"[0-9a-f]{8}@example\.test": "somebody@example.test",
    r"- text: [A-Z0-9]{3} [A-Z0-9]{3}(?=\n)": "- text: the code",
    r"Spelled out: [A-Z0-9 ]+": "Spelled out: …",
    r"(ends in\n\s+- definition: )[^\n]+": r"\1…",
    r'(Topics to study" \[level=2\]\n\s+- list:)(?:\n\s+- listitem:[^\n]*)+': r"\1 …",
    r"(?<=- strong: )(?:[A-Z0-9] ){7}[A-Z0-9]": "the reference",
    r"this word: [A-Z]{4}": "this word: WORD",
    r"/sittings/[0-9a-f]{32}": "/sittings/ID",
    r"/staff/invitation/[\w-]+": "/staff/invitation/TOKEN",
    r"picture\.svg\?v=[^\n]+": "picture.svg",
    r"\d+ of 10\b": "N of 10",
    r"Question \d+": "Question N",
    r"question \d+": "question N",
}
MOVING = """() => document.getAnimations().length + [...document.querySelectorAll('*')].filter(e => {
  const s = getComputedStyle(e);
  return s.animationName !== 'none' || s.scrollBehavior === 'smooth' || e.matches('marquee, blink, video, audio');
}).length"""
ACCESS_KEYS = "() => document.querySelectorAll('[accesskey]').length"
SEEN = """() => ({
  title: document.title, heading: document.querySelector('h1').innerText, words: document.body.innerText,
  tools: [...document.querySelectorAll("aside[aria-label='Tools and help'] li")].map(e => e.innerText),
  clock: document.querySelector('.band__clock')?.innerText ?? ''})"""


@dataclass
class Shown:
    """One state as the crawl met it, in words."""

    label: str
    path: str
    status: int
    title: str
    heading: str
    tools: tuple[str, ...]
    words: str
    clock: str
    html: str


@dataclass
class Crawl:
    """Where the walk has been and what it found, by the id of the check."""

    judge: Judge
    shown: list[Shown] = field(default_factory=list)
    found: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    trees: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def stop(self, page: Page, template: str, state: str = "", *, snapshot: bool = True) -> None:
        """Measure and judge what the tab shows. `template` is the file below `app/templates`, without `.html`."""
        label = f"{template}: {state}" if state else template
        if any(one.label == label for one in self.shown):
            raise AssertionError(f"{label} was met before")
        self.shown.append(self._look(page, label))
        if snapshot:
            name = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")
            self.kept.add(name)
            shown = self.trees[label] = tree(page, hide=HIDDEN)
            self._keep("R11", label, lambda: match_stored(shown, name))
        self._measure(page, label)
        self._judge(page, template, state, label)

    def _look(self, page: Page, label: str) -> Shown:
        assert self.judge.tabs is not None, "the walk needs tabs"
        watch = self.judge.tabs.watch(page)
        assert watch.document is not None, "the walk needs a page in the tab"
        path = page.url.split("/", 3)[3].split("#")[0]
        seen = page.evaluate(SEEN)
        seen["tools"] = tuple(seen["tools"])
        return Shown(label=label, path=path, status=watch.document.status, html=watch.html, **seen)

    def _keep(self, check: str, label: str, holds: Callable[[], None]) -> None:
        try:
            holds()
        except AssertionError as fault:
            self.found[check].append(f"{label}: {fault}")

    def _note(self, check: str, label: str, faults: list[str]) -> None:
        self.found[check] += [f"{label}: {fault}" for fault in faults]

    def _measure(self, page: Page, label: str) -> None:
        """Every measurement, with the window brought to each size once."""
        self._note("D01", label, weak_in_themes(page, THEMES))
        self._note("D03", label, spacing_faults(page))
        self._note("D07", label, line_faults(page))
        self._note("K13", label, small_targets(page))
        self._note("S08", label, [f"as wide as a desk: {fault}" for fault in order_now(page)])
        if page.evaluate(MOVING):
            self.found["T09"].append(f"{label}: something moves")
        if page.evaluate(ACCESS_KEYS):
            self.found["K09"].append(f"{label}: an accesskey that script has added")
        with resized(page, 320, 480):
            self._note("K13", label, [f"320 px: {fault}" for fault in small_targets(page)])
            self._note("S08", label, [f"320 px: {fault}" for fault in order_now(page)])
            self._note("D02", label, [f"320 px: {fault}" for fault in sideways_now(page)])
            self._walk_by_tab(page, label)
            with text_at(page, 200):
                self._note("D02", label, [f"320 px, text 200 %: {fault}" for fault in sideways_now(page)])
        self._note(
            "D02", label, [f"640 px, text 300 %: {fault}" for fault in sideways_scroll(page, 640, 300)]
        )
        self._note("S08", label, [f"768 px: {fault}" for fault in order_faults(page, 768)])

    def _walk_by_tab(self, page: Page, label: str) -> None:
        met: list[Met] = []
        self._keep("K03", label, lambda: met.extend(tab_walk(page)))
        if not met:
            self.found["K03"].append(f"{label}: Tab reaches nothing")
        for one in met:
            # A browser scrolls a text area only until its caret is seen; what lies over it is judged all the same.
            wrong = [w for w in one.wrong if not ("<textarea" in one.source and "not wholly" in w)]
            self._note("K11", label, [f"{one.source} {fault}" for fault in wrong])

    def _judge(self, page: Page, template: str, state: str, label: str) -> None:
        try:
            self.judge(page, template, state)
        except AssertionError as fault:
            for line in str(fault).split("\n  ")[1:] or [str(fault)]:
                told = RULE.match(line)
                check = told[1] if told else "S02" if line.startswith("Nu: ") else "S01"
                self.found[check].append(f"{label}: {line}")
