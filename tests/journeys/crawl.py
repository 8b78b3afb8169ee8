"""The crawl: each page in each state is measured once and judged once; tests then read what was found by check.

The ways through the pages are in `candidate_states` and `staff_states`. A finding is kept under the id of the
acceptance check that it breaks, so that one walk serves all tests that say "on every page".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from tests.support.checkers import Judge
from tests.support.colours import weak_edges, weak_text
from tests.support.focus import covered_focus
from tests.support.keyboard import stops
from tests.support.layout import line_faults, order_faults, sideways_scroll, small_targets, spacing_faults
from tests.support.measuring import resized
from tests.support.snapshots import match_snapshot

STYLES = Path("app/static/build")
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
TOOLS = "aside[aria-label='Tools and help'] li"
TAKEN = "() => document.querySelectorAll('[accesskey], [aria-keyshortcuts]').length"


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
            self._keep("R11", label, lambda: match_snapshot(page, name, hide=HIDDEN))
        self._measure(page, label)
        self._judge(page, template, state, label)

    def _look(self, page: Page, label: str) -> Shown:
        clock = page.locator(".band__clock")
        reply = self.judge.tabs.watch(page).document if self.judge.tabs else None
        assert reply is not None, "the walk needs tabs, and a page in them"
        return Shown(
            label,
            page.url.split("/", 3)[3].split("#")[0],
            reply.status,
            page.title(),
            page.locator("h1").first.inner_text(),
            tuple(page.locator(TOOLS).all_inner_texts()),
            page.locator("body").inner_text(),
            clock.inner_text() if clock.count() else "",
            reply.text(),
        )

    def _keep(self, check: str, label: str, holds: Callable[[], None]) -> None:
        try:
            holds()
        except AssertionError as fault:
            self.found[check].append(f"{label}: {fault}")

    def _note(self, check: str, label: str, faults: list[str]) -> None:
        self.found[check] += [f"{label}: {fault}" for fault in faults]

    def _measure(self, page: Page, label: str) -> None:
        self._note("D01", label, [f"{t}: {f}" for t in themes() for f in self._in_theme(page, t)])
        for width, percent in ((320, 100), (320, 200), (640, 300)):
            told = [
                f"{width} px, text {percent} %: {fault}" for fault in sideways_scroll(page, width, percent)
            ]
            self._note("D02", label, told)
        self._note("D03", label, spacing_faults(page))
        self._note("D07", label, line_faults(page))
        self._note("K13", label, small_targets(page))
        for width in (320, 768, 1280):
            self._note("S08", label, [f"{width} px: {fault}" for fault in order_faults(page, width)])
        with resized(page, 320, 480):
            self._note("K13", label, [f"320 px: {fault}" for fault in small_targets(page)])
        # A browser scrolls a text area only until its caret is seen; that nothing lies over it is judged all the same.
        covered = [one for one in covered_focus(page) if not ("<textarea" in one and "not wholly" in one)]
        self._note("K11", label, covered)
        self._keep("K03", label, lambda: None if stops(page) else self._nothing_to_reach())
        if page.evaluate(MOVING):
            self.found["T09"].append(f"{label}: something moves")
        if page.evaluate(TAKEN):
            self.found["K09"].append(f"{label}: a key taken by the page")

    @staticmethod
    def _nothing_to_reach() -> None:
        raise AssertionError("Tab reaches nothing")

    @staticmethod
    def _in_theme(page: Page, theme: str) -> list[str]:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        return weak_text(page) + weak_edges(page)

    def _judge(self, page: Page, template: str, state: str, label: str) -> None:
        try:
            self.judge(page, template, state)
        except AssertionError as fault:
            for line in str(fault).split("\n  ")[1:] or [str(fault)]:
                told = RULE.match(line)
                check = told[1] if told else "S02" if line.startswith("Nu: ") else "S01"
                self.found[check].append(f"{label}: {line}")


def themes() -> list[str]:
    """The themes that the served style sheets know."""
    written = " ".join(file.read_text(encoding="utf-8") for file in sorted(STYLES.glob("*.css")))
    return sorted(set(re.findall(r"html\[data-theme=\"?([a-z-]+)", written)))
