"""Reading and judging a picture file: size, clean drawing, a name that tells nothing. Drawing is done by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml

NAME = re.compile(r"picture-[0-9a-z]{4}\.svg")
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    {"svg", "g", "defs", "clipPath", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
)
ATTRIBUTES = frozenset(
    [
        "viewBox",
        "width",
        "height",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "d",
        "points",
        "transform",
        "id",
        "clip-path",
        "fill",
        "fill-rule",
        "opacity",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-dasharray",
    ]
)
LARGEST_BYTES = 20_000


@dataclass(frozen=True)
class Drawing:
    """What was found in one picture file: width and height in CSS pixels, and what is wrong, a sentence each."""

    width: int
    height: int
    faults: tuple[str, ...]


def inspect(path: Path) -> Drawing:
    """Judge one file. A fault for each thing that a page, a reader or a printer could stumble over."""
    faults = (
        []
        if NAME.fullmatch(path.name)
        else ["a picture's name must be “picture-”, four letters or digits, “.svg”"]
    )
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Drawing(0, 0, (*faults, f"the picture {path.name} cannot be read"))
    if len(text) > LARGEST_BYTES:
        faults.append(f"{path.name} has more than {LARGEST_BYTES} bytes")
    if "<!" in text:
        return Drawing(
            0, 0, (*faults, f"{path.name} holds a comment or a document type; a drawing needs neither")
        )
    try:
        root = Xml.fromstring(text)  # noqa: S314 - our own file, and “<!” above keeps entities out
    except Xml.ParseError as error:
        return Drawing(0, 0, (*faults, f"{path.name} is not well formed: {error}"))
    width, height = _whole(root.get("width")), _whole(root.get("height"))
    if root.tag != f"{SVG}svg" or not width or not height:
        faults.append(f"{path.name} must be an svg with a whole width and height")
    if root.get("viewBox") != f"0 0 {width} {height}":
        faults.append(f"the viewBox of {path.name} must be “0 0 {width} {height}”")
    for element in root.iter():
        faults += _judge(element, path.name)
    return Drawing(width, height, tuple(faults))


def _judge(element: Xml.Element, file: str) -> list[str]:
    name = element.tag.removeprefix(SVG)
    faults = [] if name in ELEMENTS else [f"<{name}> is not allowed in {file}"]
    faults += [f"“{key}” is not allowed in {file}" for key in set(element.keys()) - ATTRIBUTES]
    if any("url(" in value and not value.startswith("url(#") for value in element.attrib.values()):
        faults.append(f"{file} takes something from elsewhere")
    if (element.text or "").strip() or (element.tail or "").strip():
        faults.append(f"{file} holds text; draw the letters of a sign")
    return faults


def _whole(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() else 0
