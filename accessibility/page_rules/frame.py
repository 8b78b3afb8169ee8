"""Rules for the frame of a page: title, headings, landmarks, language, skip link, position, live region.

The shape is the shared page of the interface design; what stands inside `main` is judged elsewhere.
"""

import re
from collections.abc import Iterator

from accessibility.page_rules.fault import Fault, PageKind, Rule
from accessibility.page_rules.names import accessible_name, is_button, is_field, is_hidden, is_link
from accessibility.page_rules.tree import UNSPOKEN, Element, Page

ENDING = {PageKind.STAFF: " – Clearway"}
CANDIDATE_ENDING = " – Driving theory test"
ERROR_FIRST = "Error: "
POSITION = re.compile(r"Question (\d+) of (\d+)")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LANDMARKS = frozenset({"header", "main", "aside", "footer", "nav"})
SECTIONING = ("article", "aside", "main", "nav", "section")
LIVE_ROLES = frozenset({"status", "alert", "timer", "log", "marquee"})
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SAY_ID = "say"


def error_summary(page: Page) -> Element | None:
    """The box at the top of `main` that lists what went wrong, where the page has one."""
    return next((one for one in page.document.walk() if _is_error_summary(one)), None)


def _is_error_summary(element: Element) -> bool:
    classes = (element.get("class") or "").split()
    return "error-summary" in classes or "govuk-error-summary" in classes


def title(page: Page) -> Iterator[Fault]:
    """S03: one title, new words first, the service last, "Error: " before all after a failed submit."""
    titles = [one for one in page.all("title") if one.closest("svg") is None]
    if len(titles) != 1:
        yield Fault(Rule.TITLE, f"There are {len(titles)} titles; a page has one.")
        return
    words = titles[0].text()
    ending = ENDING.get(page.kind, CANDIDATE_ENDING)
    if not words.endswith(ending) or words in (ending.strip(), ending):
        yield Fault(Rule.TITLE, f'The title "{words}" does not end with "{ending}" after words of its own.')
    if error_summary(page) is not None and not words.startswith(ERROR_FIRST):
        yield Fault(
            Rule.TITLE, f'There is an error summary and the title "{words}" does not start "Error: ".'
        )
    if error_summary(page) is None and words.startswith("Error"):
        yield Fault(Rule.TITLE, f'The title "{words}" says Error and there is no error summary.')


def headings(page: Page) -> Iterator[Fault]:
    """S04: exactly one `h1`, first, inside the legend on a question page, and no level left out."""
    found = [one for one in page.all(*HEADINGS) if not is_hidden(one)]
    firsts = [one for one in found if one.tag == "h1"]
    if len(firsts) != 1:
        yield Fault(Rule.HEADINGS, f"There are {len(firsts)} h1 headings; a page has one.")
    if page.kind is PageKind.QUESTION and any(one.closest("legend") is None for one in firsts):
        yield Fault(Rule.HEADINGS, "The h1 of a question page stands outside the legend.")
    level = 0
    for one in found:
        if not accessible_name(one, page):
            yield Fault(Rule.HEADINGS, f"{one} has no words.")
        if any(_is_error_summary(around) for around in one.ancestors()):
            continue  # it stands before the h1 on purpose, and leads no section of the page
        if int(one.tag[1]) > level + 1:
            yield Fault(
                Rule.HEADINGS, f'"{one.text()}" is an {one.tag} after level {level}: a level is left out.'
            )
        level = int(one.tag[1])


def landmarks(page: Page) -> Iterator[Fault]:
    """S05: one `header`, one `main`, on pages of a sitting one labelled `aside`; all content inside one."""
    top = [one for one in page.all(*LANDMARKS) if one.tag != "header" or one.closest(*SECTIONING) is None]
    for tag in ("header", "main"):
        count = sum(one.tag == tag for one in top)
        if count != 1:
            yield Fault(Rule.LANDMARKS, f"There are {count} {tag} landmarks; a page has one.")
    asides = [one for one in top if one.tag == "aside"]
    if page.kind.is_sitting and len(asides) != 1:
        yield Fault(Rule.LANDMARKS, f"There are {len(asides)} asides; a page of a sitting has one.")
    navs = [one for one in top if one.tag == "nav"]
    for one in asides + (navs if len(navs) > 1 else []):
        if not (one.get("aria-label") or one.get("aria-labelledby")):
            yield Fault(Rule.LANDMARKS, f"{one} has no label.")
    for stray in _outside_landmarks(page.body):
        yield Fault(Rule.LANDMARKS, f"{stray} stands outside every landmark.")


