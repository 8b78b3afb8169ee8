"""Practice before the start: the device, the page of a question piece by piece, then two questions as in the test.

For everybody, as often as they like; nothing is marked, timed or written to the database.
"""

from fastapi import APIRouter

from app.pages.candidate.practice.devices import router as devices
from app.pages.candidate.practice.lessons import router as lessons
from app.pages.candidate.practice.offer import router as offer
from app.pages.candidate.practice.questions import router as questions
from app.pages.candidate.practice.review import router as review
from app.pages.candidate.practice.tools import router as tools

router = APIRouter()
for _pages in (offer, devices, lessons, tools, questions, review):
    router.include_router(_pages)

__all__ = ["router"]
