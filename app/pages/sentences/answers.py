"""What is said when an answer, or an entrance to a test, is refused."""

from app.pages.sentences.row import CARRY_ON, FOR_A_PERSON, GO_BACK, NOTHING, SAFE, STORED, Row
from app.pages.words import N_
from app.rules.refusals import Refusal

ANSWERS = {
    Refusal.NO_SUCH_QUESTION: Row(
        422,
        N_("There is no such question"),
        N_("Your test has no question with this number."),
        SAFE,
        CARRY_ON,
    ),
    Refusal.NO_SUCH_OPTION: Row(
        422,
        N_("That is not one of the answers"),
        N_("What you sent is not one of the answers to this question."),
        N_("Your earlier choice is kept."),
        N_("Go back to the question and choose again."),
    ),
    Refusal.TOO_MANY: Row(
        422,
        N_("You chose too many answers"),
        N_("You chose more answers than this question asks for."),
        N_("Your earlier choice is kept."),
        N_("Go back to the question and take away one or more of your answers."),
        detailed=N_("You chose %(chosen)s answers. This question asks for %(wanted)s."),
    ),
    Refusal.SEQUENCE_REUSED: Row(
        409,
        N_("Two different answers arrived as one"),
        N_("Your answer arrived twice, and the two were different."),
        N_("Both are kept. The first one counts."),
        N_("Look at the question again and check your answer."),
        kept_for_review=N_("Both are kept. The first one counts."),
    ),
    Refusal.OPEN_ELSEWHERE: Row(
        409,
        N_("You have this test open somewhere else"),
        N_("Only one page can save answers, and it is not this one."),
        SAFE,
        N_("To carry on here, go back to your test and choose to open it here."),
        kept_for_review=STORED,
    ),
    Refusal.PAUSED: Row(
        409,
        N_("Your test is paused"),
        N_("The clock is stopped, so answers do not count just now."),
        SAFE,
        N_("Go back to your test and carry on when you are ready."),
        kept_for_review=STORED,
    ),
    Refusal.TIME_ENDED: Row(
        409,
        N_("Your time has ended"),
        N_("This answer came after the end of your time."),
        SAFE,
        N_("Go back to your test to see what happens next."),
        kept_for_review=FOR_A_PERSON,
    ),
    Refusal.HANDED_IN: Row(
        409,
        N_("You have finished this part"),
        N_("You have finished this part, so its answers cannot change."),
        SAFE,
        N_("Go back to your test to see what happens next."),
        kept_for_review=STORED,
    ),
    Refusal.NOT_STARTED: Row(
        409, N_("Your test has not started"), N_("There is nothing to answer yet."), SAFE, CARRY_ON
    ),
    Refusal.FOR_REVIEW: Row(
        409,
        N_("A person will look at this answer"),
        N_("This answer came at a moment when it could not count by itself."),
        SAFE,
        CARRY_ON,
        kept_for_review=FOR_A_PERSON,
    ),
}


GETTING_IN = {
    Refusal.NO_SUCH_CODE: Row(
        422,
        N_("That code does not match a test"),
        N_("That code does not match a test that is ready."),
        NOTHING,
        N_("Check the code, or ask a person for help."),
        detailed=N_(
            "That code does not match a test that is ready. Check it, or ask a person for help. "
            "Tries left at this computer: %(tries_left)s."
        ),
    ),
    Refusal.DESK_BLOCKED: Row(
        429,
        N_("Ask a person to let you try again"),
        N_("The code was wrong too many times at this computer."),
        NOTHING,
        N_("Ask a person at the desk. Your test is not affected."),
        detailed=N_(
            "The code was wrong too many times at this computer. Tell the person at the desk this word: %(word)s."
        ),
    ),
    Refusal.OTHER_DESK: Row(
        409,
        N_("This test is open at another computer"),
        N_("The person at the desk can move a test to another computer."),
        SAFE,
        N_("Ask a person at the desk."),
    ),
    Refusal.NO_SUCH_DESK: Row(
        404,
        N_("No computer shows this word"),
        N_("No computer is waiting with this word."),
        NOTHING,
        N_("Check the word on its screen."),
    ),
    Refusal.WRONG_PASSWORD: Row(
        422,
        N_("E-mail address or password is wrong"),
        N_("We do not know this e-mail address with this password."),
        NOTHING,
        GO_BACK,
    ),
    Refusal.SIGN_IN_FIRST: Row(
        403,
        N_("Sign in first"),
        N_("This invitation is for somebody who is on the staff already."),
        NOTHING,
        N_("Sign in, then open the invitation again."),
    ),
    Refusal.INVITATION_SPENT: Row(
        410,
        N_("This invitation cannot be used"),
        N_("The invitation was used before or is too old."),
        NOTHING,
        N_("Ask the person who invited you for a new one."),
    ),
    Refusal.WEAK_PASSWORD: Row(
        422,
        N_("Choose a stronger password"),
        N_("This password is too short or too easy to guess."),
        NOTHING,
        N_("Use at least 12 characters, for example three words that do not belong together."),
    ),
    Refusal.NOT_FOUND: Row(
        404,
        N_("This page is not here"),
        N_("There is no such page, or it is not yours to see."),
        SAFE,
        GO_BACK,
    ),
}