def _outside_landmarks(element: Element) -> Iterator[str]:
    for item in element.content:
        if isinstance(item, str):
            if item.strip():
                yield f'The text "{item.strip()[:40]}"'
        elif _needs_no_landmark(item):
            continue
        elif item.tag in ("img", "svg", "video", "audio") or is_field(item) or is_button(item):
            yield str(item)
        else:
            yield from _outside_landmarks(item)


def _needs_no_landmark(element: Element) -> bool:
    is_one = element.tag in LANDMARKS or element.tag in UNSPOKEN or element.tag == "noscript"
    return is_one or element.get("id") == SAY_ID or element.has("hidden") or _is_skip_link(element)


def language(page: Page) -> Iterator[Fault]:
    """S06: the language of the page is set, and every `lang` is a language tag."""
    roots = page.all("html")
    if not roots or not roots[0].get("lang"):
        yield Fault(Rule.LANGUAGE, "The html element has no lang.")
    for one in page.document.walk():
        if one.has("lang") and not LANGUAGE_TAG.fullmatch(one.attributes["lang"]):
            yield Fault(Rule.LANGUAGE, f'{one} has the lang "{one.get("lang")}", which is no language.')


def _is_skip_link(element: Element) -> bool:
    return is_link(element) and (element.get("href") or "").startswith("#")


def skip_link(page: Page) -> Iterator[Fault]:
    """S07: the first thing that takes the focus is a link to `main`, which can hold it."""
    stops = (one for one in page.body.walk() if is_link(one) or is_button(one) or is_field(one))
    first = next(stops, None)
    if first is None or not _is_skip_link(first):
        yield Fault(Rule.SKIP_LINK, f"The first stop is {first}, not a skip link.")
        return
    target = page.with_id((first.get("href") or "")[1:])
    if target is None or target.tag != "main":
        yield Fault(Rule.SKIP_LINK, f'The skip link leads to "{first.get("href")}", which is not main.')
    elif target.get("tabindex") != "-1":
        yield Fault(Rule.SKIP_LINK, 'main has no tabindex="-1", so the focus cannot move there.')


def position(page: Page) -> Iterator[Fault]:
    """S11: a question page says "Question 12 of 50" first in its title and the same in its header."""
    if page.kind is not PageKind.QUESTION:
        return
    titles = page.all("title")
    told = POSITION.match(titles[0].text().removeprefix(ERROR_FIRST)) if titles else None
    if told is None:
        yield Fault(Rule.POSITION, 'The title does not start with "Question … of …".')
        return
    if not any(told[0] in one.text() for one in page.all("header")):
        yield Fault(Rule.POSITION, f'The header does not say "{told[0]}".')


def live_region(page: Page) -> Iterator[Fault]:
    """R08: on pages of a sitting one polite, empty live region and nothing else that speaks by itself."""
    regions = [one for one in page.document.walk() if one.has("aria-live")]
    if len(regions) > 1 or (page.kind.is_sitting and not regions):
        yield Fault(Rule.LIVE_REGION, f"There are {len(regions)} live regions; a page of a sitting has one.")
    for one in regions:
        shape = (one.tag, one.get("aria-live"), one.get("aria-atomic"), one.get("id"))
        if shape != ("div", "polite", "true", SAY_ID) or one.has("role"):
            yield Fault(Rule.LIVE_REGION, f"{one} is not the one polite, atomic div with the id {SAY_ID}.")
        if one.text() or any(one.children()):
            yield Fault(Rule.LIVE_REGION, f"{one} is not empty, so a full read says it again.")
    for one in page.document.walk():
        roles = LIVE_ROLES & set((one.get("role") or "").split())
        summary = any(_is_error_summary(near) for near in (one, *one.ancestors()))
        if (roles and not (roles == {"alert"} and summary)) or one.tag == "output":
            yield Fault(Rule.LIVE_REGION, f"{one} speaks by itself; only the error summary may.")


RULES = (title, headings, landmarks, language, skip_link, position, live_region)
