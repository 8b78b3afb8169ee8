"""Contrast against values that anybody can check: the extremes, WCAG's own examples, our own themes."""

import pytest

from accessibility.contrast import Colour, colour, contrast, luminance

# Text on background and its ratio, as the table of themes in the interface design has them.
KNOWN = [
    ("#000000", "#FFFFFF", 21.0),
    ("#FFFFFF", "#000000", 21.0),
    ("#777777", "#FFFFFF", 4.48),
    ("#767676", "#FFFFFF", 4.54),
    ("#0B0C0C", "#FFFFFF", 19.6),
    ("#1B1B1B", "#FFF8E1", 16.2),
    ("#123F70", "#FFF8E1", 10.0),
    ("#8F1509", "#FFFFFF", 9.2),
    ("#505A5F", "#FFFFFF", 7.1),
    ("#F1F1EE", "#16191C", 15.6),
    ("#FFEB3B", "#000000", 17.2),
    ("#FFF176", "#00264D", 13.1),
    ("#FFDD00", "#FFFFFF", 1.3),
    ("#ABCDEF", "#ABCDEF", 1.0),
]


@pytest.mark.parametrize(("front", "back", "ratio"), KNOWN)
def test_contrast_agrees_with_known_values(front: str, back: str, ratio: float) -> None:
    assert contrast(front, back) == pytest.approx(ratio, abs=0.06)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("#fff", Colour(255, 255, 255)),
        ("#0B0C0C", Colour(11, 12, 12)),
        ("#00000080", Colour(0, 0, 0, 128 / 255)),
        ("rgb(11, 12, 12)", Colour(11, 12, 12)),
        ("rgba(0, 0, 0, 0.5)", Colour(0, 0, 0, 0.5)),
        ("rgb(0 0 0 / 50%)", Colour(0, 0, 0, 0.5)),
        ("transparent", Colour(0, 0, 0, 0)),
    ],
)
def test_colours_are_read_as_style_sheets_and_browsers_write_them(written: str, read: Colour) -> None:
    assert colour(written) == read


@pytest.mark.parametrize("written", ["red", "#12", "rgb(1, 2)", "oklch(50% 0.1 20)", "", "rgb(a, b, c)"])
def test_a_colour_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - float() has its own words for the last one
        colour(written)


def test_half_black_over_white_is_middle_grey() -> None:
    assert colour("rgba(0,0,0,0.5)").over(colour("#fff")) == Colour(127.5, 127.5, 127.5)
    assert contrast("rgba(0,0,0,0.5)", "#fff") == pytest.approx(contrast("rgb(127.5, 127.5, 127.5)", "#fff"))


def test_a_background_that_can_be_seen_through_is_refused() -> None:
    with pytest.raises(ValueError, match="seen through"):
        contrast("#000", "rgba(255, 255, 255, 0.9)")


def test_luminance_runs_from_black_to_white() -> None:
    assert luminance(colour("#000")) == 0
    assert luminance(colour("#fff")) == pytest.approx(1)
