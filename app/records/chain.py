"""The hash chain of a sitting: every move, answer and outcome is a link, and the head stands on the sitting.

The chain covers digests of content, so that content can one day be emptied and the chain still hold.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Link:
    """One link: its number in the sitting, the digest of its row's content, and the link over both."""

    link_no: int
    digest: str
    link: str


def content_digest(content: Mapping[str, object]) -> str:
    """SHA-256 hex of the canonical JSON of a row's content; bytes stand in it as hex."""
    plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in content.items()}
    return hashlib.sha256(_canonical(plain).encode()).hexdigest()


def next_link(number: int, head: str, content: Mapping[str, object]) -> Link:
    """The link after a head; `number` is the head's own."""
    digest = content_digest(content)
    return Link(number + 1, digest, hashlib.sha256(f"{head}{number + 1}{digest}".encode()).hexdigest())
