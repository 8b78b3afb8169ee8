"""What a check has looked at, in numbers; what it found is told in sentences as it is found."""

from dataclasses import dataclass


@dataclass
class Tally:
    """How many rows of each kind were looked at. A part that could not be read counts what came before."""

    people: int = 0
    questions: int = 0
    sittings: int = 0
    moves: int = 0
    answers: int = 0
    outcomes: int = 0
