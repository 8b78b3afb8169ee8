"""The typefaces that people may choose: which files are taken from npm's packages, and what a style sheet may ask for.

Both are licensed under the SIL Open Font License 1.1, whose text goes with every copy. They are installed at set-up
and copied into the build; no font is part of this repository, and no page asks for one before it was chosen.
"""

import re
from collections.abc import Mapping
from pathlib import Path

PACKAGES = Path(__file__).resolve().parent.parent / "node_modules" / "@fontsource"
FAMILIES = ("atkinson-hyperlegible-next", "opendyslexic")
WEIGHTS = (400, 700)
_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.IGNORECASE)
_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)", re.IGNORECASE)


def font_files() -> dict[str, bytes]:
    """Logical name to bytes of each font (Latin letters) and its licence. Raises FileNotFoundError before set-up."""
    licences = {f"fonts/{family}.txt": (PACKAGES / family / "LICENSE").read_bytes() for family in FAMILIES}
    return licences | {
        f"fonts/{family}-{weight}.woff2": (
            PACKAGES / family / "files" / f"{family}-latin-{weight}-normal.woff2"
        ).read_bytes()
        for family in FAMILIES
        for weight in WEIGHTS
    }


def foreign_faces(css: str) -> list[str]:
    """The font faces of a style sheet that ask for any other file than ours; one without a file is foreign too."""
    ours = {f"fonts/{family}-{weight}" for family in FAMILIES for weight in WEIGHTS}
    return [
        face
        for face in _FACE.findall(css)
        if not (asked := _ADDRESS.findall(face)) or any(one.split(".")[0] not in ours for one in asked)
    ]


def pointed(css: bytes, names: Mapping[str, str]) -> bytes:
    """The style sheet with each logical name of a font replaced by the name under which it is served."""
    for name, served in names.items():
        css = css.replace(name.encode(), served.encode())
    return css
