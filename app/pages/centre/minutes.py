"""The fields for extra minutes and rest breaks, asked in the same way before check-in and at it."""

from dataclasses import dataclass

from app.pages.forms import Reader
from app.pages.staff.fields import Field, FieldKind, options
from app.pages.words import N_, _
from app.records.day import DayRow
from app.rules.help import ArrangementsReason
from app.rules.policy import POLICY

REASONS = {
    ArrangementsReason.AGREED_BEFORE: N_("It was agreed before and is missing here"),
    ArrangementsReason.PROOF_SEEN: N_("We have seen proof for it"),
    ArrangementsReason.CANDIDATE_ASKED: N_("The candidate asks for less, or for none"),
    ArrangementsReason.CORRECTION: N_("It was typed wrong"),
}


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was asked for, and why if it differs from the booking."""

    extra: int
    breaks: int
    reason: ArrangementsReason | None


def minutes_fields(row: DayRow) -> tuple[Field, ...]:
    """Two numbers with the booking's values in them, and a reason that is needed only when they change."""
    return (
        Field(
            FieldKind.NUMBER,
            "extra_minutes",
            _("Extra minutes"),
            _("On top of the time that everybody has. 0 for none."),
            str(row.extra_minutes),
        ),
        Field(
            FieldKind.NUMBER,
            "break_minutes",
            _("Minutes of rest breaks"),
            _("In all, with the clock stopped. Everybody has %(usual)d.")
            % {"usual": POLICY.break_ms // 60_000},
            str(row.break_minutes),
        ),
        Field(
            FieldKind.RADIOS,
            "extra_reason",
            _("Why do you change the minutes?"),
            _("Choose one only if you changed a number. No condition has to be named."),
            options=options(ArrangementsReason, REASONS),
        ),
    )


def read_minutes(reader: Reader, row: DayRow) -> Minutes | None:
    """The numbers and the reason, or None with what is wrong told to the reader."""
    extra = reader.whole("extra_minutes", _("Enter extra minutes, or 0"), 0, POLICY.most_extra_minutes)
    breaks = reader.whole(
        "break_minutes", _("Enter minutes of rest breaks, or 0"), 0, POLICY.most_break_minutes
    )
    missing = _("Choose why you change the minutes")
    chosen = reader.form.one("extra_reason")
    changed = (extra, breaks) != (row.extra_minutes, row.break_minutes)
    reason = reader.choice("extra_reason", ArrangementsReason, missing) if chosen or changed else None
    return None if extra is None or breaks is None else Minutes(extra, breaks, reason)
