"""What a control is called: the words people see on it and the name that software gives it.

A simplification of the accessible name computation, enough for pages of plain HTML: references,
`aria-label`, labels, alternative text and content, in that order.
"""

import re
from collections.abc import Iterator

from accessibility.page_rules.tree import UNSPOKEN, Element, Page

FIELDS = ("input", "select", "textarea")
NOT_A_FIELD = frozenset({"hidden", "submit", "button", "reset", "image"})
VISUALLY_HIDDEN = frozenset({"vh", "visually-hidden", "govuk-visually-hidden"})


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation: what a person says to a voice control."""
    return re.findall(r"[^\W_]+", text.lower())


def is_field(element: Element) -> bool:
    """Whether a person types, ticks or chooses something here."""
    if element.tag == "input":
        return (element.get("type") or "text") not in NOT_A_FIELD
    return element.tag in FIELDS


def is_button(element: Element) -> bool:
    """Whether pressing it does something; the hidden default button of a form is not one."""
    if element.has("hidden"):
        return False
    if element.tag == "input":
        return element.get("type") in ("submit", "button", "reset", "image")
    return element.tag == "button" or element.get("role") == "button"


def is_link(element: Element) -> bool:
    """Whether it leads to an address."""
    return element.tag == "a" and element.has("href")


def is_hidden(element: Element) -> bool:
    """Whether neither eyes nor software meet it: `hidden` on it or around it."""
    return element.has("hidden") or any(one.has("hidden") for one in element.ancestors())


def labels_of(element: Element, page: Page) -> list[Element]:
    """The `label` elements of a field: those that point to it and the one around it."""
    name = element.get("id")
    pointing = [one for one in page.all("label") if name and one.get("for") == name]
    around = element.closest("label")
    return pointing if around is None or around in pointing else [*pointing, around]


def accessible_name(element: Element, page: Page) -> str:
    """The name that software reads out, white space folded; empty where there is none."""
    references = (element.get("aria-labelledby") or "").split()
    referred = [page.with_id(reference) for reference in references]
    if any(referred):
        return _folded(" ".join(_spoken(one) for one in referred if one is not None))
    if (element.get("aria-label") or "").strip():
        return _folded(element.attributes["aria-label"])
    if is_field(element):
        return _folded(" ".join(_spoken(label) for label in labels_of(element, page)))
    if element.tag == "input":
        return _folded(element.get("value") or element.get("alt") or "")
    if element.tag in ("fieldset", "figure", "table"):
        naming = {"fieldset": "legend", "figure": "figcaption", "table": "caption"}[element.tag]
        return _folded(" ".join(_spoken(one) for one in element.children() if one.tag == naming))
    return _folded(_spoken(element))


def visible_label(element: Element, page: Page) -> str:
    """The words that people see on or beside the control, white space folded."""
    if is_field(element):
        return _folded(" ".join(_seen(label) for label in labels_of(element, page)))
    if element.tag == "input":
        return _folded(element.get("value") or "")
    return _folded(_seen(element))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _spoken(element: Element) -> str:
    return "".join(_strings(element, spoken=True))


def _seen(element: Element) -> str:
    return "".join(_strings(element, spoken=False))


def _strings(element: Element, *, spoken: bool) -> Iterator[str]:
    if element.tag in UNSPOKEN or element.has("hidden"):
        return
    if spoken and element.get("aria-hidden") == "true":
        return
    if not spoken and VISUALLY_HIDDEN & set((element.get("class") or "").split()):
        return
    if element.tag == "img" and spoken:
        yield f" {element.get('alt') or ''} "
    for item in element.content:
        if isinstance(item, str):
            yield item
        else:
            yield from _strings(item, spoken=spoken)
