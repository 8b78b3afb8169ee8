"""One sitting in a test: what its candidate and its desk do, one line each, and its row as the rules see it."""

from __future__ import annotations

import copy
import itertools
import json
import secrets
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from app.actions.call_for_help import call_for_help
from app.actions.check_in import Seen, check_in
from app.actions.confirm_details import confirm_arrangements, confirm_details
from app.actions.end_sitting import finish_part, stop
from app.actions.grant_time import grant
from app.actions.pause_sitting import come_back, pause, resume, take_break
from app.actions.release_sitting import release
from app.actions.save_answer import Chosen, save_answer
from app.actions.sign_in import take_seat
from app.actions.start_sitting import start_sitting
from app.records import papers
from app.records.papers import Asked
from app.records.seats import COLUMNS, Seat, seat_of
from app.records.tables import sitting
from app.rules.help import DocumentKind, HelpReason, StopReason
from app.rules.permissions import NOBODY, Actor
from app.rules.sitting import PauseKind
from tests.support.small_edition import KEYS

if TYPE_CHECKING:
    from tests.support.factories import Scene

_pages = itertools.count(1)
_SEAT = sa.select(*COLUMNS).where(
    sitting.c.centre_id == sa.bindparam("centre_id"), sitting.c.id == sa.bindparam("sitting_id")
)


class Sat:
    """A sitting of a scene. `epoch` and `device` are what this candidate's browser holds."""

    def __init__(self, scene: Scene, centre_id: str, sitting_id: str) -> None:
        self.scene = scene
        self.keys = {"centre_id": centre_id, "sitting_id": sitting_id}
        self.device = secrets.token_hex(8)
        self.epoch = 0
        self.code = self.session = ""

    def in_scene(self, scene: Scene) -> Sat:
        """The same sitting and browser in another test."""
        twin = copy.copy(self)
        twin.scene, twin.keys = scene, dict(self.keys)
        return twin

    @property
    def seat(self) -> Seat:
        """The sitting's row as it stands."""
        return seat_of(self.scene.db.execute(_SEAT, self.keys).one())

    @property
    def left_ms(self) -> int:
        return self.seat.clock.left(self.scene.now)

    # the candidate

    def candidate(self, action: Any, /, **values: Any) -> Any:
        """An action by the candidate of this sitting."""
        return self.scene.do(action, self.seat.actor, **self.keys, **values)

    def take_seat(self, *, device: str | None = None) -> Any:
        """Sign in by the code; from now on this browser has the pen."""
        self.device = device or self.device
        self.session = secrets.token_hex(8)
        seated = self.scene.do(
            take_seat, NOBODY, code=self.code, device=self.device, session=self.session, word=self.device[:4]
        )
        self.epoch = getattr(seated, "epoch", self.epoch)
        return seated

    def confirm(self) -> None:
        """Yes, this is me; yes, that is right."""
        self.candidate(confirm_details)
        self.candidate(confirm_arrangements)

    def start(self, page: str = "first page", epoch: int | None = None) -> Any:
        return self.candidate(start_sitting, epoch=self.epoch if epoch is None else epoch, token=page)

    def take_break(self) -> Any:
        return self.candidate(take_break, epoch=self.epoch)

    def come_back(self) -> Any:
        return self.candidate(come_back, epoch=self.epoch)

    def finish(self, part: int | None = None) -> Any:
        return self.candidate(finish_part, epoch=self.epoch, part=self.seat.part if part is None else part)

    def call(self, reason: HelpReason = HelpReason.COME, words: str = "") -> Any:
        return self.candidate(call_for_help, reason=reason, words=words, keyring=self.scene.keyring)

    def save(self, position: int, value: str | None, *, now: int | None = None, **chosen: Any) -> Any:
        """Save page values at a position, each time as from a fresh page unless a token is given."""
        page = {"epoch": self.epoch, "token": f"page {next(_pages)}", "rendered_at": self.scene.now}
        sent = Chosen(**{**page, "value": value, **chosen})
        moment = self.scene.now if now is None else now
        return self.scene.store.do(
            save_answer, self.seat.actor, moment, **self.keys, position=position, chosen=sent
        )

    def answer(self, *, right: int, wrong: int = 0) -> None:
        """Answer so many questions right and then so many wrong, from the first position on."""
        for position in range(1, right + wrong + 1):
            self.save(position, self.right(position) if position <= right else self.wrong(position))

    def asked(self, position: int) -> Asked:
        found: Asked | None = self.scene.store.look(papers.asked, **self.keys, position=position)
        assert found is not None
        return found

    def right(self, position: int) -> str:
        """The page values that are right at a position."""
        asked = self.asked(position)
        return " ".join(value for value, option in asked.options if option in KEYS[asked.question_id])

    def wrong(self, position: int) -> str:
        """As many page values, none of them right."""
        asked = self.asked(position)
        others = [value for value, option in asked.options if option not in KEYS[asked.question_id]]
        return " ".join(others[: asked.choose])

    # the desk

    def desk(self, action: Any, /, *, by: Actor | None = None, **values: Any) -> Any:
        """An action by the staff of this scene."""
        return self.scene.do(action, by or self.scene.desk, **self.keys, **values)

    def check_in(self, *, by: Actor | None = None, seed: str = "", **seen: Any) -> Any:
        seat = self.seat
        as_booked = {"extra_minutes": seat.extra_minutes, "break_minutes": seat.break_minutes}
        looked = {"document": DocumentKind.PHOTOCARD, "matched": True, **as_booked, **seen}
        return self.desk(check_in, by=by, seen=Seen(**looked), seed=seed or secrets.token_hex(16))

    def release(self, code: str = "") -> Any:
        self.code = code or secrets.token_hex(8)
        return self.desk(release, code=self.code)

    def pause(self, kind: PauseKind = PauseKind.DISTURBANCE, reason: str = "A fire bell") -> Any:
        return self.desk(pause, kind=kind, reason=reason, keyring=self.scene.keyring)

    def resume(self, reason: str = "") -> Any:
        return self.desk(resume, reason=reason, keyring=self.scene.keyring)

    def grant(self, minutes: int, *, by: Actor | None = None, reason: str = "A bell") -> Any:
        return self.desk(grant, by=by, minutes=minutes, reason=reason, keyring=self.scene.keyring)

    def stop(
        self, reason: StopReason = StopReason.CANDIDATE, *, words: str = "x", by: Actor | None = None
    ) -> Any:
        return self.desk(stop, by=by, reason=reason, words=words, keyring=self.scene.keyring)

    # what is stored

    def rows(self, table: sa.Table) -> list[dict[str, Any]]:
        """The rows of this sitting in one of its tables, by their keys."""
        where = (table.c.centre_id == self.keys["centre_id"], table.c.sitting_id == self.keys["sitting_id"])
        found = self.scene.db.execute(sa.select(table).where(*where).order_by(*table.primary_key.columns))
        return [dict(row) for row in found.mappings()]

    def drawn(self, draw: int = -1) -> list[str]:
        """The question ids of a draw of this sitting, the newest unless told."""
        from app.records.tables import paper_draw

        return list(json.loads(self.rows(paper_draw)[draw]["questions"]))
