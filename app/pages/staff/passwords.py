"""Passwords of staff: hashed and verified with argon2 in a thread, so that neither the loop nor the writer waits.

An address nobody has costs as much time as a known one. At most two are worked on at once.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from pwdlib import PasswordHash

from app.records.staff import Credentials

_hasher = PasswordHash.recommended()
_decoy = _hasher.hash("nobody has this password")
_threads = ThreadPoolExecutor(2, "clearway-password")


async def hashed(password: str) -> str:
    """The argon2 hash to store."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def is_right(password: str, known: Credentials | None) -> bool:
    """Whether this is the password of these credentials; for nobody the same work is done, and it is never right."""
    stored = _decoy if known is None else known.password_hash
    fits = await asyncio.get_running_loop().run_in_executor(_threads, _hasher.verify, password, stored)
    return fits and known is not None
