"""Publish the question bank: new versions are added, old ones stay, and papers are drawn from the new release."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.records import audit, publishing
from app.records.store import Db, asks
from app.rules.permissions import Act, Actor, allowed_role
from app.rules.refusals import Refusal, Refused
from question_bank.model import Blueprint, Question


@dataclass(frozen=True)
class Published:
    """The release that papers are now drawn from; `new` counts the versions that were not there before."""

    release: int
    questions: int
    new: int


@dataclass(frozen=True)
class Edition:
    """A bank that was read and checked: its questions, blueprint, digest, and pictures by file name."""

    questions: tuple[Question, ...]
    blueprint: Blueprint
    digest: str
    pictures: Mapping[str, bytes] = field(repr=False)


@asks(lane="bulk", alone=True)
def publish_bank(db: Db, actor: Actor, now: int, *, edition: Edition) -> Published | Refused:
    """Publish an edition; the same edition again changes nothing.

    Raises ValueError when a version already published has other content: versions are immutable.
    """
    role = allowed_role(actor, Act.PUBLISH_BANK, centre="", now=now)
    if role is None:
        return Refused(Refusal.NOT_PERMITTED)
    current = publishing.newest(db)
    if current is not None and current.digest == edition.digest:
        return Published(current.n, len(edition.questions), 0)
    new = publishing.add_versions(db, now, edition.questions, edition.pictures)
    n = publishing.add_release(
        db,
        now,
        questions=edition.questions,
        blueprint=edition.blueprint,
        digest=edition.digest,
        by=actor.person,
    )
    audit.note(db, actor, role, now, "publish_bank", None, str(n), questions=len(edition.questions), new=new)
    return Published(n, len(edition.questions), new)
