"""The words a judgement of a page is made of: the kinds of page, the rules and a fault.

What each rule looks for stands in `frame`, `controls`, `errors` and `bans`; nothing is judged here.
"""

from dataclasses import dataclass
from enum import StrEnum


class PageKind(StrEnum):
    """Who a page is for, which decides what must stand on it. QUESTION is a SITTING page too."""

    PAGE = "page"
    SITTING = "sitting"
    QUESTION = "question"
    STAFF = "staff"

    @property
    def is_sitting(self) -> bool:
        """Whether the page belongs to a sitting in progress, so tools, help and messages must be there."""
        return self in (PageKind.SITTING, PageKind.QUESTION)


class Rule(StrEnum):
    """One rule of the house for pages; where the acceptance matrix has the check, its id is the value."""

    WHOLE = "S02"
    TITLE = "S03"
    HEADINGS = "S04"
    LANDMARKS = "S05"
    LANGUAGE = "S06"
    SKIP_LINK = "S07"
    TAB_ORDER = "S08"
    LINK_TEXT = "S10"
    POSITION = "S11"
    PICTURES = "S12"
    PURPOSE = "S14"
    ENTER_STAYS = "K05"
    NO_KEY_TAKEN = "K09"
    PLAIN_POINTER = "K12"
    LABEL_IN_NAME = "W07"
    START_PLACE = "R05"
    LIVE_REGION = "R08"
    NOTHING_MOVES = "T09"
    ERRORS = "F01"
    LABELS = "labels"
    GROUPS = "groups"
    NO_TRAPS = "no traps"
    FORMS = "forms"
    FILES_ONLY = "files only"
    ONE_SCRIPT = "one script"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a page: the rule it breaks and a sentence that says where and how."""

    rule: Rule
    sentence: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.sentence}"
