"""The candidate's pages, from the code to the result. Each works without script; none decides anything."""

from fastapi import APIRouter

from app.pages.candidate import (
    all_tools,
    contact,
    details,
    elsewhere,
    help,  # noqa: A004  # the word of the house for it
    keys,
    look,
    open_look,
    pausing,
    picture,
    practice,
    question,
    result,
    review,
    save,
    start,
    survey,
    time_left,
)

router = APIRouter()
for _page in (
    question,  # addresses are tried in turn, and these two are asked for most
    save,
    start,
    details,
    picture,
    practice,
    review,
    pausing,
    elsewhere,
    time_left,
    help,
    contact,
    keys,
    result,
    survey,
    all_tools,
    look,
    open_look,
):
    router.include_router(_page.router)

__all__ = ["router"]
