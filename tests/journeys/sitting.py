"""One sitting in a journey: what the desk does to it without pages, what its paper asks, what is stored of it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from app.actions.call_for_help import call_for_help
from app.actions.check_in import CheckedIn, Seen, check_in
from app.actions.confirm_details import confirm_arrangements, confirm_details
from app.actions.end_sitting import stop
from app.actions.grant_time import grant
from app.actions.pause_sitting import pause, resume
from app.actions.release_sitting import Released, release
from app.actions.start_sitting import Started, start_sitting
from app.records.papers import overview
from app.records.questions import content
from app.records.seats import COLUMNS, Seat, seat_of
from app.records.tables import paper_question, question_key, sitting
from app.rules.help import DocumentKind, HelpReason, StopReason
from app.rules.sitting import PauseKind
from question_bank.model import STANDARD, CandidateQuestion

if TYPE_CHECKING:
    from tests.journeys.centre import Centre

LETTERS = "ABCDEFGH"
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class Sitting:
    """A sitting of the served centre. `code` is what the desk hands over."""

    def __init__(self, centre: Centre, centre_id: str, sitting_id: str) -> None:
        self.centre, self.centre_id, self.sitting_id = centre, centre_id, sitting_id
        self.keys = {"centre_id": centre_id, "sitting_id": sitting_id}
        self.code = ""

    @property
    def seat(self) -> Seat:
        """The sitting's row."""
        where = (sitting.c.centre_id == self.centre_id, sitting.c.id == self.sitting_id)
        return seat_of(self.centre.rows(sa.select(*COLUMNS).where(*where))[0])

    @property
    def left_ms(self) -> int:
        """The time left now, to the millisecond."""
        return self.seat.clock.left(self.centre.now)

    @property
    def address(self) -> str:
        """The desk's page of it."""
        return f"{self.centre.url}/centre/example/sittings/{self.sitting_id}"

    def desk(self, action: Any, /, *, who: str = "desk", **values: Any) -> Any:
        """An action by somebody of the staff."""
        return self.centre.do(action, self.centre.people[who], **self.keys, **values)

    def candidate(self, action: Any, /, **values: Any) -> Any:
        """An action by the candidate."""
        return self.centre.do(action, self.seat.actor, **self.keys, **values)

    def check_in(self, *, seed: int = 0) -> None:
        seat = self.seat
        seen = Seen(DocumentKind.PHOTOCARD, True, seat.extra_minutes, seat.break_minutes)
        done = self.desk(check_in, seen=seen, seed=f"{seed:032x}")
        assert isinstance(done, CheckedIn), done

    def release(self) -> str:
        """A new code, as the desk hands it over."""
        self.code = "".join(secrets.choice(ALPHABET) for _ in range(6))
        done = self.desk(release, code=self.centre.keyring.digest("code", self.code))
        assert isinstance(done, Released), done
        return self.code

    def start(self) -> None:
        """Everything confirmed and the clock started, by a candidate who is signed in already."""
        self.candidate(confirm_details)
        self.candidate(confirm_arrangements)
        started = self.candidate(start_sitting, epoch=self.seat.epoch, token=secrets.token_hex(8))
        assert isinstance(started, Started), started

    def pause(self, kind: PauseKind = PauseKind.DISTURBANCE, reason: str = "A bell") -> Any:
        return self.desk(pause, kind=kind, reason=reason, keyring=self.centre.keyring)

    def resume(self) -> Any:
        return self.desk(resume, reason="", keyring=self.centre.keyring)

    def grant(self, minutes: int, *, who: str = "desk") -> Any:
        return self.desk(grant, who=who, minutes=minutes, reason="A bell", keyring=self.centre.keyring)

    def stop(self, reason: str, *, who: str = "desk", words: str = "What happened, in enough words") -> Any:
        why = StopReason(reason)
        return self.desk(stop, who=who, reason=why, words=words, keyring=self.centre.keyring)

    def call(self, reason: HelpReason = HelpReason.COME, words: str = "") -> Any:
        return self.candidate(call_for_help, reason=reason, words=words, keyring=self.centre.keyring)

    # the paper

    def wanted(self) -> list[int]:
        """How many answers each question of the paper wants, in order."""
        return [line.choose for line in self.centre.look(overview, **self.keys, part=0)]

    def saved(self) -> dict[int, str]:
        """The letters that count for each question that has any, as in "B" or "AC"."""
        lines = self.centre.look(overview, **self.keys, part=0)
        return {line.position: self.letters(line.position, line.chosen) for line in lines if line.chosen}

    def flagged(self) -> list[int]:
        """The numbers of the questions that are flagged."""
        return [line.position for line in self.centre.look(overview, **self.keys, part=0) if line.flagged]

    def right(self, number: int) -> str:
        """The letters of the right answers, from the key that no page ever gets."""
        key, options = self._key(number)
        return "".join(LETTERS[at] for at, option in enumerate(options) if option in key)

    def wrong(self, number: int) -> str:
        """As many letters as are wanted, none of them right."""
        key, options = self._key(number)
        others = [LETTERS[at] for at, option in enumerate(options) if option not in key]
        return "".join(others[: len(key)])

    def topics(self) -> list[str]:
        """The topic of each question, in order."""
        return [row.topic for row in self._paper()]

    def question_ids(self) -> list[str]:
        """The bank's names of the questions, which no page gets."""
        return [row.question_id for row in self._paper()]

    def stems(self) -> list[str]:
        """What each question asks, in its standard words."""
        return [one.worded("en-GB", STANDARD).stem for one in self._contents()]

    def options(self, number: int) -> list[str]:
        """The answers of a question as its page shows them, in that order."""
        row, asked = self._paper()[number - 1], self._contents()[number - 1]
        said = dict(zip(asked.option_ids, asked.worded("en-GB", STANDARD).options, strict=True))
        return [said[option] for _value, option in json.loads(row.options)]

    def pictured(self) -> list[int]:
        """The numbers of the questions with a picture."""
        return [at for at, one in enumerate(self._contents(), start=1) if one.picture is not None]

    def _contents(self) -> list[CandidateQuestion]:
        found = []
        for row in self._paper():
            asked = self.centre.look(content, question_id=row.question_id, version=row.question_version)
            assert asked is not None
            found.append(asked)
        return found

    def _paper(self) -> list[Any]:
        mine = (paper_question.c.centre_id == self.centre_id, paper_question.c.sitting_id == self.sitting_id)
        return self.centre.rows(sa.select(paper_question).where(*mine).order_by(paper_question.c.position))

    def _key(self, number: int) -> tuple[list[str], list[str]]:
        row = self._paper()[number - 1]
        wanted = (question_key.c.id == row.question_id, question_key.c.version == row.question_version)
        key = self.centre.rows(sa.select(question_key.c.key).where(*wanted))[0].key
        return json.loads(key), [option for _value, option in json.loads(row.options)]

    def letters(self, number: int, values: Sequence[str]) -> str:
        """The letters that page values of a question have on this paper."""
        shown = [value for value, _option in json.loads(self._paper()[number - 1].options)]
        return "".join(sorted(LETTERS[shown.index(value)] for value in values))
