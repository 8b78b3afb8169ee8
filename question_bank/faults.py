"""What is wrong with a bank or a blueprint, said in one sentence each. Finding it lives with each check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """A fault stops the bank from loading; advice is for the next editor to weigh."""

    FAULT = "fault"
    ADVICE = "advice"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: the file (from the bank's folder), the question id or line, and a sentence."""

    file: str
    place: str
    sentence: str
    severity: Severity = Severity.FAULT

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{self.severity.value}: {where}: {self.sentence}"


class BankFaults(Exception):
    """The bank or the blueprint is refused; `faults` holds every reason found, not the first alone."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: list[Fault] = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def stopping(faults: Iterable[Fault]) -> list[Fault]:
    """Only those that stop a bank from loading."""
    return [fault for fault in faults if fault.severity is Severity.FAULT]
