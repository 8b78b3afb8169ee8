"""The rule for error pages (F01): a summary that leads to the field and says the same words twice."""

from collections.abc import Iterator

from accessibility.page_rules.fault import Fault, Rule
from accessibility.page_rules.forms import is_answer
from accessibility.page_rules.frame import error_summary
from accessibility.page_rules.names import is_field, labels_of
from accessibility.page_rules.tree import Element, Page

MESSAGE_CLASSES = frozenset({"error-message", "govuk-error-message"})
SAID_BEFORE = "Error:"


def errors(page: Page) -> Iterator[Fault]:
    """F01: the summary stands first in `main`; each of its links meets a field and its words again there."""
    summary = error_summary(page)
    messages = [
        one for one in page.document.walk() if MESSAGE_CLASSES & set((one.get("class") or "").split())
    ]
    if summary is None:
        if messages:
            yield Fault(
                Rule.ERRORS, f'"{messages[0].text()}" stands by a field and there is no error summary.'
            )
        return
    yield from _summary_itself(summary)
    for link in summary.all("a"):
        target = page.with_id((link.get("href") or "#")[1:])
        if target is None or not (is_field(target) or is_answer(target)):
            yield Fault(Rule.ERRORS, f'"{link.text()}" leads to "{link.get("href")}", which is no field.')
        elif link.text() not in _words_beside(target, page, messages):
            yield Fault(Rule.ERRORS, f'"{link.text()}" is in the summary and not beside its field.')
    linked = {link.text() for link in summary.all("a")}
    for message in messages:
        if _message_text(message) not in linked:
            yield Fault(Rule.ERRORS, f'"{_message_text(message)}" stands by a field and not in the summary.')


def _summary_itself(summary: Element) -> Iterator[Fault]:
    main = summary.closest("main")
    stops = [
        one for one in (main.walk() if main is not None else []) if one.tag in ("h1", "form", "input", "a")
    ]
    if main is None or (
        stops and stops[0] not in list(summary.walk()) and summary not in stops[0].ancestors()
    ):
        yield Fault(Rule.ERRORS, "The error summary does not stand first in main.")
    if not any(one.tag in ("h2", "h3") for one in summary.walk()):
        yield Fault(Rule.ERRORS, "The error summary has no heading.")
    if not any(one.get("tabindex") == "-1" and one.has("autofocus") for one in summary.walk()):
        yield Fault(Rule.ERRORS, 'The error summary does not take the focus (tabindex="-1" autofocus).')
    if not summary.all("a"):
        yield Fault(Rule.ERRORS, "The error summary leads to no field.")


def _message_text(message: Element) -> str:
    return message.text().removeprefix(SAID_BEFORE).strip()


def _words_beside(field: Element, page: Page, messages: list[Element]) -> set[str]:
    """The messages that belong to a field: described by, in its label, or in its group's legend or fieldset."""
    group = field.closest("fieldset")
    described = {name for one in (field, group) if one is not None for name in _references(one)}
    around = [*labels_of(field, page), *([group] if group is not None else [])]
    return {
        _message_text(one)
        for one in messages
        if one.get("id") in described or any(near in one.ancestors() for near in around)
    }


def _references(element: Element) -> list[str]:
    return (element.get("aria-describedby") or "").split()


RULES = (errors,)
