"""What is said when a request itself is at fault, or the service is."""

from app.pages.faults import Fault
from app.pages.sentences.row import GO_BACK, GO_ON, SAFE, Row
from app.pages.words import N_

REQUESTS = {
    Fault.UNREADABLE: Row(
        400,
        N_("We could not read that"),
        N_("A part of it was lost on the way to us."),
        SAFE,
        GO_BACK,
    ),
    Fault.SIGNED_OUT: Row(
        401,
        N_("You are signed out"),
        N_("You were signed out before this arrived, so it was not saved."),
        SAFE,
        N_("Sign in again. You come back to where you were."),
    ),
    Fault.MOVED_AWAY: Row(
        401,
        N_("Your test has moved to another computer"),
        N_("The person at the desk moved it. You can go on there."),
        N_("Nothing is lost. Everything you saved is there."),
        N_("If you do not know why, ask a person."),
        sent=N_("What you sent just now was not saved. Do it again there. Everything before it is safe."),
    ),
    Fault.NOT_READY: Row(
        401,
        N_("Your test is not ready"),
        N_("The person at the desk has to make it ready again."),
        N_("Nothing has started, so nothing is lost."),
        N_("Speak to the person at the desk."),
    ),
    Fault.OLD_FORM: Row(
        403,
        N_("Press once more to save"),
        N_("This page was open for a long time, or you have signed in again since. It was not saved yet."),
        N_("What you chose is still on this page. Everything you saved before is safe."),
        N_("Press the button to save it."),
    ),
    Fault.OTHER_SITE: Row(
        403,
        N_("That did not come from this service"),
        N_("Another website tried to send something here in your name. We did not accept it."),
        SAFE,
        N_("You do not have to do anything."),
    ),
    Fault.COOKIES_BLOCKED: Row(
        403,
        N_("This browser blocks cookies"),
        N_("This service needs cookies to know that it is still you. It uses no others."),
        N_("Nothing has started, so nothing is lost."),
        N_(
            "Allow cookies for this address in the settings of the browser. Then open the start page again. "
            "At a test centre, ask a person for another computer."
        ),
    ),
    Fault.NO_SUCH_PAGE: Row(
        404,
        N_("This page is not here"),
        N_("There is no such page, or it is not yours to see."),
        SAFE,
        GO_ON,
    ),
    Fault.NOT_THIS_WAY: Row(
        405,
        N_("This page does not open like that"),
        N_("It opens only by a button on another page."),
        SAFE,
        GO_ON,
    ),
    Fault.TOO_LARGE: Row(
        413,
        N_("That was too long"),
        N_("You sent more than this page can take. It was not saved."),
        SAFE,
        N_("Go back and write less."),
    ),
    Fault.WRONG_TYPE: Row(
        415,
        N_("We could not read that"),
        N_("It was not sent by a page of this service."),
        SAFE,
        GO_BACK,
    ),
    Fault.BAD_FIELD: Row(
        422,
        N_("We could not read some of the characters"),
        N_("We cannot store some of the characters that you sent."),
        SAFE,
        N_("Go back and type it again without unusual characters."),
        detailed=N_("We cannot store some of the characters in “%(field)s”."),
    ),
    Fault.WRONG_ADDRESS: Row(
        421,
        N_("Wrong address"),
        N_("This service does not answer at this address."),
        SAFE,
        N_("Check the address."),
    ),
    Fault.NOT_SAVED_YET: Row(
        503,
        N_("Not saved yet"),
        N_("We could not save that just now. The fault is ours."),
        N_("What you chose is still on this page. Everything you saved before is safe."),
        N_("Wait a few seconds, then press the button. If it happens again, ask a person for help."),
    ),
    Fault.NO_ROOM: Row(
        503,
        N_("Your test cannot start yet"),
        N_("The computer that keeps the answers is almost full, so no new test starts. The fault is ours."),
        N_("Nothing has started, so nothing is lost."),
        N_("Tell the person at the desk. When they have made room, start your test."),
    ),
    Fault.NOT_READ: Row(
        503,
        N_("We cannot show this page just now"),
        N_("The fault is ours. It usually passes within a minute."),
        SAFE,
        N_("Wait a few seconds and try again. If it happens again, ask a person for help."),
    ),
    Fault.BROKEN: Row(
        500,
        N_("Something went wrong"),
        N_("The fault is ours, not yours."),
        SAFE,
        N_("Go back and try again. If it happens again, ask a person for help and tell them the reference."),
    ),
}
