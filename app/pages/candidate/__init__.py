"""The candidate's pages, from the code to the result. Each works without script; none decides anything."""

from fastapi import APIRouter

from app.pages.candidate import (
    all_tools,
    details,
    elsewhere,
    help,  # noqa: A004  # the word of the house for it
    pausing,
    picture,
    question,
    result,
    review,
    save,
    start,
    time_left,
)

router = APIRouter()
for _page in (
    start,
    details,
    question,
    save,
    picture,
    review,
    pausing,
    elsewhere,
    time_left,
    help,
    result,
    all_tools,
):
    router.include_router(_page.router)

__all__ = ["router"]
