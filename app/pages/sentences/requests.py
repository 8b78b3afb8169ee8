"""What is said when a request itself is at fault, or the service is."""

from app.pages.faults import Fault
from app.pages.sentences.row import GO_BACK, SAFE, Row
from app.pages.words import N_

REQUESTS = {
    Fault.UNREADABLE: Row(
        400,
        N_("We could not read that"),
        N_("What arrived was cut off or mixed up on its way."),
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
            "Allow cookies for this address in the settings of the browser, then open the start page again. At a test "
            "centre, ask a person for another computer."
        ),
    ),
    Fault.NO_SUCH_PAGE: Row(
        404,
        N_("This page is not here"),
        N_("There is no such page, or it is not yours to see."),
        SAFE,
        GO_BACK,
    ),
    Fault.NOT_THIS_WAY: Row(
        405,
        N_("This page cannot be used like that"),
        N_("The page is there, but not for this."),
        SAFE,
        GO_BACK,
    ),
    Fault.TOO_LARGE: Row(
        413,
        N_("That was too long"),
        N_("More arrived than this page can take."),
        SAFE,
        N_("Go back and write less."),
    ),
    Fault.WRONG_TYPE: Row(
        415,
        N_("We could not read that"),
        N_("What arrived was not sent as a form of this service."),
        SAFE,
        GO_BACK,
    ),
    Fault.BAD_FIELD: Row(
        422,
        N_("We could not read some of the characters"),
        N_("Some of the characters that arrived cannot be stored."),
        SAFE,
        N_("Go back, remove unusual characters and try again."),
        detailed=N_("Some of the characters in “%(field)s” cannot be stored."),
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
        N_("Nothing is lost. Everything you saved before is safe."),
        N_("Go back and try again. If it happens again, ask a person for help and tell them the reference."),
    ),
}
