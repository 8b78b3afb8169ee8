"""What can be wrong with a request itself, by name, and the exception that carries a "no" up to its page.

Sentences and statuses stand in `errors.py`; what the rules refuse is named in `app.rules.refusals`.
"""

from collections.abc import Mapping
from enum import StrEnum

from app.rules.refusals import Refusal

Detail = str | int | bool | None


class Fault(StrEnum):
    """Stable codes, as in Refusal: they appear in JSON, in logs and in tests."""

    UNREADABLE = "unreadable"
    SIGNED_OUT = "signed_out"
    MOVED_AWAY = "moved_away"
    NOT_READY = "not_ready"
    OLD_FORM = "old_form"
    OTHER_SITE = "other_site"
    COOKIES_BLOCKED = "cookies_blocked"
    NO_SUCH_PAGE = "no_such_page"
    NOT_THIS_WAY = "not_this_way"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    BAD_FIELD = "bad_field"
    WRONG_ADDRESS = "wrong_address"
    NOT_SAVED_YET = "not_saved_yet"
    NOT_READ = "not_read"
    NO_ROOM = "no_room"
    BROKEN = "broken"


class Denied(Exception):
    """A request that goes no further. Raised by guards and forms, turned into a page or JSON by `errors.py`."""

    def __init__(
        self, code: Fault | Refusal, *, kept: bool = False, details: Mapping[str, Detail] | None = None
    ) -> None:
        """`details` fill the sentence."""
        super().__init__(str(code))
        self.code, self.kept, self.details = code, kept, dict(details or {})
