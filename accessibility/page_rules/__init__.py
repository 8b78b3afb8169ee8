"""Rules that every page of ours keeps, judged from its HTML alone: text in, a list of faults out.

Pure and for tests only: nothing here opens a page, runs a browser or is called while serving. What
needs a browser (colours, sizes, focus) and what general checkers find is not here.
"""

from accessibility.page_rules import bans, controls, errors, forms, frame
from accessibility.page_rules.canary import mentions
from accessibility.page_rules.fault import Fault, PageKind, Rule
from accessibility.page_rules.tree import parse

__all__ = ["Fault", "PageKind", "Rule", "faults", "mentions"]

RULES = (*frame.RULES, *controls.RULES, *forms.RULES, *errors.RULES, *bans.RULES)


def faults(html: str, *, kind: str = PageKind.PAGE) -> list[Fault]:
    """Everything wrong with a page, in the order of the rules; empty when nothing is.

    `kind` is a `PageKind` or its value; raises ValueError for any other word.
    """
    page = parse(html, PageKind(kind))
    return [fault for rule in RULES for fault in rule(page)]
