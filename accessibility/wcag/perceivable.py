"""WCAG 2.2, principle 1: how the candidate's pages stand on each criterion that things can be perceived."""

from accessibility.wcag.criterion import Criterion, Level, Standing
from accessibility.words import N_

A, AA, AAA = Level.A, Level.AA, Level.AAA
MET, NO_FAULT, NOT_MET = Standing.MET, Standing.NO_FAULT, Standing.NOT_MET
NONE_HERE, NOT_CHECKED = Standing.NONE_HERE, Standing.NOT_CHECKED

NO_MEDIA = N_("No page has sound or film yet.")

PERCEIVABLE = (
    Criterion(
        "1.1.1", N_("Non-text Content"), A, NO_FAULT, N_("Every picture is described in words."),
        N_("Whether a description is right, and does not give the answer away."),
    ),
    Criterion("1.2.1", N_("Audio-only and Video-only (Prerecorded)"), A, NONE_HERE, NO_MEDIA),
    Criterion("1.2.2", N_("Captions (Prerecorded)"), A, NONE_HERE, NO_MEDIA),
    Criterion("1.2.3", N_("Audio Description or Media Alternative (Prerecorded)"), A, NONE_HERE, NO_MEDIA),
    Criterion("1.2.4", N_("Captions (Live)"), AA, NONE_HERE, NO_MEDIA),
    Criterion("1.2.5", N_("Audio Description (Prerecorded)"), AA, NONE_HERE, NO_MEDIA),
    Criterion("1.2.6", N_("Sign Language (Prerecorded)"), AAA, NONE_HERE, NO_MEDIA),
    Criterion("1.2.7", N_("Extended Audio Description (Prerecorded)"), AAA, NONE_HERE, NO_MEDIA),
    Criterion("1.2.8", N_("Media Alternative (Prerecorded)"), AAA, NONE_HERE, NO_MEDIA),
    Criterion("1.2.9", N_("Audio-only (Live)"), AAA, NONE_HERE, NO_MEDIA),
    Criterion(
        "1.3.1", N_("Info and Relationships"), A, NO_FAULT,
        N_("Headings, groups, labels and lists are marked as what they are."),
        N_("Whether the marks say what a person sees."),
    ),
    Criterion("1.3.2", N_("Meaningful Sequence"), A, MET, N_("Pages are read in the order in which they are seen.")),
    Criterion(
        "1.3.3", N_("Sensory Characteristics"), A, NOT_CHECKED, N_("Nobody has read every instruction for this yet."),
        N_("Whether an instruction needs shape, place, colour or sound."),
    ),
    Criterion(
        "1.3.4", N_("Orientation"), AA, NO_FAULT, N_("No page holds a screen to one direction."),
        N_("Whether pages are comfortable on a device that is turned."),
    ),
    Criterion(
        "1.3.5", N_("Identify Input Purpose"), AA, NONE_HERE,
        N_("Candidates type nothing about themselves into a field of their own."),
    ),
    Criterion(
        "1.3.6", N_("Identify Purpose"), AAA, NOT_MET,
        N_("Regions are marked. The purpose of each button is told in words only."),
    ),
    Criterion(
        "1.4.1", N_("Use of Color"), A, NO_FAULT,
        N_("Choices, errors and focus differ by shape and words too."),
        N_("Whether every page works in shades of grey."),
    ),
    Criterion("1.4.2", N_("Audio Control"), A, NONE_HERE, NO_MEDIA),
    Criterion(
        "1.4.3", N_("Contrast (Minimum)"), AA, MET, N_("All text has a contrast of at least 7 to 1, in every theme.")
    ),
    Criterion("1.4.4", N_("Resize Text"), AA, MET, N_("Text grows to 300 percent, and nothing is lost.")),
    Criterion(
        "1.4.5", N_("Images of Text"), AA, NOT_CHECKED,
        N_("Words in pictures should be those of real signs. Nobody has gone through them."),
        N_("Whether words in a picture belong to a real sign."),
    ),
    Criterion(
        "1.4.6", N_("Contrast (Enhanced)"), AAA, MET,
        N_("All text has a contrast of at least 7 to 1, in every theme."),
    ),
    Criterion("1.4.7", N_("Low or No Background Audio"), AAA, NONE_HERE, NO_MEDIA),
    Criterion(
        "1.4.8", N_("Visual Presentation"), AAA, NO_FAULT,
        N_("Colours, line length and space can be chosen. Lines have at most 80 characters."),
        N_("Whether paragraphs stand far enough apart."),
    ),
    Criterion(
        "1.4.9", N_("Images of Text (No Exception)"), AAA, NOT_CHECKED,
        N_("Words in pictures should be those of real signs. Nobody has gone through them."),
        N_("Whether words in a picture belong to a real sign."),
    ),
    Criterion(
        "1.4.10", N_("Reflow"), AA, MET,
        N_("Pages fit 320 pixels, with text of 200 percent too, without sideways scroll."),
    ),
    Criterion(
        "1.4.11", N_("Non-text Contrast"), AA, NO_FAULT,
        N_("Edges of controls and focus rings have at least 3 to 1."),
        N_("Whether the parts of a question’s picture stand out enough."),
    ),
    Criterion("1.4.12", N_("Text Spacing"), AA, MET, N_("With wider spacing nothing is cut and nothing overlaps.")),
    Criterion(
        "1.4.13", N_("Content on Hover or Focus"), AA, MET,
        N_("Nothing comes up when something is pointed at. The skip link comes with the focus."),
    ),
)  # fmt: skip
