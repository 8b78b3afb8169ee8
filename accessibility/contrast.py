"""Contrast of two colours by the WCAG 2.2 formula, from colours as style sheets and browsers write them.

Which contrast a thing needs is said by tests and themes, not here.
"""

import re
from dataclasses import dataclass

TEXT_AAA = 7.0  # WCAG 2.2 success criterion 1.4.6, and the house's floor for all text
EDGE = 3.0  # WCAG 2.2 success criterion 1.4.11: edges, icons, focus rings

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*([^)]+)\)", re.IGNORECASE)


@dataclass(frozen=True)
class Colour:
    """Red, green and blue from 0 to 255, and how much it covers from 0 (not at all) to 1."""

    red: float
    green: float
    blue: float
    cover: float = 1.0

    def over(self, below: "Colour") -> "Colour":
        """What is seen when this colour is painted over an opaque one."""
        mixed = (
            top * self.cover + under * (1 - self.cover)
            for top, under in zip(self.channels, below.channels, strict=True)
        )
        return Colour(*mixed)

    @property
    def channels(self) -> tuple[float, float, float]:
        """Red, green and blue."""
        return self.red, self.green, self.blue


def colour(written: str) -> Colour:
    """A colour from `#rgb`, `#rrggbb` (with or without cover), `rgb()`, `rgba()` or `transparent`.

    Raises ValueError for any other way to write one, so that nothing unread passes as judged.
    """
    text = written.strip()
    if text.lower() == "transparent":
        return Colour(0, 0, 0, 0)
    if found := _HEX.fullmatch(text):
        digits = found[1] if len(found[1]) > 4 else "".join(2 * digit for digit in found[1])
        red, green, blue, *cover = (int(digits[at : at + 2], 16) for at in range(0, len(digits), 2))
        return Colour(red, green, blue, cover[0] / 255 if cover else 1)
    if found := _RGB.fullmatch(text):
        parts = [part for part in re.split(r"[\s,/]+", found[1].strip()) if part]
        if len(parts) in (3, 4):
            red_, green_, blue_ = (float(part) for part in parts[:3])
            return Colour(red_, green_, blue_, _share(parts[3]) if len(parts) == 4 else 1)
    raise ValueError(f"{written!r} is not a colour this module reads")


def _share(written: str) -> float:
    return float(written[:-1]) / 100 if written.endswith("%") else float(written)


def luminance(seen: Colour) -> float:
    """Relative luminance, 0 for black to 1 for white, of an opaque colour (WCAG 2.2, definitions)."""
    red, green, blue = (_linear(channel / 255) for channel in seen.channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(front: str | Colour, back: str | Colour) -> float:
    """The contrast ratio, 1 to 21, of a colour painted over an opaque one; order matters only for cover.

    Raises ValueError when a colour cannot be read or the one at the back can be seen through.
    """
    above = colour(front) if isinstance(front, str) else front
    below = colour(back) if isinstance(back, str) else back
    if below.cover < 1:
        raise ValueError("the colour at the back can be seen through: mix it first")
    lighter, darker = sorted((luminance(above.over(below)), luminance(below)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
