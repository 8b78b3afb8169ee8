"""Looking for a secret in a page (R12): as it is, and in the disguises a page could carry it in."""

import base64
import html as markup
from urllib.parse import quote, quote_plus, unquote_plus


def mentions(html: str, canary: str) -> list[str]:
    """How the page gives a secret away, in any attribute, text, comment or script; empty when it does not.

    Looks for the text itself, escaped, percent-coded, as Base64 at any alignment and as hexadecimal,
    in either direction. `canary` should be 8 characters or more, so that nothing matches by chance.
    """
    told = []
    plain = {html, markup.unescape(html), unquote_plus(html), unquote_plus(markup.unescape(html))}
    for name, shape in _disguises(canary).items():
        if any(shape.lower() in text.lower() for text in plain):
            told.append(name)
    return told


def _disguises(canary: str) -> dict[str, str]:
    raw = canary.encode()
    shapes = {
        "as it is": canary,
        "backwards": canary[::-1],
        "percent-coded": quote(canary, safe=""),
        "form-coded": quote_plus(canary),
        "hexadecimal": raw.hex(),
        "script escapes": canary.encode("unicode_escape").decode(),
    }
    for shift in range(3):
        # Four letters of Base64 hold three bytes: the ends depend on the neighbours, the middle does not.
        inside = base64.b64encode(b"\0" * shift + raw).decode()
        shapes[f"Base64, shifted by {shift}"] = inside[(4 if shift else 0) : len(inside) - 4]
    return {name: shape for name, shape in shapes.items() if len(shape) >= 6}
