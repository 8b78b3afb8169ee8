"""A test hall: a published paper of five known questions, and candidates who sit it through the pages.

Question 1 wants one answer, 2 wants two, 3 has a picture, 4 holds text that looks like code. What only marking may
know is full of canaries.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from accessibility.preferences import USUAL
from app.actions.publish_bank import Edition, publish_bank
from app.actions.release_sitting import release
from app.pages import look, sessions
from app.records.store.engines import sqlite_engine, sqlite_path
from app.rules.permissions import SYSTEM
from question_bank.model import Blueprint, Category, Part, PartKind, Picture, Question, Wording
from tests.pages.candidate.tab import Tab
from tests.support.application import Site
from tests.support.factories import Scene
from tests.support.sat import Sat
from tests.support.small_edition import BLUEPRINT, QUESTIONS, question

WALK = "walk"
CANARY = "canarykept"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" viewBox="0 0 60 40">'
    b'<circle cx="30" cy="20" r="9"/></svg>'
)
FILE = "picture-walk.svg"
MINUTES, PASS_MARK = 10, 4


def _question(number: int, stem: str, options: tuple[str, ...], **more: Any) -> Question:
    kept = question(1, "alertness")
    return replace(
        kept,
        id=f"walk-{number}",
        categories=(WALK,),
        wordings={("en-GB", "standard"): Wording(stem, options)},
        explanation=f"{CANARY}-explanation",
        rule=f"{CANARY}-rule",
        edition=f"{CANARY}-edition",
        **more,
    )


ANSWERS = ("Stop", "Go on", "Wait", "Look round")
PAPER = (
    _question(1, "What do you do first?", ANSWERS),
    _question(2, "Which two do you do?", ANSWERS, choose=2, key=frozenset({"w", "z"})),
    _question(3, "What is in the picture?", ANSWERS, picture=Picture(FILE, "A black dot on white", 60, 40)),
    _question(4, "What is <script>{{7*7}}</script> '; DROP?", ("<b>One</b>", "{{ 1 }}", "'; --", "&amp;")),
    _question(5, "What do you do in the end, when everything else has been done and said?", ANSWERS),
)
KEYS = {one.id: one.key for one in PAPER}


def edition() -> Edition:
    """The small bank with the paper of this hall beside it."""
    part = Part(PartKind.MULTIPLE_CHOICE, len(PAPER), MINUTES, PASS_MARK, {"alertness": len(PAPER)}, {})
    categories = {**BLUEPRINT.categories, WALK: Category(WALK, "Walk", (part,))}
    return Edition((*QUESTIONS, *PAPER), Blueprint(2, categories), "the hall's edition", {FILE: DRAWING})


class SiteStore:
    """The doors that a Scene uses, on the service's own store; `db` is a connection for looking only."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.engine = sqlite_engine(sqlite_path(site.store.url), writes=True)

    @property
    def db(self) -> Any:
        return _Looking(self.engine)

    def do(self, action: Any, actor: Any, now: int, /, **values: Any) -> Any:
        """An action at a moment."""
        return self.site.run(lambda: self.site.store.write(action, actor, now, **values))

    def look(self, look_up: Callable[..., Any], /, **values: Any) -> Any:
        """A look-up."""
        return self.site.look(look_up, **values)


@dataclass(frozen=True)
class _Looking:
    engine: sa.Engine

    def execute(self, *asked: Any) -> Any:
        """The rows of one statement, read whole, so that no transaction stays open."""
        with self.engine.connect() as db:
            return db.execute(*asked).freeze()()


class Candidate(Sat):
    """A candidate in the hall: a sitting, and the browser at their desk."""

    site: Site
    code: str

    def forward(self, **lengths: int) -> None:
        """Move the clock of the service and of the test together."""
        self.scene.now = self.site.clock.forward(**lengths)

    def hand_out_code(self) -> str:
        """Release the sitting to a desk by a code that a person can type."""
        self.code = "".join(secrets.choice("ACDEFGHJKMNPQRTUVWXY34679") for _ in range(6))
        self.desk(release, code=self.scene.keyring.digest("code", self.code))
        return self.code

    def sign_in(self, visitor: Any = None) -> Tab:
        """A browser at the page after the code."""
        tab = Tab(visitor or self.site.visitor()).open("/")
        tab.press(code=self.code)
        self.epoch = self.seat.epoch
        return tab

    def at_instructions(self, visitor: Any = None) -> Tab:
        """A browser one press away from the start."""
        return self.sign_in(visitor).press(right="yes").press(right="yes").open("/sitting/instructions")

    def sitting_down(self) -> Tab:
        """A browser at question 1, the clock running."""
        return self.at_instructions().press()

    def prefers(self, tab: Tab, **chosen: str) -> Tab:
        """The page of a tab again after these choices, and no others, about pages."""
        preferences, cookies = USUAL, tab.visitor.cookies
        for code, value in chosen.items():
            preferences = preferences.with_(code, value)
        session = self.site.keyring.digest("session", cookies[sessions.CANDIDATE])
        if look.LOOK in cookies:
            cookies.delete(look.LOOK)
        kept = f"{look.of_session(session)}.{preferences.text}"
        cookies.set(look.LOOK, kept, domain="testserver.local", path="/")
        return tab.open(tab.path)

    def sitting_start(self, tab: Tab) -> int:
        """Press Start on the instructions; the time left (ms) at that moment."""
        tab.open("/sitting/instructions").press()
        return self.seat.clock.left(self.site.clock.now_ms())

    def values(self, number: int, *, right: bool = True) -> list[str]:
        """The page values of a question that are right, or as many that are not."""
        asked = self.asked(number)
        wanted = KEYS[asked.question_id]
        return [value for value, option in asked.options if (option in wanted) is right][: asked.choose]

    def number_of(self, question_id: str) -> int:
        """Where a question of PAPER stands on this paper."""
        numbers = range(1, len(PAPER) + 1)
        return next(n for n in numbers if self.asked(n).question_id == question_id)

    def stored(self, number: int) -> list[dict[str, Any]]:
        """Every revision of a position."""
        from app.records.tables import answer_revision

        return [row for row in self.rows(answer_revision) if row["position"] == number]

    def counting(self, number: int) -> str:
        """The value that counts at a position."""
        return " ".join(self.asked(number).chosen)


class Hall:
    """A started service with people and the paper, and candidates made on demand."""

    def __init__(self, site: Site, scene: Scene) -> None:
        self.site, self.scene = site, scene

    def candidate(self, **booking: Any) -> Candidate:
        """Somebody checked in, with a code in hand."""
        sat = self.scene.checked_in(WALK, **booking)
        one = Candidate(self.scene, sat.keys["centre_id"], sat.keys["sitting_id"])
        one.site = self.site
        one.hand_out_code()
        return one


@contextmanager
def opened(site: Site, furnished: Scene) -> Iterator[Hall]:
    """The hall on this site; `furnished` says who works there."""
    store = SiteStore(site)
    try:
        yield Hall(site, replace(furnished, store=store, keyring=site.keyring, now=site.clock.now_ms()))
    finally:
        store.engine.dispose()


def publish(scene: Scene) -> None:
    """Publish the hall's edition."""
    scene.do(publish_bank, SYSTEM, edition=edition())
