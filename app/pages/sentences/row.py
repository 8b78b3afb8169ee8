"""The shape of one "no" in words, and the sentences that many of them share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.pages.words import N_, _

SAFE = N_("Everything you saved before is safe.")
NOTHING = N_("Nothing was changed.")
GO_BACK = N_("Go back and try again.")
GO_ON = N_("Press the button below to go on.")
LOOK_AGAIN = N_("Go back to the list and look at the sitting again.")
ASK = N_("If you are not sure, ask a person for help.")
CARRY_ON = N_("Go back to your test and carry on.")


@dataclass(frozen=True, slots=True)
class Row:
    """One "no". `detailed` stands in for `sentence` when the details that it names are there.

    In place of `kept` stands `kept_for_review` when something was stored all the same, and `sent` when a form came
    that is not kept.
    """

    status: int
    title: str
    sentence: str
    kept: str
    todo: str
    detailed: str | None = None
    kept_for_review: str | None = None
    sent: str | None = None

    def in_words(self, details: Mapping[str, Any], kept: bool, *, sent: bool = False) -> dict[str, str]:
        """The words in the reader's language, details filled in."""
        sentence = _(self.sentence)
        if self.detailed is not None:
            try:
                sentence = _(self.detailed) % details
            except KeyError:
                sentence = _(self.sentence)
        stored = self.sent if sent and self.sent else self.kept
        stored = self.kept_for_review if kept and self.kept_for_review else stored
        return {"title": _(self.title), "sentence": sentence, "kept": _(stored), "todo": _(self.todo)}


FOR_A_PERSON = N_(
    "What you chose is kept, and a person will look at it. Everything you saved before is safe."
)
STORED = N_("What you chose was stored but does not count. Everything you saved before is safe.")
