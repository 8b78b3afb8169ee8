"""Programs that a test run starts and that must end with it, even when the run is killed."""

import shutil


def tied(*command: str) -> list[str]:
    """The command, made to end when the test run does; `setpriv` is part of every Debian and Ubuntu."""
    setpriv = shutil.which("setpriv")
    return [*([setpriv, "--pdeathsig", "TERM"] if setpriv else []), *command]
