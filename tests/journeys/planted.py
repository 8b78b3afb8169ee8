"""The faults that are planted in real pages, by id, and the check in the browser that should see each of them.

What each is in plain words, and which layers find it, is `accessibility/planted_faults.toml`; a test holds the two
together. How a fault gets into a page is `tests.support.planting`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from playwright.sync_api import Page

from tests.support.behaving import (
    leaves_on_choosing,
    leaves_on_enter,
    loose_keys,
    starts_elsewhere,
    talks_by_itself,
    talks_of_saving,
)
from tests.support.colours import weak_text
from tests.support.focus import weak_rings
from tests.support.layout import order_faults, sideways_scroll, small_targets
from tests.support.planting import Fault

TABLE = Path("accessibility/planted_faults.toml")
START, QUESTION, ERROR, REVIEW = "start", "question", "error", "review"
SAY = "document.getElementById('say')"
NEXT = "document.querySelector('[name=action][value=next]')"
CLOCK = '<p class="band__clock"'
NEXT_BUTTON = '<button class="govuk-button" name="action" value="next">'
FLAG_BUTTON = '<button class="govuk-button govuk-button--secondary" name="action" value="flag">'
SUMMARY = '<div class="govuk-error-summary" tabindex="-1" autofocus>'
TICK = "let left = 720; setInterval(() => { clock.firstElementChild.textContent = `${left--} seconds left`; }, 250);"


def _order(page: Page) -> list[str]:
    return order_faults(page, 320)


def _sideways(page: Page) -> list[str]:
    return sideways_scroll(page, 320)


FAULTS: dict[str, Fault] = {
    "no-legend": Fault(QUESTION, (("<legend", "<div"), ("</legend>", "</div>"))),
    "no-group": Fault(QUESTION, (("<fieldset", "<div"), ("</fieldset>", "</div>"))),
    "clock-is-a-timer": Fault(QUESTION, ((CLOCK, f'{CLOCK} role="timer"'),)),
    "clock-speaks": Fault(
        QUESTION,
        script=f"const clock = document.querySelector('.band__clock'); clock.ariaLive = 'polite'; {TICK}",
        measure=talks_by_itself,
    ),
    "saving-speaks": Fault(
        QUESTION,
        script=f"addEventListener('change', () => {{ {SAY}.textContent = `Saved ${{performance.now()}}`; }});",
        measure=talks_of_saving,
    ),
    "focus-lost-after-error": Fault(
        ERROR, ((SUMMARY, '<div class="govuk-error-summary">'),), measure=starts_elsewhere
    ),
    "name-unlike-words": Fault(
        QUESTION, ((NEXT_BUTTON, NEXT_BUTTON.replace(">", ' aria-label="Go forward">')),)
    ),
    "tab-order-jumps": Fault(QUESTION, ((FLAG_BUTTON, FLAG_BUTTON.replace(">", ' tabindex="3">')),)),
    "answers-seen-in-another-order": Fault(
        QUESTION,
        style=".govuk-radios { display: flex !important; flex-direction: column-reverse !important; }",
        measure=_order,
    ),
    "link-says-here": Fault(START, (("I do not have a code: ask a person for help</a>", "here</a>"),)),
    "title-silent-about-error": Fault(ERROR, (("<title>Error: ", "<title>"),)),
    "error-not-linked": Fault(ERROR, (('<a href="#a1">', '<a href="#main">'),)),
    "pale-words": Fault(QUESTION, style=".count { color: #8a8a8a !important; }", measure=weak_text),
    "no-focus-ring": Fault(
        START,
        style=":focus-visible, :focus { outline: none !important; box-shadow: none !important;"
        " background: inherit !important; color: inherit !important; border-color: #505a5f !important; }",
        measure=weak_rings,
    ),
    "small-targets": Fault(
        REVIEW, style="main a { min-height: 0 !important; padding: 0 !important; }", measure=small_targets
    ),
    "starts-at-an-answer": Fault(QUESTION, (('id="a1"', 'id="a1" autofocus'),), measure=starts_elsewhere),
    "choosing-submits": Fault(
        QUESTION,
        script=f"document.querySelector('form').addEventListener('change', () => {NEXT}.click());",
        measure=leaves_on_choosing,
    ),
    "enter-submits": Fault(
        QUESTION,
        (('<button type="submit" name="action" value="stay" hidden></button>', ""),),
        measure=leaves_on_enter,
        alone=True,
    ),
    "picture-without-words": Fault(QUESTION, (('" alt="', '" data-alt="'),)),
    "picture-called-after-its-file": Fault(QUESTION, (('" alt="', '" alt="sign-4.svg" data-alt="'),)),
    "two-of-one-id": Fault(QUESTION, (('id="a2"', 'id="a1"'), ('for="a2"', 'for="a1"'))),
    "heading-level-left-out": Fault(REVIEW, (("<h2", "<h4"), ("</h2>", "</h4>"))),
    "two-main-headings": Fault(REVIEW, (("<h2", "<h1"), ("</h2>", "</h1>"))),
    "accesskey": Fault(QUESTION, ((FLAG_BUTTON, FLAG_BUTTON.replace(">", ' accesskey="f">')),)),
    "single-key-everywhere": Fault(
        QUESTION,
        script=f"addEventListener('keydown', one => {{ if (one.key === 'n') {NEXT}.focus(); }});",
        measure=loose_keys,
    ),
    "no-language": Fault(QUESTION, ((' lang="en-GB"', ""),)),
    "message-interrupts": Fault(QUESTION, (('aria-live="polite"', 'aria-live="assertive"'),)),
    "label-only-inside-the-field": Fault(
        START,
        (('for="code"', 'for="other"'), ('id="code" name', 'id="code" placeholder="Your test code" name')),
    ),
    "page-reloads-itself": Fault(QUESTION, (("<title>", '<meta http-equiv="refresh" content="60"><title>'),)),
    "wider-than-the-window": Fault(
        QUESTION, style=".count { display: block; width: 900px !important; }", measure=_sideways
    ),
}


def table() -> dict[str, list[str]]:
    """The layers that find each fault, as the published table says."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["fault"]
    return {row["id"]: row["layers"] for row in rows}
