"""What can go wrong at the store's doors, each by its own name. What a page says about it is decided by the pages."""

from __future__ import annotations


class NotSaved(Exception):
    """A write whose commit did not happen, or may not have happened. The caller may send it again.

    `cause` is a word ("full", "closing", "broken") or the error that stopped the write.
    """

    def __init__(self, cause: BaseException | str) -> None:
        super().__init__(f"not saved: {cause if isinstance(cause, str) else type(cause).__name__}: {cause}")
        self.cause = cause


class NotRead(Exception):
    """A read that the database could not answer: it is away, or the store is closed."""

    def __init__(self, cause: BaseException | str) -> None:
        super().__init__(f"not read: {cause}")
        self.cause = cause


class BeforeBatchFailed(Exception):
    """The hook that goes before a batch failed, so no job of the batch may be judged."""


class Unfit(Exception):
    """The store refuses to start. The message is one sentence for the person who starts it."""

    exit_code = 78
