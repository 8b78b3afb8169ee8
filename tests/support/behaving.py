"""What a page does by itself or when keys are pressed: what it says, where it starts, whether it leaves.

Each function gives what is wrong as sentences, empty when nothing is. They press keys and change what is chosen, so
each wants a page that was opened for it. How a page looks is measured elsewhere.
"""

from __future__ import annotations

import string

from playwright.sync_api import Page

from tests.support.keyboard import press

# Everything that assistive technology is told to speak of when it changes.
_OVERHEAR = """() => {
  const live = '[aria-live]:not([aria-live=off]),[role=status],[role=alert],[role=timer],[role=log],output';
  globalThis.overheard = [];
  new MutationObserver(all => {
    const said = new Set(all.map(one => (one.target.closest ? one.target : one.target.parentElement)?.closest(live)));
    for (const one of said) if (one?.textContent.trim()) overheard.push(one.textContent.trim());
  }).observe(document, {subtree: true, childList: true, characterData: true});
}"""
# Keeps the page from leaving, and what it would have sent or where it would have gone.
_HOLD = """() => {
  globalThis.sent = [];
  addEventListener('submit', one => { sent.push(one.submitter?.value || 'a form'); one.preventDefault(); }, true);
  HTMLFormElement.prototype.submit = () => sent.push('a form');
  navigation.addEventListener('navigate', one => { sent.push(one.destination.url); one.preventDefault(); });
}"""
_STATE = """() => [[...document.all].indexOf(document.activeElement), document.querySelectorAll(':checked').length,
  sent.length].join()"""
_FIRST_ANSWER = "[name=answer]"
QUIET_MS = 1600  # an answer is saved 800 ms after it was chosen; whoever says so has said it by then


def talks_by_itself(page: Page) -> list[str]:
    """T01, R08: what the page says while nothing is done."""
    page.evaluate(_OVERHEAR)
    page.wait_for_timeout(QUIET_MS)
    return [f"it says {words!r} by itself" for words in page.evaluate("overheard")]


def talks_of_saving(page: Page) -> list[str]:
    """R03, R09: what the page says after answers were chosen by arrows, beside the answers themselves."""
    page.evaluate(_OVERHEAR)
    page.locator(_FIRST_ANSWER).first.focus()
    press(page, "Space", "ArrowDown", "ArrowDown")
    page.wait_for_timeout(QUIET_MS)
    return [f"it says {words!r} after a choice" for words in page.evaluate("overheard")]


def starts_elsewhere(page: Page) -> list[str]:
    """R05, F01: the focus starts at the error summary where there is one, and else nowhere, as nobody chose a place."""
    here = page.evaluate(
        """() => { const e = document.activeElement, s = document.querySelector('.govuk-error-summary');
        if (s) return s === e ? '' : 'the focus is not on the error summary';
        return e === document.body ? '' : `the focus starts at ${e.outerHTML.slice(0, 90)}`; }"""
    )
    return [here] if here else []


def leaves_on_enter(page: Page) -> list[str]:
    """K05: what Enter on an answer sends, apart from `stay`."""
    return _sent_by(page, "Enter")


def leaves_on_choosing(page: Page) -> list[str]:
    """K06: what choosing by Space and by an arrow sends."""
    return _sent_by(page, "Space", "ArrowDown")


def _sent_by(page: Page, *keys: str) -> list[str]:
    page.evaluate(_HOLD)
    page.locator(_FIRST_ANSWER).first.focus()
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    sent: list[str] = page.evaluate("sent")
    return [f"{' and '.join(keys)} sent {what}" for what in sent if what != "stay"]


def loose_keys(page: Page) -> list[str]:
    """K07, K08: letters, figures and the question mark that do something outside the answers."""
    page.evaluate(_HOLD)
    found, before = [], page.evaluate(_STATE)
    for key in string.ascii_lowercase + "0123456789?":
        page.keyboard.press(key)
        if (after := page.evaluate(_STATE)) != before:
            found.append(f"{key} does something outside the answers")
            before = after
    return found
