"""`python -m question_bank check` says everything that is wrong; `lock` publishes the versions that are new."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from question_bank.blueprint import load_blueprint, shortages
from question_bank.faults import BankFaults, Fault, stopping
from question_bank.load import FOLDER, read
from question_bank.lock import LOCK, changed, compare, write_lock


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; 0 if the bank is sound, 1 if it is not."""
    parser = argparse.ArgumentParser(prog="python -m question_bank", description=__doc__)
    parser.add_argument("verb", choices=["check", "lock"])
    parser.add_argument(
        "--folder", type=Path, default=FOLDER, help="another bank than the one in this package"
    )
    asked = parser.parse_args(arguments)
    return _check(asked.folder) if asked.verb == "check" else _lock(asked.folder)


def _check(folder: Path) -> int:
    reading = read(folder)
    bank = reading.bank
    findings = [*reading.findings, *compare(bank.questions, reading.locked, bank.pictures)]
    try:
        findings += shortages(load_blueprint(), bank.questions)
    except BankFaults as refused:
        findings += refused.faults
    _say(findings)
    faults = len(stopping(findings))
    sys.stdout.write(
        f"{len(bank.questions)} questions, {faults} faults, {len(findings) - faults} pieces of advice.\n"
    )
    return 1 if faults else 0


def _lock(folder: Path) -> int:
    reading = read(folder)
    bank = reading.bank
    faults = [*stopping(reading.findings), *changed(bank.questions, reading.locked, bank.pictures)]
    if faults:
        _say(faults)
        sys.stdout.write("Nothing was published.\n")
        return 1
    added = write_lock(folder / LOCK, bank.questions, reading.locked, bank.pictures)
    sys.stdout.write("".join(f"published {line}\n" for line in added) or "Nothing new to publish.\n")
    return 0


def _say(findings: list[Fault]) -> None:
    sys.stdout.write("".join(f"{finding}\n" for finding in findings))


if __name__ == "__main__":
    sys.exit(main())
