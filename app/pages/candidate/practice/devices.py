"""Practice with what somebody answers with: which device it is, and its pages one after another."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps
from app.pages.candidate import answers
from app.pages.candidate.frame import Choice, Frame
from app.pages.candidate.practice import device_pages
from app.pages.candidate.practice.device_pages import GO_ON, PAGES, Device, Drawing, Ground, Page
from app.pages.candidate.practice.lesson_pages import address
from app.pages.candidate.practice.shape import DEVICE, Where, at, closed, framed
from app.pages.candidate.practised import HOME
from app.pages.candidate.steps import go
from app.pages.deps import CandidateSeat
from app.pages.faults import Denied, Fault
from app.pages.forms import Form
from app.pages.look import look
from app.pages.words import N_, _
from app.records.seats import Seat
from question_bank.model import FIRST_LANGUAGE, STANDARD
from question_bank.practice import COLOUR

router = APIRouter()
CHOICE = f"{HOME}/device"
OTHER_WAYS = "/sitting/look/answering"
NEXT_STEP = address("choose")


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One device that practice can be asked for, with its picture."""

    address: str
    words: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class DevicesView:
    """What may be in front of somebody, and where to go when it is something else or known already."""

    frame: Frame
    devices: tuple[DeviceView, ...]
    links: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class DevicePageView:
    """One page of a device: a sentence, a picture, and what can be tried."""

    frame: Frame
    heading: str
    words: tuple[str, ...]
    drawing: Drawing | None
    ground: Ground | None
    answers: Markup | None
    buttons: tuple[Choice, ...]
    action: str


SHOWN = (
    (Device.MOUSE, N_("Mouse: show me how"), device_pages.MOUSE[0].drawing),
    (Device.KEYBOARD, N_("Keyboard: show me how"), device_pages.KEYBOARD[3].drawing),
    (Device.TOUCH, N_("Touch screen: show me how"), device_pages.TOUCH[0].drawing),
)


def start(request: Request) -> str:
    """Where practice starts for this person: at what they said they answer with, else at the question which it is."""
    chosen = look(request, deps.keyring(request))["answering"]
    return _address(Device(chosen), 1) if chosen in list(Device) else CHOICE


def _address(device: Device, number: int) -> str:
    return f"{HOME}/device/{device}/{number}"


@router.get(CHOICE)
async def which(request: Request, seat: CandidateSeat) -> Response:
    """What is in front of the candidate: each device with a picture and a way to be shown."""
    if elsewhere := closed(request, seat):
        return elsewhere
    view = DevicesView(
        framed(request, seat, Where(DEVICE, _("what is in front of you"), HOME)),
        tuple(
            DeviceView(_address(device, 1), _(words), _said(drawing))
            for device, words, drawing in SHOWN
            if drawing is not None
        ),
        (
            Choice(OTHER_WAYS, _("Something else: choose how you answer")),
            Choice(NEXT_STEP, _("I know how: go on to the next step")),
        ),
    )
    return deps.pages(request).page(request, "candidate/practice_devices.html", view)


@router.get("/sitting/practice/device/{device}/{number}")
async def page(request: Request, seat: CandidateSeat, device: str, number: int) -> Response:
    """One page of a device."""
    if elsewhere := closed(request, seat):
        return elsewhere
    which, pages = _pages(device, number)
    told, now = request.query_params.get("said", ""), pages[number - 1]
    again = told == "again" and bool(now.again)
    done = pages[number - 2].done if told == "done" and number > 1 else ""
    before = _address(which, number - 1) if number > 1 else CHOICE
    view = DevicePageView(
        framed(
            request,
            seat,
            Where(DEVICE, _(now.name), before),
            done=_(done) if done else "",
            notices=(_(now.again),) if again else (),
        ),
        _(now.heading),
        tuple(_(one) for one in now.words),
        _said(now.drawing) if now.drawing else None,
        now.ground,
        _answers(request, seat) if now.answer else None,
        tuple(Choice(one.value, _(one.words)) for one in now.buttons),
        _address(which, number),
    )
    return deps.pages(request).page(request, "candidate/practice_device.html", view)


@router.post("/sitting/practice/device/{device}/{number}")
async def tried(request: Request, seat: CandidateSeat, device: str, number: int) -> Response:
    """A press: on to the next page when it was what the page asks for, else the same page with a kind word."""
    if elsewhere := closed(request, seat):
        return elsewhere
    which, pages = _pages(device, number)
    if not _passes(pages[number - 1], deps.form(request)):
        return go(at(_address(which, number), said="again"))
    if number < len(pages):
        return go(at(_address(which, number + 1), said="done"))
    return go(at(NEXT_STEP, done=which.value if pages[-1].done else ""))


def well_done(device: str) -> str:
    """What is said after the last page of a device; empty for what is none."""
    return _(PAGES[Device(device)][-1].done) if device in list(Device) else ""


def _pages(device: str, number: int) -> tuple[Device, Sequence[Page]]:
    """The device and its pages. Raises Denied(NO_SUCH_PAGE)."""
    if device not in list(Device) or not 1 <= number <= len(PAGES[Device(device)]):
        raise Denied(Fault.NO_SUCH_PAGE)
    return Device(device), PAGES[Device(device)]


def _passes(page: Page, form: Form) -> bool:
    if page.ground is not None:
        x, y = form.one("ground.x"), form.one("ground.y")
        return x.isdecimal() and y.isdecimal() and page.ground.is_hit(int(x[:5]), int(y[:5]))
    chosen = form.all("answer")
    if page.answer and (not chosen or page.answer not in ("any", *chosen)):
        return False
    return form.one("action") == GO_ON


def _said(drawing: Drawing) -> Drawing:
    return Drawing(drawing.file, _(drawing.words), drawing.width, drawing.height)


def _answers(request: Request, seat: Seat) -> Markup:
    """Answers as the page of a question has them, always as one group: its keys are what is learned here."""
    said = COLOUR.worded(FIRST_LANGUAGE, STANDARD)
    group = answers.group(deps.pages(request), COLOUR.choose, len(said.options))
    return answers.filled(group, COLOUR.option_ids, said.options, (), starts=False)
