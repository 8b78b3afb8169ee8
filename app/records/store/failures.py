"""What can go wrong at the store's doors, each by its own name. What a page says about it is decided by the pages."""

from __future__ import annotations

import traceback

LINKS = 6
PLACES = 3
LIBRARIES = "site-packages"


class NotSaved(Exception):
    """A write whose commit did not happen, or may not have happened. The caller may send it again.

    `cause` is a word ("full", "closing", "broken") or the error that stopped the write.
    """

    def __init__(self, cause: BaseException | str) -> None:
        super().__init__(f"not saved: {cause if isinstance(cause, str) else named(cause)}")
        self.cause = cause


class NotRead(Exception):
    """A read that the database could not answer: it is away, or the store is closed."""

    def __init__(self, cause: BaseException | str) -> None:
        super().__init__(f"not read: {cause if isinstance(cause, str) else named(cause)}")
        self.cause = cause


class BeforeBatchFailed(Exception):
    """The hook that goes before a batch failed, so no job of the batch may be judged."""


class Unfit(Exception):
    """The store refuses to start. The message is one sentence for the person who starts it."""

    exit_code = 78


def named(error: BaseException) -> str:
    """An error as a log may keep it: the kinds and codes in its chain, and the words of our own errors alone.

    A driver's words hold what was written: PostgreSQL names the value that is there twice.
    """
    kinds: list[str] = []
    link: BaseException | None = error
    while link is not None and len(kinds) < LINKS:
        kind, code = type(link), getattr(link, "sqlite_errorname", None) or getattr(link, "sqlstate", None)
        ours = kind.__module__.startswith(__package__ or __name__)
        kinds.append(
            f"{kind.__name__}: {link}" if ours else f"{kind.__name__} {code}" if code else kind.__name__
        )
        link = link.__cause__ or link.__context__
    return " from ".join(kinds)


def placed(error: BaseException) -> str:
    """The same, and the places of our own that it came through last."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if LIBRARIES not in frame.filename]
    places = ", ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-PLACES:])
    return f"{named(error)} at {places}" if places else named(error)
