"""The general checkers, axe-core and IBM's engine, and `Judge`, which puts a page before all four judges.

A page is judged by axe, IBM, Nu once per (template, state) and by our page rules each time it is shown.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from accessibility.page_rules import PageKind
from accessibility.page_rules import faults as page_faults
from tests.support.browser import Tabs
from tests.support.nu import NuChecker
from tests.support.page_kinds import kind_of

AXE = Path("node_modules/axe-core/axe.min.js")
IBM = Path("node_modules/accessibility-checker-engine/ace.js")
RECORD = Path(".build/judged.json")
# Every rule of these levels runs, those that axe leaves off by default too (7:1 contrast, target size).
AXE_RUN = """async assets => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const rules = Object.fromEntries(axe.getRules(tags).map(r => [r.ruleId, {enabled: true}]));
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, rules,
    preload: assets, resultTypes: ['violations']});
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html.slice(0, 160)}`));
}"""
IBM_RUN = """async () => {
  const report = await new ace.Checker().check(document, ['WCAG_2_2']);
  return report.results.filter(r => r.value[0] === 'VIOLATION' && r.value[1] === 'FAIL')
    .map(r => `${r.ruleId}: ${r.message}: ${r.snippet.slice(0, 160)}`);
}"""


JUDGES = ["page rules", "axe-core", "IBM", "Nu"]


@cache
def _source(path: Path) -> str:
    if not path.is_file():
        raise RuntimeError(f"{path} is not there: make setup")
    return path.read_text(encoding="utf-8")


def carried() -> str:
    """A script for `Tabs` to put into every document: it holds both engines and runs neither before `_bring`.

    Sending an engine to the browser takes longer than letting it judge a page; this way it is sent once a tab.
    """
    engines = f"axe: () => {{ {_source(AXE)}; }}, ibm: () => {{ {_source(IBM)}; globalThis.ace ??= ace; }}"
    return f"Object.defineProperty(globalThis, 'engines', {{value: {{ {engines} }}}});"


def _bring(page: Page, name: str, source: str) -> None:
    if not page.evaluate("name => { globalThis.engines?.[name](); return 'engines' in globalThis; }", name):
        page.evaluate(source)


def axe(page: Page, *, assets: bool = True) -> list[str]:
    """What axe-core finds on a page with script on: rule, what it wants, and the element. Empty is good.

    `assets`: style sheets are read as well, for the one rule that needs them (a page that may not be turned).
    """
    _bring(page, "axe", f"() => {{ {_source(AXE)}; }}")
    found: list[str] = page.evaluate(AXE_RUN, assets)
    return found


def ibm(page: Page) -> list[str]:
    """What IBM's engine is sure about on a page with script on; what it only suspects is left out."""
    _bring(page, "ibm", f"() => {{ {_source(IBM)}; globalThis.ace ??= ace; }}")
    found: list[str] = page.evaluate(IBM_RUN)
    return found


@dataclass
class Judge:
    """Judges pages and remembers which (template, state) went before which checker."""

    nu: NuChecker
    tabs: Tabs | None = None
    record: dict[str, list[str]] = field(default_factory=dict)

    def __call__(self, page: Page, template: str, state: str = "", *, kind: PageKind | None = None) -> None:
        """Fails with every fault of the page that the tab shows.

        `template` and `state` name what is judged, for example "question" and "with a picture"; a pair that was
        judged before goes before the page rules only. `kind` is worked out from the address where none is given.
        """
        if self.tabs is None:
            raise RuntimeError("the judge sits only while a test runs")
        watch = self.tabs.watch(page)
        if watch.document is None:
            raise AssertionError("the tab has not opened a page yet")
        html = watch.html
        kind = kind or kind_of(page.url, watch.document.status, html)
        # Once more as the script left it: what a script adds has to keep the same rules.
        texts = [html, page.content()] if watch.script else [html]
        found = list(dict.fromkeys(str(one) for text in texts for one in page_faults(text, kind=kind)))
        label = f"{template}: {state}" if state else template
        if label not in self.record:
            found += [f"Nu: {one}" for one in self.nu.faults(html)]
            is_new = not any(one.split(":")[0] == template for one in self.record)
            found += self._run_in_a_page(self.tabs, page, html, is_new)
        if found:
            lines = "\n  ".join(found)
            raise AssertionError(f"{label} at {page.url} has {len(found)} faults:\n  {lines}")
        self.record.setdefault(label, JUDGES)

    def _run_in_a_page(self, tabs: Tabs, page: Page, html: str, is_new: bool) -> list[str]:
        if tabs.watch(page).script:
            return self._checked(page, is_new)
        checking = tabs.checking(page, html)
        try:
            return self._checked(checking, is_new)
        finally:
            checking.context.close()

    @staticmethod
    def _checked(page: Page, is_new: bool) -> list[str]:
        return [f"axe: {one}" for one in axe(page, assets=is_new)] + [f"IBM: {one}" for one in ibm(page)]

    def write_record(self, file: Path = RECORD) -> None:
        """Leaves in `.build/judged.json`, or the file named, what was judged by whom."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(self.record, indent=1, sort_keys=True), encoding="utf-8")
