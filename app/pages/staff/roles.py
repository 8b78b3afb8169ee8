"""The names of staff roles in words, and what each lets its holder do."""

from app.pages.words import N_
from app.rules.permissions import Role

ROLES = {
    Role.CENTRE_STAFF: N_("Centre staff"),
    Role.CENTRE_MANAGER: N_("Centre manager"),
    Role.ADJUSTMENTS_OFFICER: N_("Adjustments officer"),
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.CANDIDATE: N_("Candidate"),
    Role.SYSTEM: N_("The service"),
}
LETS = {
    Role.CENTRE_STAFF: N_("Check in, release, pause, help and stop. Add a few minutes to a test."),
    Role.CENTRE_MANAGER: N_("All that centre staff do. Add more minutes to a test."),
    Role.ADJUSTMENTS_OFFICER: N_("See the list. Set extra time and breaks before check-in."),
    Role.ADMINISTRATOR: N_("See every centre. Add time to a test."),
}
