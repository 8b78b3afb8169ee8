"""Passwords of staff: hashed and verified with argon2 in a thread, so that neither the loop nor the writer waits.

An address nobody has costs as much time as a known one. At most two are worked on at once.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from pwdlib import PasswordHash

from app.records.staff import Credentials

_hasher = PasswordHash.recommended()
_threads = ThreadPoolExecutor(2, "clearway-password")


async def hashed(password: str) -> str:
    """The argon2 hash to store."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def is_right(password: str, known: Credentials | None) -> bool:
    """Whether this is the password of these credentials; for nobody the same work is done, and it is never right."""
    fits = await asyncio.get_running_loop().run_in_executor(_threads, _verify, password, known)
    return fits and known is not None


def _verify(password: str, known: Credentials | None) -> bool:
    decoy = _decoy()  # asked for in both cases, so that making it at the first sign-in tells nothing either
    return _hasher.verify(password, decoy if known is None else known.password_hash)


@cache
def _decoy() -> str:
    """A hash that nobody's password has. Made at the first use: hashing at import would slow every start."""
    return _hasher.hash("nobody has this password")
