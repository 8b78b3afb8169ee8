"""What no page of ours may carry: traps for keys, pointers and readers, and anything the policy blocks.

Ids and tags are judged here too, because a page that is not whole misleads every other rule.
"""

import re
from collections.abc import Iterator

from accessibility.page_rules.fault import Fault, Rule
from accessibility.page_rules.frame import error_summary
from accessibility.page_rules.tree import Element, Page

REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list", "form")
# A native look or message that differs between browsers and readers, and why it is not ours to use.
TRAPS = {
    "required": "the browser's own message is not ours and not in the page",
    "placeholder": "it vanishes when typing starts and is too pale",
    "title": "a tooltip opens on hover only",
    "contenteditable": "it is not a form field",
    "draggable": "nothing is dragged here",
    "target": "a new window loses Back",
}
OUR_SCRIPT = re.compile(r"/static/[a-z]+(\.[0-9a-f]{16})?\.js")
HELD_OR_HOVERED = ("ondblclick", "ondrag", "oncontextmenu", "onmouseover", "onmousedown", "ontouchstart")


def whole(page: Page) -> Iterator[Fault]:
    """S02: a doctype, balanced tags, ids that are unique, and references that meet something."""
    if page.document.get("doctype") != "doctype html":
        yield Fault(Rule.WHOLE, "The page does not start with <!doctype html>.")
    for problem in page.problems:
        yield Fault(Rule.WHOLE, problem)
    for name, holders in page.by_id.items():
        if len(holders) > 1 or not name or name.split() != [name]:
            yield Fault(Rule.WHOLE, f'The id "{name}" stands on {len(holders)} elements or is no id.')
    for one in page.document.walk():
        for attribute in REFERENCES:
            for name in (one.get(attribute) or "").split():
                if name not in page.by_id:
                    yield Fault(Rule.WHOLE, f'{one} refers to "{name}" by {attribute}, which is not there.')
        href = one.get("href") or ""
        if one.tag == "a" and href.startswith("#") and href[1:] not in page.by_id:
            yield Fault(Rule.WHOLE, f'{one} leads to "{href}", which is not there.')


def traps(page: Page) -> Iterator[Fault]:
    """No native messages, tooltips, new windows; no `details` and nothing disabled on pages of a sitting."""
    for one in page.body.walk():
        if one.tag == "iframe" or one.closest("svg") is not None:
            continue
        for attribute, why in TRAPS.items():
            if one.has(attribute):
                yield Fault(Rule.NO_TRAPS, f"{one} has {attribute}: {why}.")
        if page.kind.is_sitting and one.tag in ("details", "dialog"):
            yield Fault(Rule.NO_TRAPS, f"{one} hides words that a reader then passes over.")
        if page.kind.is_sitting and (one.has("disabled") or one.get("aria-disabled") == "true"):
            yield Fault(Rule.NO_TRAPS, f"{one} is disabled, which nobody explains.")


def tab_order(page: Page) -> Iterator[Fault]:
    """S08: nothing jumps the order of the page."""
    for one in page.body.walk():
        if one.has("tabindex") and one.get("tabindex") not in ("0", "-1"):
            yield Fault(Rule.TAB_ORDER, f"{one} has the tabindex {one.get('tabindex')}.")


def start_place(page: Page) -> Iterator[Fault]:
    """R05: only the `h1`, the first answer, a notice or an error summary takes the focus, and never two of them.

    The first two are a person's choice; what has just happened comes before both.
    """
    starting = [one for one in page.document.walk() if one.has("autofocus")]
    summary = error_summary(page)
    notices = [one for one in page.document.walk() if _is_notice(one)]
    for one in starting:
        in_summary = summary is not None and one in list(summary.walk())
        if not (in_summary or one in notices or one.tag == "h1" or _is_first_answer(one)):
            yield Fault(Rule.START_PLACE, f"{one} takes the focus when the page opens.")
        elif not _is_first_answer(one) and one.get("tabindex") != "-1":
            yield Fault(
                Rule.START_PLACE, f"{one} takes the focus and is a stop of the Tab key, or cannot hold it."
            )
        if summary is not None and not in_summary:
            yield Fault(Rule.START_PLACE, f"{one} takes the focus although there is an error summary.")
        elif notices and not in_summary and one not in notices:
            yield Fault(Rule.START_PLACE, f"{one} takes the focus although there is a notice.")
    if len(starting) > 1:
        yield Fault(Rule.START_PLACE, f"{len(starting)} elements ask for the focus.")


