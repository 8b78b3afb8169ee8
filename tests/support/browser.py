"""Debian's Chromium and Firefox ESR for the run, and tabs in contexts of their own with script on or off.

One browser of each kind, started when first asked for. What is done in a tab is in `keyboard`, what is
measured in `layout`, `focus` and `colours`, what is judged in `checkers`.
"""

import asyncio
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Response,
    sync_playwright,
)

CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
Kind = Literal["chromium", "firefox"]
# Debian's Chromium without a window: the same engine, for a third of the processor's time.
PROGRAM = {"chromium": "chromium-headless-shell", "firefox": "firefox-esr"}
LEFT_BEHIND = Path(".build/failed-pages")
# Chromium reports every reply of 400 or more as an error; an error page is a page like any other.
NOT_AN_ERROR = "Failed to load resource: the server responded with a status of 4"


def program(kind: Kind) -> str:
    """The path of a browser; raises RuntimeError with what to type when it is not installed."""
    path = shutil.which(PROGRAM[kind])
    if path is None:
        raise RuntimeError(f"{PROGRAM[kind]} is not installed: apt-get install {PROGRAM[kind]}")
    return path


class Browsers:
    """The browsers of the run. `rest` and `wake` let tests without a browser use `asyncio.run`."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._started: dict[tuple[Kind, bool], Browser] = {}

    def browser(self, kind: Kind, *, script: bool = True) -> Browser:
        """The one browser of this kind, started now if it is not running.

        Firefox is told for all its tabs whether script is on: its driver takes no notice of what a tab asks for.
        """
        self.wake()
        if self._playwright is None:
            self._playwright = sync_playwright().start()
            self._loop = asyncio.get_running_loop()
        which = (kind, script or kind != "firefox")
        if which not in self._started or not self._started[which].is_connected():
            self._started[which] = self._launch(self._playwright, *which)
        return self._started[which]

    @staticmethod
    def _launch(playwright: Playwright, kind: Kind, script: bool) -> Browser:
        if kind == "chromium":
            return playwright.chromium.launch(executable_path=program(kind), args=CHROMIUM_FLAGS)
        # The channel speaks to a stock Firefox; without it Playwright wants its own patched one.
        return playwright.firefox.launch(
            channel="moz-firefox",
            executable_path=program(kind),
            firefox_user_prefs={"javascript.enabled": script},
        )

    @property
    def playwright(self) -> Playwright:
        """Playwright itself, for attaching to a browser that somebody else started."""
        self.wake()
        if self._playwright is None:
            self._playwright = sync_playwright().start()
            self._loop = asyncio.get_running_loop()
        return self._playwright

    def rest(self) -> None:
        """Before a test without a browser: Playwright marks its loop as running between calls, even then."""
        if self._loop is not None:
            asyncio._set_running_loop(None)

    def wake(self) -> None:
        """Before a test with a browser: Playwright expects its mark to be there."""
        if self._loop is not None:
            asyncio._set_running_loop(self._loop)

    def close(self) -> None:
        """Ends every browser that was started."""
        self.wake()
        for one in self._started.values():
            one.close()
        if self._playwright is not None:
            self._playwright.stop()
            asyncio._set_running_loop(None)


@dataclass
class Watch:
    """What a tab met: its last document as the server sent it, and what went wrong on the way."""

    script: bool
    document: Response | None = None
    problems: list[str] = field(default_factory=list)
    _fetched: tuple[Response, str] | None = None

    @property
    def html(self) -> str:
        """The last document as it was sent, fetched from the browser once."""
        if self.document is None:
            raise RuntimeError("the tab has not opened a page yet")
        if self._fetched is None or self._fetched[0] is not self.document:
            self._fetched = (self.document, self.document.text())
        return self._fetched[1]

    def saw_reply(self, reply: Response) -> None:
        if reply.request.is_navigation_request() and reply.frame.parent_frame is None:
            if not 300 <= reply.status < 400:
                self.document = reply
        elif reply.status >= 400:
            self.problems.append(f"{reply.status} for {reply.url}")

    def saw_message(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NOT_AN_ERROR):
            self.problems.append(message.text)


class Tabs:
    """Opens tabs for one test, each in a context of its own, and closes them when it ends."""

    def __init__(self, browsers: Browsers, *, carrying: str = "") -> None:
        """`carrying` is a script that is put into every document of tabs with script on."""
        self._browsers = browsers
        self._carrying = carrying
        self._contexts: list[BrowserContext] = []
        self._watches: dict[Page, Watch] = {}

    def open(
        self,
        url: str | None = None,
        *,
        script: bool = False,
        browser: Kind = "chromium",
        width: int = 1280,
        height: int = 900,
        **emulated: Any,
    ) -> Page:
        """A new tab, at the address if one is given. Script is off unless asked for: pages must work without.

        `emulated` goes to Playwright's `new_context`, for example `forced_colors="active"`.
        """
        context = self._browsers.browser(browser, script=script).new_context(
            java_script_enabled=script, viewport={"width": width, "height": height}, **emulated
        )
        context.set_default_timeout(10_000)
        if script and self._carrying:
            context.add_init_script(self._carrying)
        self._contexts.append(context)
        return self._tab(context, url, script=script)

    def beside(self, page: Page, url: str | None = None) -> Page:
        """Another tab with the same cookies: a person who opens a second window."""
        return self._tab(page.context, url, script=self._watches[page].script)

    def _tab(self, context: BrowserContext, url: str | None, *, script: bool) -> Page:
        page = context.new_page()
        watch = self._watches[page] = Watch(script)
        page.on("response", watch.saw_reply)
        page.on("console", watch.saw_message)
        page.on("pageerror", lambda error: watch.problems.append(str(error)))
        if url is not None:
            page.goto(url)
        return page

    def checking(self, page: Page, html: str) -> Page:
        """The same document in a context where checkers can run their script; close its context afterwards.

        The address and the cookies are the same, and the server is not asked for the document again.
        """
        browser = page.context.browser
        if browser is None or page.viewport_size is None:
            raise RuntimeError("only tabs opened here can be checked")
        context = browser.new_context(bypass_csp=True, viewport=page.viewport_size)
        context.add_cookies(page.context.cookies())
        copy = context.new_page()
        address = page.url.split("#")[0]
        copy.route(
            lambda url: url.split("#")[0] == address,
            lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"),
        )
        copy.goto(page.url)
        return copy

    def watch(self, page: Page) -> Watch:
        """What this tab met so far."""
        return self._watches[page]

    def problems(self) -> list[str]:
        """Broken files, errors of scripts and blocked content in any tab of the test, told once."""
        told = [problem for watch in self._watches.values() for problem in watch.problems]
        for watch in self._watches.values():
            watch.problems.clear()
        return told

    def keep_pictures(self, name: str) -> None:
        """After a failure: what each tab showed and its HTML, under `.build/failed-pages`."""
        LEFT_BEHIND.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(page for page in self._watches if not page.is_closed()):
            page.screenshot(path=LEFT_BEHIND / f"{name}-{number}.png", full_page=True)
            (LEFT_BEHIND / f"{name}-{number}.html").write_text(page.content(), encoding="utf-8")

    def close(self) -> None:
        """Closes every tab."""
        for context in self._contexts:
            context.close()
