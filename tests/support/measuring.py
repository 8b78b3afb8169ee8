"""Measuring a page from outside its scripts: what is seen of it and where, and styles laid over it for a while.

Works in tabs with script switched off too, because nothing here waits for the page's own timers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

# What every measurement may use: `seen`, `boxOf`, `tell`, `texts`, `controls`.
PRELUDE = """
const tell = e => e.outerHTML.replace(/\\s+/g, ' ').slice(0, 90);
const seen = e => {
  if (!e.checkVisibility({checkVisibilityCSS: true})) return false;
  for (let at = e; at; at = at.parentElement) {
    const s = getComputedStyle(at), b = at.getBoundingClientRect();
    if (s.clipPath === 'inset(50%)' || s.clip === 'rect(0px, 0px, 0px, 0px)') return false;
    if (s.position === 'absolute' && (b.right < 0 || b.bottom + scrollY < 0)) return false;
  }
  return true;
};
const boxOf = e => { const b = e.getBoundingClientRect();
  return {left: b.left, top: b.top + scrollY, right: b.right, bottom: b.bottom + scrollY}; };
const texts = () => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    if (n.data.trim() && !['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(n.parentElement.tagName)
        && seen(n.parentElement)) found.push(n);
  }
  return found;
};
const textBox = n => { const r = document.createRange(); r.selectNodeContents(n);
  const b = r.getBoundingClientRect();
  return {left: b.left, top: b.top + scrollY, right: b.right, bottom: b.bottom + scrollY}; };
const controls = () => [...document.querySelectorAll('a[href],button,input,select,textarea,summary')]
  .filter(e => e.type !== 'hidden' && seen(e));
"""


def measure(page: Page, expression: str, argument: Any = None) -> Any:
    """The value of a JavaScript function body, with the prelude's names at hand and `told` for the argument."""
    return page.evaluate(f"told => {{ {PRELUDE} {expression} }}", argument)


@contextmanager
def laid_over(page: Page, style: str) -> Iterator[None]:
    """A style sheet over the page until the block ends; the page's own policy does not stop it."""
    page.evaluate(
        """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
           document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }""",
        style,
    )
    try:
        yield
    finally:
        page.evaluate("() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1); }")


@contextmanager
def resized(page: Page, width: int, height: int, text_percent: int = 100) -> Iterator[None]:
    """Another window size and text size until the block ends."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    try:
        with text_at(page, text_percent):
            yield
    finally:
        if before is not None:
            page.set_viewport_size(before)


@contextmanager
def text_at(page: Page, percent: int) -> Iterator[None]:
    """Text of another size until the block ends, as a browser set to larger letters shows it."""
    if percent == 100:
        yield
        return
    page.evaluate(
        """percent => { const root = document.documentElement;
           root.style.fontSize = parseFloat(getComputedStyle(root).fontSize) * percent / 100 + 'px'; }""",
        percent,
    )
    try:
        yield
    finally:
        page.evaluate("() => document.documentElement.removeAttribute('style')")
