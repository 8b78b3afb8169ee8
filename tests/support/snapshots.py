"""What assistive technology is given, kept as text (R11), and pictures of pages for the README.

Snapshots stand in `tests/journeys/snapshots`, one file a template and state.
"""

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page

SNAPSHOTS = Path("tests/journeys/snapshots")
PICTURES = Path("docs/pictures")
UPDATE = "CLEARWAY_UPDATE_SNAPSHOTS"
KEEP_PICTURES = "CLEARWAY_PICTURES"


def match_snapshot(
    page: Page, name: str, *, hide: Mapping[str, str] | None = None, folder: Path = SNAPSHOTS
) -> None:
    """R11: names, roles and states of the page equal the stored ones; fails with the lines that differ.

    `hide` maps patterns of what may differ from run to run (times, codes) to the words that stand for it.
    With CLEARWAY_UPDATE_SNAPSHOTS=1 the stored text is written instead; look at what changed before it is kept.
    """
    match_stored(tree(page, hide=hide), name, folder=folder)


def tree(page: Page, *, hide: Mapping[str, str] | None = None) -> str:
    """The title of the page, and the names, roles and states that assistive technology is given of it."""
    shown = page.title() + "\n" + page.locator("body").aria_snapshot() + "\n"
    for pattern, words in (hide or {}).items():
        shown = re.sub(pattern, words, shown)
    return shown


def match_stored(shown: str, name: str, *, folder: Path = SNAPSHOTS) -> None:
    """Fails with the lines in which a tree differs from the stored one of this name; see `match_snapshot`."""
    file = folder / f"{name}.yaml"
    if os.environ.get(UPDATE) == "1":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shown, encoding="utf-8")
        return
    if not file.is_file():
        raise AssertionError(f"{file} is not there: run the test once with {UPDATE}=1 and read what it wrote")
    stored = file.read_text(encoding="utf-8")
    if stored != shown:
        lines = difflib.unified_diff(stored.splitlines(), shown.splitlines(), "stored", "shown", lineterm="")
        raise AssertionError(f"{name} is not as stored ({UPDATE}=1 stores it):\n" + "\n".join(lines))


def take_picture(page: Page, name: str, *, whole: bool = False) -> None:
    """Keeps what the tab shows as `docs/pictures/<name>.png`, when CLEARWAY_PICTURES=1; else does nothing."""
    if os.environ.get(KEEP_PICTURES) == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)
