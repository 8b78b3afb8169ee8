"""One log line per event, as JSON, without personal data: an error is told by its kind and place, never its words.

Messages of errors and values of variables may hold names, answers or secrets, so neither is ever written.
"""

import contextlib
import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

Event = MutableMapping[str, Any]
FRAMES = 12


class _Lines:
    """Writes to standard output. What cannot be written is dropped: the log may lie on the very disk that is full."""

    def __init__(self, *_names: object) -> None:
        """structlog hands over the name of the module that asks."""

    def msg(self, line: str) -> None:
        with contextlib.suppress(OSError):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()

    debug = info = warning = error = critical = exception = msg


def configure(level: str = "info") -> None:
    """Set up structlog for the whole process; `level` is the least that is written."""
    structlog.configure(
        processors=[*_SHARED, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_Lines,
        cache_logger_on_first_use=False,
    )


def take_over(level: str = "info") -> None:
    """Also write what libraries log, in the same form. Only the served process asks for this."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *_SHARED],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it names the kind of database at each look at it


def errors_without_words(_logger: object, _method: str, event: Event) -> Event:
    """Replace an error by the kinds in its chain and the places it went through."""
    found = event.pop("exc_info", None)
    error = found if isinstance(found, BaseException) else sys.exc_info()[1] if found else None
    if isinstance(found, tuple):
        error = found[1]
    if error is None:
        return event
    kinds: list[str] = []
    link: BaseException | None = error
    while link is not None and len(kinds) < FRAMES:
        kinds.append(type(link).__name__)
        link = link.__cause__ or link.__context__
    places = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    event["error"] = kinds
    event["places"] = [f"{place.filename}:{place.lineno} {place.name}" for place in places]
    return event


_SHARED: list[Any] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    errors_without_words,
]