def _is_notice(element: Element) -> bool:
    return "notice" in (element.get("class") or "").split()


def _is_first_answer(element: Element) -> bool:
    return element.tag in ("input", "button") and element.get("id") == "a1"


def keys(page: Page) -> Iterator[Fault]:
    """K09: no key is taken away from the person's own software."""
    for one in page.document.walk():
        for attribute in ("accesskey", "aria-keyshortcuts"):
            if one.has(attribute):
                yield Fault(Rule.NO_KEY_TAKEN, f"{one} has {attribute}.")


def pointer(page: Page) -> Iterator[Fault]:
    """K12: nothing reacts by an inline handler, on hover, on press or on a script address."""
    for one in page.document.walk():
        for attribute in one.attributes:
            if attribute.startswith("on"):
                held = " (held, hovered or dragged)" if attribute.startswith(HELD_OR_HOVERED) else ""
                yield Fault(Rule.PLAIN_POINTER, f"{one} has {attribute}{held}.")
        for attribute in ("href", "action", "formaction", "src"):
            if (one.get(attribute) or "").strip().lower().startswith("javascript:"):
                yield Fault(Rule.PLAIN_POINTER, f"{one} runs a script from its {attribute}.")


def files_only(page: Page) -> Iterator[Fault]:
    """Styles and scripts are files: the content security policy allows nothing inline."""
    for one in page.document.walk():
        if one.get("style"):  # an empty one, as tools leave it behind, styles nothing
            yield Fault(Rule.FILES_ONLY, f"{one} has a style of its own.")
        if one.tag == "style" or (one.tag == "script" and not one.get("src")):
            yield Fault(Rule.FILES_ONLY, f"There is an inline {one.tag}.")


def one_script(page: Page) -> Iterator[Fault]:
    """A page of a sitting has one script and any other page at most one: ours, deferred, in the head, a file.

    Nothing depends on it, and deferred it holds up no paint.
    """
    scripts = [one for one in page.document.walk() if one.tag == "script"]
    least = 1 if page.kind.is_sitting else 0
    if not least <= len(scripts) <= 1:
        yield Fault(Rule.ONE_SCRIPT, f"There are {len(scripts)} scripts; a page has one.")
    for one in scripts:
        if one.closest("head") is None:
            yield Fault(Rule.ONE_SCRIPT, f"{one} stands outside the head.")
        if set(one.attributes) != {"src", "defer"}:
            yield Fault(Rule.ONE_SCRIPT, f"{one} is not a deferred file and nothing else.")
        if not OUR_SCRIPT.fullmatch(one.get("src") or ""):
            yield Fault(Rule.ONE_SCRIPT, f"{one} is not a script of ours.")


def nothing_moves(page: Page) -> Iterator[Fault]:
    """T09: no timed reload or redirect, nothing that starts, scrolls or blinks by itself."""
    for one in page.document.walk():
        if one.tag == "meta" and (one.get("http-equiv") or "").lower() == "refresh":
            yield Fault(Rule.NOTHING_MOVES, "The page reloads or leaves by itself.")
        if one.tag in ("marquee", "blink") or one.has("autoplay") or _animates(one):
            yield Fault(Rule.NOTHING_MOVES, f"{one} moves by itself.")


def _animates(element: Element) -> bool:
    return element.tag in ("animate", "animatetransform", "animatemotion", "set")


RULES = (whole, traps, tab_order, start_place, keys, pointer, files_only, one_script, nothing_moves)
