"""What everybody may see: whether the service is well, and the accessibility statement."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.pages import addresses
from app.pages.deps import OpenForm, pages, store
from app.pages.words import N_, _

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Statement:
    """The accessibility statement: what is checked on every change, and what nobody has checked yet."""

    checked: tuple[str, ...]
    not_checked: tuple[str, ...]


CHECKED = (
    N_("by keyboard alone, and without script"),
    N_("with the checkers axe-core, IBM Equal Access and Nu, and with rules of our own"),
    N_("at a zoom of 400 percent, in every theme, and for contrast of at least 7 to 1"),
    N_("with the screen reader Orca, by machine"),
)
NOT_CHECKED = (
    N_("by disabled people"),
    N_("with the screen readers JAWS, NVDA, Narrator, VoiceOver and TalkBack"),
    N_("with a braille display, a screen magnifier, speech input or a switch device"),
    N_("by an independent auditor"),
)


@router.get(addresses.HEALTH)
async def health(request: Request, form: OpenForm) -> Response:
    """Whether answers can be saved: 200 or 503 and nothing else. `python -m app check` tells an operator more."""
    ready = bool(store(request).health()["ready"])
    return JSONResponse({"ready": ready}, 200 if ready else 503)


@router.get(addresses.ACCESSIBILITY)
async def accessibility(request: Request, form: OpenForm) -> Response:
    """The accessibility statement: what was checked, and honestly what was not."""
    said = Statement(tuple(map(_, CHECKED)), tuple(map(_, NOT_CHECKED)))
    return pages(request).page(request, "public/accessibility.html", said)
