"""A sound bank of two questions in a folder of its own, for tests that break one thing at a time."""

from __future__ import annotations

from pathlib import Path

from question_bank.load import read
from question_bank.lock import LOCK, write_lock

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40"><path d="M0 0 H9"/></svg>'

TERMS = '[en-GB]\nroads = ["kerb", "hard shoulder"]\n'

QUESTION = """
[[question]]
id = "q1abcd"
version = 1
categories = ["car"]
choose = 1
key = ["b"]
difficulty = 0.3
rule = "Highway Code rule 239"
edition = "June 2024"
explanation = "The canary sings of rule 239."
fair_without_sight = "alternative"
picture = { file = "picture-a1b2.svg", description = "A grey line beside a green field." }
review = [
    { reader = "editor", on = 2026-11-22, step = "written", found = "Written." },
    { reader = "editor", on = 2026-11-22, step = "checked against the rule", found = "Agrees." },
]

[question.wording.en-GB.standard]
stem = "You park beside the kerb on a hill. What do you do first?"
options.a = "Open the door"
options.b = "Pull the handbrake"
options.c = "Leave the car"
options.d = "Sound the horn"

[question.wording.en-GB.plain]
stem = "You park beside the kerb. The road goes uphill. What do you do first?"
options.a = "Open the door"
options.b = "Pull the handbrake"
options.c = "Leave the car"
options.d = "Sound the horn"
"""

SECOND = """
[[question]]
id = "q2efgh"
version = 1
categories = ["car"]
choose = 2
key = ["a", "c"]
difficulty = 0.5
rule = "Highway Code rule 97"
edition = "June 2024"
explanation = "Both are checked before a journey."
fair_without_sight = "yes"
review = [
    { reader = "editor", on = 2026-11-22, step = "written", found = "Written." },
    { reader = "editor", on = 2026-11-22, step = "checked against the rule", found = "Agrees." },
]

[question.wording.en-GB.standard]
stem = "Which 2 things do you check before a journey?"
options.a = "Fuel in the tank"
options.b = "Colour of the car"
options.c = "Position of the seat"
options.d = "Name of the maker"
"""


def write_bank(folder: Path, first: str = QUESTION, second: str = SECOND, *, locked: bool = True) -> Path:
    """Write the bank's files; lock what was written unless asked not to."""
    (folder / "content").mkdir(exist_ok=True)
    (folder / "pictures").mkdir(exist_ok=True)
    (folder / "content" / "attitude.toml").write_text(first, "utf-8")
    (folder / "content" / "alertness.toml").write_text(second, "utf-8")
    (folder / "pictures" / "picture-a1b2.svg").write_text(PICTURE, "utf-8")
    (folder / "protected_terms.toml").write_text(TERMS, "utf-8")
    if locked:
        lock(folder)
    return folder


def lock(folder: Path) -> None:
    """Publish what the folder holds."""
    bank = read(folder).bank
    write_lock(folder / LOCK, bank.questions, {}, bank.pictures)


def changed(text: str, old: str, new: str) -> str:
    """The text with one change; the test fails loudly if there is nothing to change."""
    assert text.count(old) >= 1, f"nothing to change: {old}"
    return text.replace(old, new, 1)
