"""A whole sitting said a second time, from the tables of the design (reliability and security, 4.1 to 4.5): who has the
pen, who calls whom, and the outcome. Its time is `model_of_time.py`, what is kept of the answers `model_of_answers.py`.

Nothing here is imported from the product. A method that tries a move says whether it goes through.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.faults.model_of_answers import GRACE, GRACE_IN_A_PAUSE, Answers, Reply, Sent
from tests.faults.model_of_time import ALONE, OF_A_LOST_CONNECTION, SECOND, Watched

LOADING = 10 * SECOND
BEFORE = ("booked", "checked_in")
OVER = ("finished", "stopped")


@dataclass(frozen=True)
class Ending:
    """One revision of an outcome: where it stands, how the sitting ended, and the right answers of each part."""

    status: str
    ended: str
    right: tuple[int, ...]


@dataclass(kw_only=True)
class Model(Watched):
    """One sitting. `key` is the right value of each position; a pen is its place among those given out."""

    answers: Answers
    key: dict[int, str]
    pens: int = 0
    holder: int | None = None
    device: str | None = None
    code: bool = False
    released: bool = False
    confirmed: bool = False
    start_page: str = ""
    open_call: bool = False
    claims: dict[str, int] = field(default_factory=dict)
    outcome: list[Ending] = field(default_factory=list)

    # getting in, and the pen

    def check_in(self) -> bool:
        goes = self.state == "booked"
        self.state = "checked_in" if goes else self.state
        return goes

    def undo_check_in(self) -> bool:
        goes = self.state == "checked_in"
        if goes:
            self.state, self.holder, self.device = "booked", None, None
            self.code = self.released = self.confirmed = False
        return goes

    def release(self) -> bool:
        goes = self.state in ("checked_in", "paused")
        if goes:
            self.holder = self.device = None
            self.code = self.released = True
            self.quiet = 0
        return goes

    def sign_in(self, device: str) -> bool:
        goes = self.code and self.state not in OVER and self.device in (None, device)
        if goes:
            self.device = device
            self._give_pen()
        return goes

    def carry_on(self) -> bool:
        goes = self.state not in ("booked", *OVER)
        if goes:
            self._give_pen()
        return goes

    def _give_pen(self) -> None:
        self.holder, self.pens, self.quiet = self.pens, self.pens + 1, 0

    def confirm(self) -> None:
        self.confirmed = self.confirmed or self.state == "checked_in"

    def start(self, pen: int, page: str) -> bool:
        if pen != self.holder:
            return False
        if self.start_page:
            return page == self.start_page
        goes = self.state == "checked_in" and self.released and self.confirmed
        if goes:
            self.start_page, self.granted = page, self.granted + LOADING
            self._run()
        return goes

    # pauses, calls and lost connections

    def take_break(self, pen: int) -> bool:
        return pen == self.holder and self.break_left > 0 and self.pause("break")

    def come_back(self, pen: int) -> bool:
        within = ALONE.get(self.kind, -1)
        return pen == self.holder and (within is None or self.known_for <= within) and self.resume()

    def call(self) -> bool:
        if self.state == "booked":
            return False
        self.open_call = True
        self.pause("help")
        self._ask_for_review()
        return True

    def contact(self, claim: str, ms: int) -> int:
        """What a desk gets back that could not reach us (decision 15)."""
        if not self.is_running:
            if self.state == "finished" and self.left <= 0 and ms >= SECOND:
                self.open_call = True
                self._ask_for_review()
            return 0
        lost = min(ms - self.claims.get(claim, 0), self.quiet)
        given = min(lost, OF_A_LOST_CONNECTION - sum(self.claims.values()))
        if given < SECOND or self.left + given <= 0:
            given = 0
        self.open_call = self.open_call or (lost >= SECOND and lost - given >= SECOND)
        if given:
            self.claims[claim] = self.claims.get(claim, 0) + given
            self.credited, self.quiet = self.credited + given, 0
        return given

    # answers

    def save(self, sent: Sent, now: int, fault: str = "") -> Reply:
        """A save arrives. `fault`: what is wrong with its body, if anything is; nothing of such a one is kept."""
        worth, refusal = self._worth(sent)
        if fault or not worth:
            return Reply(fault if worth else refusal, "")
        reply = self.answers.arrive(sent, worth, refusal, self.part, now)
        if reply.kept:
            self.quiet = 0
            if self.state in OVER and reply.kept.worth in ("late", "for_review"):
                self._ask_for_review()
        return reply

    def _worth(self, sent: Sent) -> tuple[str, str]:
        """The table of 4.4: what it is worth, and the refusal; worth nothing where nothing is kept."""
        if self.state in BEFORE:
            return "", "not_started"
        if sent.pen != self.holder:
            return "not_counted", "open_elsewhere"
        scripted = sent.number is not None
        if self.is_paused:
            before = not scripted or (sent.made is not None and sent.made >= self.left)
            counts = before and self.paused_for <= GRACE_IN_A_PAUSE
            return ("counts", "") if counts else ("not_counted", "paused")
        if self.state in OVER:
            return ("late", "time_ended") if self.left <= 0 else ("not_counted", "handed_in")
        if self.left >= 0:
            return "counts", ""
        if self.left < -GRACE:
            return "late", "time_ended"
        before = not scripted or (sent.made is not None and sent.made >= 0)
        return ("in_flight", "") if before else ("for_review", "for_review")

    # the end

    def finish(self, pen: int, part: int) -> bool:
        if self.state == "finished" or part < self.part:
            return True
        last = self.part == len(self.minutes) - 1
        goes = pen == self.holder and (self.is_running or (self.kind == "break" and last))
        if goes:
            self._end_part("time" if self.has_run_out else "finished")
        return goes

    def close_if_over(self) -> bool:
        """The sweep, or a Continue at zero: only once the time and the grace have passed."""
        goes = self.has_run_out
        if goes:
            self._end_part("time")
        return goes

    def stop(self) -> bool:
        goes = self.state in ("checked_in", "in_progress", "paused")
        if goes:
            self._end("stopped")
        return goes

    def stop_for_malpractice(self, by: str) -> bool:
        """Two people; a pause from the first one's word on, and not from later than zero."""
        if not (self.is_running or self.is_paused):
            return False
        if self.proposed_by not in ("", by):
            return self.stop()
        if not self.proposed_by:
            over = max(0, -self.left)
            self.lived -= over
            self._pause("conversation", over)
            self.proposed_by = by
        return False

    def _end_part(self, how: str) -> None:
        if self.part == len(self.minutes) - 1:
            self._end(how)
            return
        over = max(0, -self.left)
        self.part += 1
        self.granted = self.lived = self.credited = 0
        self._pause("section", over)

    def _end(self, how: str) -> None:
        self.lived -= max(0, -self.left)  # nobody used more than there was
        self.state, self.kind, self.code = ("stopped" if how == "stopped" else "finished"), "", False
        waits = how == "stopped" or self.open_call or self.answers.unsettled
        right = tuple(
            sum(set(self.answers.chosen(n).split()) == set(self.key[n].split()) for n in part)
            for part in self.answers.parts
        )
        self.outcome.append(Ending("in_review" if waits else "provisional", how, right))

    def _ask_for_review(self) -> None:
        if self.outcome and self.outcome[-1].status == "provisional":
            self.outcome.append(Ending("in_review", self.outcome[-1].ended, self.outcome[-1].right))
