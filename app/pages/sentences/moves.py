"""What is said when a move of a sitting is refused."""

from app.pages.sentences.row import ASK, CARRY_ON, GO_BACK, LOOK_AGAIN, NOTHING, Row
from app.pages.words import N_
from app.rules.refusals import Refusal


def _move(
    title: str, sentence: str, todo: str = LOOK_AGAIN, status: int = 409, detailed: str | None = None
) -> Row:
    return Row(status, title, sentence, NOTHING, todo, detailed)


MOVES = {
    Refusal.NOT_PERMITTED: _move(
        N_("You cannot do this"),
        N_("Your role does not include this."),
        N_("Ask a person whose role does."),
        404,
    ),
    Refusal.ALREADY_STARTED: _move(N_("The test has already started"), N_("This test is already under way.")),
    Refusal.ALREADY_CHECKED_IN: _move(
        N_("Already checked in"), N_("This candidate has already been checked in.")
    ),
    Refusal.NOT_CHECKED_IN: _move(
        N_("Not checked in yet"), N_("This candidate has not been checked in yet.")
    ),
    Refusal.NOT_RELEASED: _move(
        N_("Your test is not ready yet"), N_("A person at the desk starts your test for you."), ASK
    ),
    Refusal.ALREADY_PAUSED: _move(N_("Already paused"), N_("This test is already paused.")),
    Refusal.NOT_PAUSED: _move(N_("Not paused"), N_("This test is not paused, so it cannot carry on.")),
    Refusal.NOT_RUNNING: _move(N_("The clock is not running"), N_("This test is not under way.")),
    Refusal.SITTING_OVER: _move(N_("This test is over"), N_("This test has ended and cannot change.")),
    Refusal.NOT_OVER: _move(
        N_("Your test is not over yet"), N_("These questions come after your test."), CARRY_ON
    ),
    Refusal.STAFF_RESUME: _move(
        N_("A person has to start the clock again"), N_("You cannot end this pause by yourself."), ASK
    ),
    Refusal.TIME_NOT_ENDED: _move(
        N_("There is still time left"), N_("This part has time left, so it was not ended."), CARRY_ON
    ),
    Refusal.NO_BREAK_LEFT: _move(
        N_("No break time left"),
        N_("You have used all of your break time."),
        N_("If you need a break, ask a person."),
    ),
    Refusal.OUTSIDE_CHECK_IN: _move(
        N_("Not the time to check in"),
        N_("The start of this test is too far away to check in without a reason."),
        N_("Say why you check in now, or wait."),
    ),
    Refusal.TOO_EARLY_TO_BE_ABSENT: _move(
        N_("Too early to say that they are absent"), N_("They still have time to come.")
    ),
    Refusal.BEYOND_YOUR_LIMIT: _move(
        N_("More than your role may add"),
        N_("Your role may not add that many minutes to one sitting."),
        N_("Ask a centre manager or an administrator."),
    ),
    Refusal.REASON_NEEDED: _move(N_("Say why"), N_("This needs a reason in words."), GO_BACK, 422),
    Refusal.SECOND_PERSON_NEEDED: _move(
        N_("A second person is needed"),
        N_("Two people have to agree to this."),
        N_("Ask a second person to confirm."),
    ),
    Refusal.POOL_TOO_SMALL: _move(
        N_("Not enough questions"),
        N_("The question bank has too few questions to draw a paper for this test."),
        N_("Tell an administrator."),
    ),
    Refusal.DETAILS_NOT_CONFIRMED: _move(
        N_("Check your details first"),
        N_("Before the test starts, say whether your details are right."),
        CARRY_ON,
    ),
}
