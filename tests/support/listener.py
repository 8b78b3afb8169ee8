"""A person who has ears and a keyboard and nothing else: hears what Orca says, presses keys, goes by the words.

A listener holds no page and no database, so a walk written with it can only go by what was heard. Orca's words
for roles are here and nowhere else; which pages a candidate meets is the test's business.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

from tests.support.screen_reader import Orca

# Orca's keys in browse mode, and how it says that it has come to such a thing, or that there is none (Orca 43).
MET = {
    "h": "heading level|No more headings",
    "r": "radio button|No more radio",
    "x": "check box|No more check",
    "b": "button|No more buttons",
    "k": "link|No more links",
    "space": "selected|checked|pressed",
    "Tab": "link|entry|button|check box",
    "ctrl+Home": "Skip to",
}
REACTION = 0.2
WRAPPED = "Wrapping to top. "
LOADED = "Finished loading"
TITLE = re.compile(rf"{LOADED} (.*?)\.?$")
THE_LAST_TOOL = "Ask a person for help"
ANSWER = re.compile(r"^([A-H]) (.+)$")
STATE = re.compile(r"(not )?(?:selected|checked)$")
ROLES = ("radio button", "check box")


@dataclass(frozen=True)
class Heard:
    """One answer as it was read out: its words, and whether it was chosen."""

    words: str
    chosen: bool


@dataclass
class Listener:
    """What is heard and pressed. `page` is all that was said of the page that came last."""

    sr: Orca
    page: list[str] = field(default_factory=list)
    keys: int = 0
    again: int = 0

    def __post_init__(self) -> None:
        self._since = self.sr.place()

    @property
    def words(self) -> str:
        """The page as one text."""
        return " ".join(self.page)

    @property
    def title(self) -> str:
        """The title that Orca gave when the page was there."""
        told = [found[1] for line in self.page if (found := TITLE.search(line))]
        return told[-1] if told else ""

    @property
    def interruptions(self) -> list[str]:
        """Everything that pages said by themselves since the listener sat down."""
        return self.sr.unasked(self._since)

    def listen(self, seconds: float) -> list[str]:
        """Keeps still for so many seconds; what was said meanwhile."""
        return self.sr.listen(seconds)

    def hear_page(self, *, end: str = THE_LAST_TOOL) -> str:
        """Listens until the new page was read to its last words, then goes to its top; gives its title.

        Orca leaves its caret where the reading stopped, so Tab would go on from anywhere else by chance.
        """
        self.sr.wait_for(f"{LOADED} .*\\w", timeout=30)
        self.page = self.sr.wait_for(end, timeout=30)
        self.press("ctrl+Home")
        return self.title

    def press(self, key: str) -> str:
        """Presses a key and gives what it made Orca say."""
        self._hit(key)
        return " ".join(self.sr.wait_for(MET[key]))

    def enter(self) -> None:
        """Presses Return where the reader stands, and waits for nothing."""
        self._hit("Return")

    def type(self, text: str) -> None:
        """Types letters and figures."""
        self.keys += len(text)
        self.sr.desktop.press(*text)

    def follow(self, *, end: str = THE_LAST_TOOL) -> str:
        """Presses Return where the reader stands, and hears the page that it leads to; its title."""
        self._hit("Return")
        return self.hear_page(end=end)

    def _hit(self, key: str) -> None:
        """Orca says a thing a moment before the browser has moved its focus there; nobody reacts in that moment."""
        if key in ("Return", "space"):
            time.sleep(REACTION)
        self.keys += 1
        self.sr.press(key)

    def find(self, key: str, name: str) -> str:
        """Goes by one of Orca's keys to the thing whose words start like that. Fails when it comes round."""
        passed: list[str] = []
        while sum(said.startswith(WRAPPED) for said in passed) < 2:
            said = self.press(key)
            if said.removeprefix(WRAPPED).startswith(name):
                return said
            passed.append(said)
            if "No more" in said:
                break
        raise AssertionError(f"{key} never came to {name!r}; it passed {passed}")

    def go(self, key: str, name: str, *, end: str = THE_LAST_TOOL) -> str:
        """Finds a button or link and presses it; the title of the page that comes.

        Who hears no page loading looks for the thing once more. `again` counts this, so that a test can bound it.
        """
        self.find(key, name)
        self._hit("Return")
        try:
            self.sr.wait_for("Loading|Finished loading", timeout=5)
        except AssertionError:
            self.again += 1
            self.find(key, name)
            self._hit("Return")
        return self.hear_page(end=end)

    def answers(self) -> dict[str, Heard]:
        """The answers of the page by their letters, in the order heard."""
        found: dict[str, Heard] = {}
        letter, words = "", ""
        for line in self.page:
            start = ANSWER.match(line)
            if start and start[1] == "ABCDEFGH"[len(found)]:
                letter, words = start[1], start[2]
            elif letter and (state := STATE.match(line)):
                found[letter], letter = Heard(words, not state[1]), ""
            elif letter and line not in ROLES:
                words += f" {line}"
        return found
