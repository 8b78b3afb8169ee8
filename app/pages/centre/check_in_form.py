"""The fields of check-in: document, match, minutes, and why it is not the usual time."""

from enum import StrEnum

from app.pages.centre.history import DOCUMENTS
from app.pages.centre.minutes import minutes_fields
from app.pages.staff.fields import Field, FieldKind, options
from app.pages.words import N_, _
from app.records.day import DayRow
from app.rules.help import DocumentKind, OutsideReason
from app.rules.policy import MINUTE, POLICY


class Matched(StrEnum):
    """Whether the photo and the name of the document are those of the person and the booking."""

    YES = "yes"
    NO = "no"


MATCHED = {Matched.YES: N_("Yes, both match"), Matched.NO: N_("No")}
OUTSIDE = {
    OutsideReason.EARLY_AND_READY: N_("The candidate is early and we are ready"),
    OutsideReason.WE_ARE_LATE: N_("We are late"),
    OutsideReason.LATE_FOR_A_REASON: N_("The candidate is late for a good reason"),
}


def is_outside(row: DayRow, now: int) -> bool:
    """Whether now is further from the start than check-in usually is."""
    return not row.starts_at - POLICY.check_in_early_ms <= now <= row.starts_at + POLICY.check_in_late_ms


def check_in_fields(row: DayRow, now: int) -> tuple[Field, ...]:
    """All fields, the last one only outside the usual time."""
    fields = [
        Field(
            FieldKind.RADIOS,
            "document",
            _("Which document have you seen?"),
            _("Only its kind is kept. Do not copy it."),
            options=options(DocumentKind, DOCUMENTS),
        ),
        Field(
            FieldKind.RADIOS,
            "matched",
            _("Do photo and name match the person?"),
            options=options(Matched, MATCHED),
        ),
        *minutes_fields(row),
    ]
    if is_outside(row, now):
        usual = POLICY.check_in_early_ms // MINUTE
        told = _("Check-in is usually within %(usual)d minutes of the start.") % {"usual": usual}
        words = _("Why do you check in at this time?")
        fields.append(
            Field(FieldKind.RADIOS, "outside", words, told, options=options(OutsideReason, OUTSIDE))
        )
    return tuple(fields)
