"""The faults and the promises by their numbers in the design, and the words that open the page about them.

The figures of the page, and how it is put together, are `report.py`'s.
"""

FAULTS = {
    "F1": "The process dies",
    "F2": "The power is cut",
    "F3": "The process freezes",
    "F4": "The disk is full, read-only or failing",
    "F5": "The network drops, delays, repeats",
    "F6": "PostgreSQL dies",
    "F7": "The browser is offline",
    "F8": "The clock is wrong",
    "F9": "Two things happen at once",
    "F10": "Too many people at once",
    "F11": "The stored files are damaged",
    "F12": "Everything is restored from a back-up",
    "F13": "The database is migrated",
    "F14": "Somebody changes history",
}
PROMISES = {
    "P1": "Saved means saved: no acknowledged answer is lost",
    "P1b": "the settings that give it cannot drift: otherwise the start is refused",
    "P1c": "known faults of the database engine are fenced: one process, one writer",
    "P2": "a full disk is an event, not a loss",
    "P3": "the same save sent twice is stored once",
    "P4": "the newest intention wins over an older one that arrives late",
    "P5": "one sitting has one pen",
    "P6": "an outage of ours takes no time from anybody",
    "P7": "paused time never counts",
    "P8": "an answer made before zero and a little late counts; later ones are kept for a person",
    "P9": "a candidate can go on without a connection for a while",
    "P10": "a candidate can move to another device",
    "P11": "the service is back quickly",
    "P12": "how much can be lost with a disk or a site",
    "P13": "1,000 sittings on two cores",
    "P14": "overload sheds the right things",
    "P15": "damage is found, never served",
    "P16": "migrations are boring",
    "P17": "back-ups restore",
    "P18": "history cannot be changed quietly",
    "P19": "a pass can be checked and not forged",
    "P20": "the wall clock cheats nobody",
    "P21": "no refusal is silent",
    "P22": "a new release may be deployed during a session",
    "P23": "the evidence of an incident in one click",
    "P24": "what we report about ourselves",
}
ELSEWHERE = {
    "P1b": "every setting in `tests/records/test_store_fitness.py`",
    "P4": "every order of saves in `tests/rules/test_order_of_saves.py`",
    "P7": "every sequence of moves in `tests/rules/test_timing.py`",
    "P8": "every row of the table of deadlines in `tests/rules/test_deadline_table.py`",
    "P13": "`make bench`",
    "P16": "`tests/records/test_store_migrations.py`, on small databases",
    "P18": "every edit, deletion and swap in `tests/records/test_verifying.py`",
}

INTRODUCTION = """# What the service promises about loss and time, and what was measured

Written by `python -m tests.faults.report` from the figures that the fault tests kept. `make reliability`
runs those tests and writes this page again; `make deep` does it at its end. Nothing here is typed by hand.

**What is promised.** An answer is called saved only after it is safely on disk, and what was called saved
is never lost or changed. Time that we take from a candidate, because a program or a machine failed, is
given back. The promises have numbers; they stand under each fault below, and those that nothing here
measures stand at the end.

**What the bench is.** The real server, started as an operator starts it, on a database of its own.
Candidates without script sign in, answer and hand in over HTTP and write down what they were told. Then
something is broken on purpose, and a checker that asks the service nothing compares what they were told
with what is stored: answers, moves, the hash chain, time left, marks. A few tests call a part of the
service directly, where the fault cannot be made from outside; the name of the test says which.

**How we know that it can see.** For each fault a variant of the service is kept that is broken on purpose.
The same checker must catch it, or the test fails. These are the second table under each fault.

**What it is not.** One machine, with one disk that keeps its word about syncing. No test here can show that
there is no fault, only that these were looked for and not found so many times. Times in seconds are of this
machine, while it was doing other things too; counts of loss are not affected by that. Speed is measured
elsewhere, by `make bench`.
"""
