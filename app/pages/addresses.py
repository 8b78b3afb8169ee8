"""Addresses that more than one audience's pages, guards and error pages point to. Candidate addresses hold no id."""

CANDIDATE_SIGN_IN = "/"
CANDIDATE_HOME = "/sitting"  # sends the candidate to the page where they are
CANDIDATE_HELP = "/sitting/help"
HELP_WITHOUT_A_CODE = "/help"  # for somebody who is not signed in
STAFF_SIGN_IN = "/staff/sign-in"
STAFF_SIGN_OUT = "/staff/sign-out"
STAFF_HOME = "/staff"  # sends staff to their centre, or to the list of centres
LOOK = "/look"  # how pages look, before sign-in; signed-in candidates are sent on to their sitting's
ACCESSIBILITY = "/accessibility"
HEALTH = "/health"
STATIC = "/static"


def is_for_staff(path: str) -> bool:
    """Whether an address belongs to the staff pages: /staff/... and /centre/<code>/..."""
    return path.startswith(("/staff", "/centre"))
