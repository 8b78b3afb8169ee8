"""What is kept of the answers of a sitting, and what counts, said a second time from the design (4.4, 4.5).

Part of the model in `model.py`. Nothing here is imported from the product: the words are those that are stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field

GRACE = 10_000
GRACE_IN_A_PAUSE = 5_000
COUNTING = ("counts", "in_flight")
ANY = "any"  # what did not count when it came may be told in other words when it comes again
AFTER_ZERO = ("in_flight", "for_review", "late")


@dataclass(frozen=True)
class Sent:
    """One save as a browser sends it. `pen` is its place among the pens given out, `number` and `made` are a script's.

    `made` is the time left (ms) that the page showed when the choice was made.
    """

    pen: int
    position: int
    value: str
    number: int | None = None
    made: int | None = None
    token: str = ""


@dataclass(frozen=True)
class Kept:
    """One stored save: its place in the order, what it says, and what it is worth."""

    pen: int
    number: int
    value: str
    worth: str
    token: str

    @property
    def order(self) -> tuple[int, int]:
        return self.pen, self.number

    @property
    def counts(self) -> bool:
        return self.worth in COUNTING


@dataclass(frozen=True)
class Reply:
    """What is said to a save: the refusal ("" for none), the value that it is told is stored, and what was stored."""

    refusal: str
    value: str
    kept: Kept | None = None


@dataclass
class Answers:
    """Every save kept, by position, in the order of their arrival. `parts` are the positions of each part."""

    parts: tuple[range, ...]
    kept: dict[int, list[Kept]] = field(default_factory=dict)

    def at(self, position: int) -> list[Kept]:
        return self.kept.setdefault(position, [])

    def newest(self, position: int) -> Kept | None:
        """What counts: the newest intention among those that count, in whatever order they arrived."""
        return max((one for one in self.at(position) if one.counts), key=lambda one: one.order, default=None)

    def chosen(self, position: int) -> str:
        newest = self.newest(position)
        return newest.value if newest else ""

    @property
    def unsettled(self) -> bool:
        """Whether anything came in after zero that somebody may have to look at."""
        return any(one.worth in AFTER_ZERO for all_of_it in self.kept.values() for one in all_of_it)

    def arrive(self, sent: Sent, worth: str, refusal: str, part: int, now: int) -> Reply:
        """A save that the deadline table judged so, put in its place; what does not belong to `part` never counts."""
        if sent.position not in self.parts[part] and not refusal:
            worth, refusal = "not_counted", "handed_in"
        again = self._again(sent)
        if again is not None:
            return Reply("" if again.counts else ANY, again.value)
        if worth in AFTER_ZERO and sent.value == self.chosen(sent.position):
            return Reply("", sent.value)
        kept = Kept(sent.pen, self._number(sent, now), sent.value, worth, sent.token)
        if any(one.order == kept.order for one in self.at(sent.position)):
            worth, refusal = "not_counted", "sequence_reused"
        elif worth in AFTER_ZERO and self._is_behind(sent.position, kept):
            worth, refusal = "not_counted", ""
        kept = Kept(kept.pen, kept.number, kept.value, worth, kept.token)
        self.at(sent.position).append(kept)
        return Reply(refusal, sent.value, kept)

    def _again(self, sent: Sent) -> Kept | None:
        """The stored save that this one repeats: by its key with script, by its page without (decision 2)."""
        if sent.number is None:
            newest = self.newest(sent.position)
            same = newest is not None and (newest.token, newest.value) == (sent.token, sent.value)
            return newest if same else None
        key = (sent.pen, sent.number, sent.value)
        return next((one for one in self.at(sent.position) if (*one.order, one.value) == key), None)

    def _number(self, sent: Sent, now: int) -> int:
        """A script numbers its saves; without one they are numbered on arrival, by the clock."""
        if sent.number is not None:
            return sent.number
        latest = max((one.number for one in self.at(sent.position) if one.pen == sent.pen), default=0)
        return max(latest + 1, now)

    def _is_behind(self, position: int, kept: Kept) -> bool:
        newest = self.newest(position)
        return newest is not None and newest.order > kept.order
