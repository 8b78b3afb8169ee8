"""Rules for forms and what they send: method, token, default button, pictures' words, `autocomplete`.

Labels and names of the fields are judged in `controls`.
"""

import re
from collections.abc import Iterator

from accessibility.page_rules.fault import Fault, PageKind, Rule
from accessibility.page_rules.names import is_hidden
from accessibility.page_rules.tree import Element, Page

CSRF_FIELD = re.compile(r"csrf", re.IGNORECASE)
ABOUT_A_PERSON = """off on name honorific-prefix given-name additional-name family-name honorific-suffix nickname
username new-password current-password one-time-code organization-title organization street-address address-line1
address-line2 address-line3 address-level1 address-level2 address-level3 address-level4 country country-name
postal-code bday bday-day bday-month bday-year language sex url photo tel tel-country-code tel-national email"""
PURPOSES = frozenset(ABOUT_A_PERSON.split())
ASKS_ABOUT_A_PERSON = frozenset({"email", "tel", "password"})


def is_token(field: Element) -> bool:
    """Whether a hidden field only guards its form: against forged requests, or against a second save."""
    return bool(CSRF_FIELD.search(field.get("name") or "")) or field.get("name") == "rev"


def pictures(page: Page) -> Iterator[Fault]:
    """S12: every picture has alternative text or says that it needs none, and is not called after its file."""
    for one in page.all("img", "svg", "area"):
        if is_hidden(one) or one.closest("svg") is not None:
            continue
        if one.tag == "svg":
            named = one.get("role") == "img" and (one.get("aria-label") or one.all("title"))
            if one.get("aria-hidden") != "true" and not named:
                yield Fault(Rule.PICTURES, f'{one} is neither aria-hidden nor a named role="img".')
        elif not one.has("alt"):
            yield Fault(Rule.PICTURES, f"{one} has no alt.")
        elif re.search(r"\.(svg|png|jpe?g|gif|webp)$", one.attributes["alt"], re.IGNORECASE):
            yield Fault(Rule.PICTURES, f"{one} has its file's name for a description.")


def forms(page: Page) -> Iterator[Fault]:
    """Forms name their method, leave checking to the server and carry a token when they change anything."""
    for form in page.all("form"):
        method = (form.get("method") or "").lower()
        if method not in ("get", "post"):
            yield Fault(Rule.FORMS, f'{form} has the method "{method}"; say get or post.')
        if not form.has("novalidate"):
            yield Fault(Rule.FORMS, f"{form} has no novalidate, so the browser's own messages come up.")
        tokens = [one for one in form.all("input") if CSRF_FIELD.search(one.get("name") or "")]
        if method == "post" and not any(one.get("type") == "hidden" and one.get("value") for one in tokens):
            yield Fault(Rule.FORMS, f"{form} posts without a token against forged requests.")
        if method == "get" and tokens:
            yield Fault(Rule.FORMS, f"{form} puts its token into the address.")
    for button in page.all("button"):
        if button.get("type") not in ("submit", "button", None):
            yield Fault(Rule.FORMS, f"{button} would empty the form.")


def is_answer(element: Element) -> bool:
    """A radio, a box, a button that chooses, or the cover over an answer."""
    if element.tag == "input":
        return element.get("type") in ("radio", "checkbox")
    covers = element.get("name") == "action" and (element.get("value") or "").startswith("show-")
    return element.tag == "button" and (element.get("name") == "choose" or covers)


def enter_stays(page: Page) -> Iterator[Fault]:
    """K05: the form with the answers starts with a hidden default button that stays on the page."""
    if page.kind is not PageKind.QUESTION:
        return
    answers = [one for one in page.document.walk() if is_answer(one)]
    form = answers[0].closest("form") if answers else None
    if form is None:
        yield Fault(Rule.ENTER_STAYS, "There are no answers inside a form on this question page.")
        return
    submits = [one for one in form.all("button") if one.get("type") in (None, "submit")]
    first = submits[0] if submits else None
    asked = ("action", "stay")
    if first is None or not first.has("hidden") or (first.get("name"), first.get("value")) != asked:
        yield Fault(Rule.ENTER_STAYS, f'Enter on an answer presses {first}, not a hidden "stay" button.')
    elif first.has("disabled"):
        yield Fault(Rule.ENTER_STAYS, "The hidden default button is disabled, and Chromium passes it over.")
    if form.get("autocomplete") != "off":
        yield Fault(
            Rule.ENTER_STAYS, 'The form has no autocomplete="off", so Back ticks an answer never saved.'
        )


def purpose(page: Page) -> Iterator[Fault]:
    """S14: `autocomplete` holds known words, and fields about a person have it."""
    for one in page.all("input", "select", "textarea"):
        tokens = (one.get("autocomplete") or "").lower().split()
        unknown = [token for token in tokens if token not in PURPOSES and not token.startswith("section-")]
        if unknown:
            yield Fault(
                Rule.PURPOSE, f'{one} has the autocomplete "{" ".join(unknown)}", which nothing knows.'
            )
        if one.get("type") in ASKS_ABOUT_A_PERSON and not tokens:
            yield Fault(Rule.PURPOSE, f"{one} asks about a person and has no autocomplete.")


RULES = (pictures, forms, enter_stays, purpose)
