"""Programs that a test run starts and that must end with it, even when the run is killed."""

import ctypes
import signal

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """In a child, before it starts its program (`preexec_fn`): a killed test run leaves nothing behind."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
