"""Rules for controls: labels, groups of choices, links and names.

What a control may not carry at all (`required`, `accesskey`, …) stands in `bans`; forms in `forms`.
"""

from collections.abc import Iterator

from accessibility.page_rules.fault import Fault, Rule
from accessibility.page_rules.forms import is_token
from accessibility.page_rules.names import (
    accessible_name,
    is_button,
    is_field,
    is_hidden,
    is_link,
    visible_label,
    words,
)
from accessibility.page_rules.tree import Element, Page

SAYS_NOTHING = frozenset(
    {
        *("here", "click here", "this", "this page", "this link", "link", "more", "read more", "learn more"),
        *("find out more", "see more", "details", "view", "edit", "change", "open", "go"),
        *("continue", "next", "back", "previous"),
    }
)


def labels(page: Page) -> Iterator[Fault]:
    """Every field, button and link has a name, and a field has a label that can be seen or a label element."""
    for one in page.document.walk():
        if is_hidden(one) or not (is_field(one) or is_button(one) or is_link(one)):
            continue
        if not accessible_name(one, page):
            yield Fault(Rule.LABELS, f"{one} has no name.")
        elif is_field(one) and not visible_label(one, page) and not one.get("aria-labelledby"):
            yield Fault(Rule.LABELS, f"{one} has no label that can be seen.")
    for label in page.all("label"):
        target = label.get("for")
        if target is not None and not any(is_field(one) for one in page.by_id.get(target, [])):
            yield Fault(Rule.LABELS, f'{label} is for "{target}", and no field has that id.')


def groups(page: Page) -> Iterator[Fault]:
    """Radios, and ticks that share a name, stand together in one fieldset with a legend that says something."""
    by_name: dict[tuple[int, str], list[Element]] = {}
    for one in page.all("input"):
        if one.get("type") in ("radio", "checkbox") and not is_hidden(one):
            by_name.setdefault((id(one.closest("form")), one.get("name") or ""), []).append(one)
    for (_form, name), members in by_name.items():
        if members[0].get("type") == "checkbox" and len(members) < 2:
            continue
        around = {one.closest("fieldset") for one in members}
        group = around.pop()
        if around or group is None:
            yield Fault(Rule.GROUPS, f'The choices named "{name}" do not stand in one fieldset.')
        elif not accessible_name(group, page):
            yield Fault(Rule.GROUPS, f'The fieldset around "{name}" has no legend with words.')


def link_text(page: Page) -> Iterator[Fault]:
    """S10: the same link text leads to the same place, and it makes sense away from its sentence."""
    targets: dict[str, set[str]] = {}
    for link in page.all("a"):
        if not is_link(link) or is_hidden(link):
            continue
        name = accessible_name(link, page)
        key = " ".join(words(name))
        targets.setdefault(key, set()).add(link.get("href") or "")
        if key in SAYS_NOTHING:
            yield Fault(Rule.LINK_TEXT, f'The link "{name}" makes no sense alone.')
    for key, places in targets.items():
        if len(places) > 1:
            yield Fault(
                Rule.LINK_TEXT, f'"{key}" leads to {len(places)} places: {", ".join(sorted(places))}.'
            )


def label_in_name(page: Page) -> Iterator[Fault]:
    """W07: the words on a control are in its name in that order, and one name of a button does one thing."""
    does: dict[str, set[tuple[str | None, ...]]] = {}
    for one in page.document.walk():
        if is_hidden(one) or not (is_field(one) or is_button(one) or is_link(one)):
            continue
        seen, name = words(visible_label(one, page)), words(accessible_name(one, page))
        if f" {' '.join(seen)} " not in f" {' '.join(name)} " and seen:
            yield Fault(Rule.LABEL_IN_NAME, f'"{" ".join(seen)}" is seen and "{" ".join(name)}" is its name.')
        if is_button(one):
            form = page.with_id(one.get("form") or "") or one.closest("form")
            address = one.get("formaction") or (form.get("action") if form is not None else None)
            effect = (address, one.get("name"), one.get("value"), _carried(form))
            does.setdefault(" ".join(name), set()).add(effect)
    for said, effects in does.items():
        if said and len(effects) > 1:
            yield Fault(
                Rule.LABEL_IN_NAME, f'{len(effects)} buttons with different effects are called "{said}".'
            )


def _carried(form: Element | None) -> str:
    """What a form sends without asking, apart from its token: two such forms are two effects."""
    hidden = [one for one in form.all("input") if one.get("type") == "hidden"] if form is not None else []
    return " ".join(f"{one.get('name')}={one.get('value')}" for one in hidden if not is_token(one))


RULES = (labels, groups, link_text, label_in_name)
