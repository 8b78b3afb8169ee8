"""Pages by which staff come in: sign-in, invitation, and the list of their centres."""

from fastapi import APIRouter

from app.pages.staff import home, invitation, sign_in

router = APIRouter()
for page in (sign_in, invitation, home):
    router.include_router(page.router)
