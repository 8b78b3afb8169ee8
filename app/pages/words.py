"""Every word on screen comes through here: gettext, with British English as the source language.

A missing catalogue changes nothing: the source words are shown.
"""

import gettext
from pathlib import Path

LOCALES = Path(__file__).resolve().parent.parent / "locale"
DOMAIN = "clearway"
LANGUAGE = "en_GB"

catalogue = gettext.translation(DOMAIN, LOCALES, languages=[LANGUAGE], fallback=True)
_ = catalogue.gettext
ngettext = catalogue.ngettext


def N_(words: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark words in a table for translation; they are translated with `_` when they are shown."""
    return words
