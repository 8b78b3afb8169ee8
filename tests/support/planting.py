"""Faults put into the real pages one at a time, to see which layer of checks finds each of them.

A fault is a change of what the server sends: the page, its style sheet or its script. The server is the real
one and is not told. Which faults there are, and who should find them, is `tests.journeys.planted`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, Response, Route

from accessibility.page_rules import faults as page_faults
from tests.support.checkers import axe, carried, ibm
from tests.support.nu import NuChecker
from tests.support.page_kinds import kind_of

RULES, AXE, IBM, NU, TREE = "page rules", "axe-core", "IBM's engine", "Nu", "stored trees"
MEASURED, HEARD = "measured in the browser", "Orca"
LAYERS = (RULES, AXE, IBM, NU, TREE, MEASURED, HEARD)

Measure = Callable[[Page], list[str]]


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one real page. `html` are changes (old, new); `style` and `script` are added to the files.

    `measure` is the check in the browser that should see it. With `alone`, the page's own script does not run.
    """

    on: str
    html: tuple[tuple[str, str], ...] = ()
    style: str = ""
    script: str = ""
    measure: Measure | None = None
    alone: bool = False


@dataclass(frozen=True)
class Real:
    """A page as the server gave it: its address, its status and its HTML."""

    address: str
    status: int
    html: str

    @classmethod
    def of(cls, document: Response | None) -> Real:
        """What a tab got last."""
        if document is None:
            raise AssertionError("the tab has not opened a page yet")
        return cls(document.url, document.status, document.text())

    def with_(self, changes: tuple[tuple[str, str], ...]) -> str:
        """The HTML with every change made once; fails when there is nothing to change."""
        html = self.html
        for old, new in changes:
            if old not in html:
                raise AssertionError(f"{old!r} is not in {self.address}: the fault cannot be planted")
            html = html.replace(old, new, 1)
        return html


class Bed:
    """Where the real pages are shown, clean or with a fault. `tab` opens an empty tab that may see them."""

    def __init__(
        self, tab: Callable[..., Page], pages: dict[str, Real], nu: NuChecker, words: Callable[[Page], str]
    ) -> None:
        self.tab, self.pages, self.nu, self.words = tab, pages, nu, words
        self.page = tab(carrying=carried())
        self._clean_trees: dict[str, str] = {}
        self._clean_measures: dict[tuple[str, Measure], list[str]] = {}

    def finds(self, on: str, fault: Fault | None = None) -> dict[str, list[str]]:
        """What each of the layers that see every page finds; a layer that finds nothing is left out."""
        real = self.pages[on]
        self.page.unroute_all()
        html = sow(self.page, real, fault)
        self.page.goto(real.address)
        tree, kind = self.words(self.page), kind_of(real.address, real.status, html)
        known = self._clean_trees.setdefault(on, tree) if fault is None else self._clean_trees[on]
        found = {
            RULES: [str(one) for text in (html, self.page.content()) for one in page_faults(text, kind=kind)],
            AXE: axe(self.page, assets=False),
            IBM: ibm(self.page),
            NU: self.nu.faults(html),
            TREE: [] if tree == known else ["the tree is another one"],
        }
        return {layer: told for layer, told in found.items() if told}

    def measures(self, fault: Fault, measure: Measure) -> tuple[list[str], list[str]]:
        """What a check in the browser finds on the clean page, and on the page with the fault."""
        key = (fault.on, measure)
        if key not in self._clean_measures:
            self._clean_measures[key] = self._measured(self.pages[fault.on], measure, None)
        return self._clean_measures[key], self._measured(self.pages[fault.on], measure, fault)

    def _measured(self, real: Real, measure: Measure, fault: Fault | None) -> list[str]:
        """In a tab of its own, because measures press keys and scripts keep what was chosen."""
        page = self.tab()
        sow(page, real, fault)
        page.goto(real.address)
        found = measure(page)
        page.context.close()
        return found


def sow(page: Page, real: Real, fault: Fault | None) -> str:
    """From now on this tab gets the page as it was given once, with the fault in it or in its files; its HTML."""
    html = real.with_(fault.html) if fault else real.html
    told = {"body": html, "status": real.status, "content_type": "text/html; charset=utf-8"}

    def document(route: Route) -> None:
        if route.request.method == "GET" and route.request.is_navigation_request():
            route.fulfill(**told)
        else:
            route.fallback()

    page.route(lambda url: url.split("#")[0] == real.address, document)
    if fault and fault.style:
        page.route("**/static/**/*.css*", lambda route: _add(route, fault.style))
    if fault and (fault.script or fault.alone):
        page.route("**/static/**/*.js*", lambda route: _add(route, fault.script, alone=fault.alone))
    return html


def _add(route: Route, more: str, *, alone: bool = False) -> None:
    ours = route.fetch()
    route.fulfill(response=ours, body=more if alone else f"{ours.text()}\n{more}")
