"""WCAG 2.2, principle 2: how the candidate's pages stand on each criterion that things can be operated."""

from accessibility.wcag.criterion import Criterion, Level, Standing
from accessibility.words import N_

A, AA, AAA = Level.A, Level.AA, Level.AAA
MET, NO_FAULT, NOT_MET = Standing.MET, Standing.NO_FAULT, Standing.NOT_MET
NONE_HERE, NOT_CHECKED = Standing.NONE_HERE, Standing.NOT_CHECKED

NOTHING_MOVES = N_("Nothing moves or flashes on any page.")

OPERABLE = (
    Criterion(
        "2.1.1", N_("Keyboard"), A, MET, N_("The whole test is taken by keyboard, with script and without."),
        N_("Whether a switch device of a phone or tablet gets through."),
    ),
    Criterion("2.1.2", N_("No Keyboard Trap"), A, MET, N_("The Tab key leaves every page.")),
    Criterion("2.1.3", N_("Keyboard (No Exception)"), AAA, MET, N_("Nothing needs a mouse or a touch screen.")),
    Criterion(
        "2.1.4", N_("Character Key Shortcuts"), A, MET,
        N_("Keys for the whole page are off at first. They can be changed and turned off."),
    ),
    Criterion(
        "2.2.1", N_("Timing Adjustable"), A, MET,
        N_("The time limit is part of the test. More time can be arranged."),
        N_("Whether the time that was arranged is enough for a person."),
    ),
    Criterion(
        "2.2.2", N_("Pause, Stop, Hide"), A, MET,
        N_("Only the clock changes by itself, once a minute. It can be hidden."),
    ),
    Criterion(
        "2.2.3", N_("No Timing"), AAA, NOT_MET, N_("The test is timed. A test without a limit is not offered yet.")
    ),
    Criterion(
        "2.2.4", N_("Interruptions"), AAA, NO_FAULT,
        N_("Messages about time can be turned off."),
        N_("Whether messages disturb a person."),
    ),
    Criterion(
        "2.2.5", N_("Re-authenticating"), AAA, MET, N_("A day later the same question has the same answers.")
    ),
    Criterion("2.2.6", N_("Timeouts"), AAA, MET, N_("Answers are kept for far longer than 20 hours.")),
    Criterion("2.3.1", N_("Three Flashes or Below Threshold"), A, MET, NOTHING_MOVES),
    Criterion("2.3.2", N_("Three Flashes"), AAA, MET, NOTHING_MOVES),
    Criterion("2.3.3", N_("Animation from Interactions"), AAA, MET, NOTHING_MOVES),
    Criterion("2.4.1", N_("Bypass Blocks"), A, MET, N_("A skip link comes first, and regions are marked.")),
    Criterion(
        "2.4.2", N_("Page Titled"), A, MET, N_("Every title says the page, the part and the service.")
    ),
    Criterion(
        "2.4.3", N_("Focus Order"), A, NO_FAULT, N_("The focus goes in the order of the page."),
        N_("Whether that order makes sense to a person."),
    ),
    Criterion(
        "2.4.4", N_("Link Purpose (In Context)"), A, NO_FAULT, N_("Links with one name lead to one place."),
        N_("Whether the words of a link say where it leads."),
    ),
    Criterion(
        "2.4.5", N_("Multiple Ways"), AA, NONE_HERE, N_("The pages are steps of one test.")
    ),
    Criterion(
        "2.4.6", N_("Headings and Labels"), AA, NO_FAULT,
        N_("Every page has one main heading, and every field a label."),
        N_("Whether headings and labels describe well."),
    ),
    Criterion("2.4.7", N_("Focus Visible"), AA, MET, N_("A ring of 4 pixels in two tones shows the focus.")),
    Criterion("2.4.8", N_("Location"), AAA, MET, N_("Every question says which it is, and of how many.")),
    Criterion(
        "2.4.9", N_("Link Purpose (Link Only)"), AAA, NO_FAULT, N_("Links with one name lead to one place."),
        N_("Whether the words of a link say enough alone."),
    ),
    Criterion(
        "2.4.10", N_("Section Headings"), AAA, NO_FAULT, N_("No level of headings is left out."),
        N_("Whether every section that needs a heading has one."),
    ),
    Criterion("2.4.11", N_("Focus Not Obscured (Minimum)"), AA, MET, N_("Nothing lies over what has the focus.")),
    Criterion(
        "2.4.12", N_("Focus Not Obscured (Enhanced)"), AAA, MET,
        N_("What has the focus is wholly seen, on small screens too."),
    ),
    Criterion("2.4.13", N_("Focus Appearance"), AAA, MET, N_("A ring of 4 pixels in two tones shows the focus.")),
    Criterion("2.5.1", N_("Pointer Gestures"), A, MET, N_("Single presses do everything.")),
    Criterion("2.5.2", N_("Pointer Cancellation"), A, MET, N_("Things happen when the finger or button goes up.")),
    Criterion(
        "2.5.3", N_("Label in Name"), A, NO_FAULT, N_("The words on a control are in its name."),
        N_("Whether voice control finds every control."),
    ),
    Criterion("2.5.4", N_("Motion Actuation"), A, NONE_HERE, N_("Nothing is done by moving a device.")),
    Criterion("2.5.5", N_("Target Size (Enhanced)"), AAA, MET, N_("Targets are at least 44 by 44 pixels.")),
    Criterion(
        "2.5.6", N_("Concurrent Input Mechanisms"), AAA, NOT_CHECKED,
        N_("No test changes between touch, mouse and keyboard yet."),
    ),
    Criterion("2.5.7", N_("Dragging Movements"), AA, MET, N_("Nothing is dragged.")),
    Criterion("2.5.8", N_("Target Size (Minimum)"), AA, MET, N_("Targets are at least 44 by 44 pixels.")),
)  # fmt: skip
