"""Pages of one centre: today's list, one sitting, and every act of its staff."""

from fastapi import APIRouter

from app.pages.centre import (
    absent,
    arrangements,
    calls,
    check_in,
    desks,
    grant,
    pause,
    release,
    sitting,
    stop,
    today,
)

router = APIRouter()
for page in (today, sitting, check_in, arrangements, release, pause, grant, stop, absent, calls, desks):
    router.include_router(page.router)
