"""WCAG 2.2, principles 3 and 4: how the candidate's pages stand on what is understood, and on what other tools read."""

from accessibility.wcag.criterion import Criterion, Level, Standing
from accessibility.words import N_

A, AA, AAA = Level.A, Level.AA, Level.AAA
MET, NO_FAULT, NOT_MET = Standing.MET, Standing.NO_FAULT, Standing.NOT_MET
NONE_HERE, NOT_CHECKED = Standing.NONE_HERE, Standing.NOT_CHECKED

UNDERSTANDABLE = (
    Criterion("3.1.1", N_("Language of Page"), A, MET, N_("Every page says that it is in British English.")),
    Criterion(
        "3.1.2", N_("Language of Parts"), AA, NOT_CHECKED,
        N_("All is in English. Nobody has looked for words of other languages yet."),
        N_("Whether a word of another language is marked."),
    ),
    Criterion(
        "3.1.3", N_("Unusual Words"), AAA, NOT_MET, N_("Help with single words is not there yet."),
    ),
    Criterion("3.1.4", N_("Abbreviations"), AAA, NOT_MET, N_("Short forms are not explained everywhere yet.")),
    Criterion(
        "3.1.5", N_("Reading Level"), AAA, NOT_CHECKED,
        N_("Rules keep our sentences short. The reading age is not worked out yet."),
        N_("Whether people understand the words."),
    ),
    Criterion("3.1.6", N_("Pronunciation"), AAA, NOT_MET, N_("Nothing is read aloud yet.")),
    Criterion("3.2.1", N_("On Focus"), A, MET, N_("Nothing happens because something gets the focus.")),
    Criterion("3.2.2", N_("On Input"), A, MET, N_("Choosing an answer does not leave the page.")),
    Criterion(
        "3.2.3", N_("Consistent Navigation"), AA, MET, N_("The tools stand in the same order on every page of a test.")
    ),
    Criterion(
        "3.2.4", N_("Consistent Identification"), AA, NO_FAULT, N_("The tools have the same words everywhere."),
        N_("Whether all that does the same is called the same."),
    ),
    Criterion(
        "3.2.5", N_("Change on Request"), AAA, NOT_MET,
        N_("When the time ends or the clock is stopped, another page comes by itself."),
    ),
    Criterion(
        "3.2.6", N_("Consistent Help"), A, MET, N_("The way to a person stands last among the tools, always.")
    ),
    Criterion(
        "3.3.1", N_("Error Identification"), A, MET, N_("An error is told first on the page, and beside its field.")
    ),
    Criterion(
        "3.3.2", N_("Labels or Instructions"), A, NO_FAULT, N_("Every question says how many answers to choose."),
        N_("Whether the words tell people what to do."),
    ),
    Criterion(
        "3.3.3", N_("Error Suggestion"), AA, MET, N_("An error says what to do next, in numbers where it can.")
    ),
    Criterion(
        "3.3.4", N_("Error Prevention (Legal, Financial, Data)"), AA, MET,
        N_("Answers can be changed. Finishing is looked through and confirmed."),
    ),
    Criterion(
        "3.3.5", N_("Help"), AAA, NOT_MET,
        N_("A person can be asked. Help about the page is not on every page."),
    ),
    Criterion(
        "3.3.6", N_("Error Prevention (All)"), AAA, MET,
        N_("Answers can be changed. Finishing is looked through and confirmed."),
    ),
    Criterion(
        "3.3.7", N_("Redundant Entry"), A, NOT_CHECKED,
        N_("Nobody has gone through a whole test for this yet."),
        N_("Whether anything is asked twice."),
    ),
    Criterion(
        "3.3.8", N_("Accessible Authentication (Minimum)"), AA, NO_FAULT,
        N_("A short code may be pasted. A person at the centre may type it."),
        N_("Whether people manage to sign in by themselves."),
    ),
    Criterion(
        "3.3.9", N_("Accessible Authentication (Enhanced)"), AAA, NO_FAULT,
        N_("A short code may be pasted. A person at the centre may type it."),
        N_("Whether people manage to sign in by themselves."),
    ),
)  # fmt: skip

ROBUST = (
    Criterion(
        "4.1.1", N_("Parsing"), Level.NONE, NONE_HERE,
        N_("WCAG 2.2 took this criterion away. Every page is valid HTML all the same."),
    ),
    Criterion(
        "4.1.2", N_("Name, Role, Value"), A, NO_FAULT,
        N_("Everything has a name and a role. One screen reader was listened to: Orca."),
        N_("Whether other screen readers and braille displays tell the same."),
    ),
    Criterion(
        "4.1.3", N_("Status Messages"), AA, NO_FAULT,
        N_("Messages come through one polite region, without moving the focus."),
        N_("Whether other screen readers tell them."),
    ),
)  # fmt: skip
