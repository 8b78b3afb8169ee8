"""What everybody may see: whether the service is well, and the accessibility statement."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.pages import addresses
from app.pages.deps import OpenForm, pages, store

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Statement:
    """The accessibility statement says the same to everybody."""

    tested_with: tuple[str, ...]


@router.get(addresses.HEALTH)
async def health(request: Request, form: OpenForm) -> Response:
    """Whether answers can be saved: 200 or 503, with what an operator needs and nothing about people."""
    found = store(request).health()
    told = {key: found.get(key) for key in ("dialect", "ready", "waiting", "amber")}
    return JSONResponse(told, 200 if found["ready"] else 503)


@router.get(addresses.ACCESSIBILITY)
async def accessibility(request: Request, form: OpenForm) -> Response:
    """The accessibility statement: what was checked, and honestly what was not."""
    return pages(request).page(request, "public/accessibility.html", Statement(()))
