"""The page of keys: only what is on now, in three groups; and the page where single keys are changed.

What keys there are is `accessibility.keys`; what one person chose is kept as every choice about pages.
"""

from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from accessibility.keys import ANSWER_KEYS, BY_CODE, KEYS, bindings, clash, fault, written
from accessibility.preferences import Preferences
from app.pages import deps
from app.pages.candidate.answers import LETTERS
from app.pages.candidate.frame import Choice, Frame, around
from app.pages.candidate.look import LOOK, save
from app.pages.candidate.pausing import back_to_test, here
from app.pages.candidate.steps import go
from app.pages.deps import CandidateSeat
from app.pages.forms import FieldError, Form
from app.pages.look import look
from app.pages.words import N_, _
from app.records.seats import Seat

router = APIRouter()
ADDRESS = "/sitting/keys"
CHANGE = f"{ADDRESS}/change"
SAID = "said"
CHANGED, USUAL = "changed", "usual"
TOLD = {CHANGED: N_("Your keys are saved."), USUAL: N_("The usual keys are back.")}
FAULTS = {
    "one": N_("Type one letter, figure or sign, or leave the field empty"),
    "answer": N_("%(key)s chooses an answer. Choose another key"),
    "mark": N_("%(key)s cannot be a key here. Choose another key"),
}
CLASH = N_("%(key)s is used for “%(name)s”. Choose another key, or turn that one off")


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key and what it does."""

    name: str
    words: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Some keys that work in the same place. `words` say where, or that they are off; `by_script` needs script."""

    heading: str
    rows: tuple[KeyRow, ...]
    words: tuple[str, ...] = ()
    links: tuple[Choice, ...] = ()
    by_script: bool = False


@dataclass(frozen=True, slots=True)
class KeysView:
    """The keys that are on now."""

    frame: Frame
    groups: tuple[KeyGroup, ...]
    links: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class KeyField:
    """The field of one action, with the key that it has or what was typed."""

    code: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One field for each action."""

    frame: Frame
    fields: tuple[KeyField, ...]
    words: tuple[str, ...]
    links: tuple[Choice, ...]


@router.get(ADDRESS)
async def keys(request: Request, seat: CandidateSeat) -> Response:
    """Which keys do what now."""
    chosen = look(request, deps.keyring(request))
    frame = around(seat, deps.now(request), _("Keys"), place=here(seat, request))
    said = TOLD.get(request.query_params.get(SAID, ""))
    view = KeysView(
        replace(frame, notices=(_(said), *frame.notices) if said else frame.notices),
        (_everywhere(chosen), _in_the_answers(chosen), _on_the_page(chosen)),
        (Choice("/sitting", back_to_test(seat, request)),),
    )
    return deps.pages(request).page(request, "candidate/keys.html", view)


@router.get(CHANGE)
async def change(request: Request, seat: CandidateSeat) -> Response:
    """The fields, with the keys as they are."""
    return _change_page(request, seat, bindings(look(request, deps.keyring(request))))


@router.post(CHANGE)
async def save_keys(request: Request, seat: CandidateSeat) -> Response:
    """Keep the keys, or go back to the usual ones."""
    form, chosen = deps.form(request), look(request, deps.keyring(request))
    if form.one("action") == USUAL:
        await save(request, seat, chosen.with_("keys", ""))
        return go(f"{ADDRESS}?{SAID}={USUAL}")
    typed, wrong = _read(form)
    if wrong:
        return _change_page(request, seat, typed, wrong)
    await save(request, seat, chosen.with_("keys", written(typed)))
    return go(f"{ADDRESS}?{SAID}={CHANGED}")


def _read(form: Form) -> tuple[dict[str, str], tuple[FieldError, ...]]:
    """The key of each action as it was typed, and what is wrong with which. A space alone is no empty field."""
    raw = {key.code: form.one(key.code) for key in KEYS}
    typed = {code: (text.strip() or text).lower() for code, text in raw.items()}
    wrong = []
    for code, key in typed.items():
        why, other = fault(key) if key else "", clash(typed, code)
        if why:
            wrong.append(FieldError(code, _(FAULTS[why]) % {"key": key.upper()}))
        elif other:
            told = {"key": key.upper(), "name": _(BY_CODE[other].name)}
            wrong.append(FieldError(code, _(CLASH) % told))
    return typed, tuple(wrong)


def _change_page(
    request: Request, seat: Seat, typed: dict[str, str], wrong: tuple[FieldError, ...] = ()
) -> Response:
    title = _("Change the keys")
    frame = around(seat, deps.now(request), title, place=here(seat, request)).with_errors(wrong)
    is_on = look(request, deps.keyring(request)).page_keys
    view = ChangeView(
        frame,
        tuple(KeyField(key.code, _(key.name), typed.get(key.code, "").upper()) for key in KEYS),
        () if is_on else (_("These keys are off now. You can choose them all the same."),),
        (Choice(ADDRESS, _("Go back to the keys")), Choice("/sitting", back_to_test(seat, request))),
    )
    return deps.pages(request).page(request, "candidate/keys_change.html", view, 422 if wrong else 200)


def _everywhere(chosen: Preferences) -> KeyGroup:
    each = chosen["stops"] == "each"
    rows = [
        KeyRow(_("Tab"), _("Go to the next link, button or field")),
        KeyRow(_("Shift and Tab"), _("Go back to the one before")),
        KeyRow(_("Space"), _("Choose the answer where you are, or press the button")),
        KeyRow(
            _("Enter"), _("Press a button or follow a link. On an answer it chooses, and stays on the page")
        ),
    ]
    if not each:
        rows.insert(2, KeyRow(_("Arrow keys"), _("Move between the answers, and choose")))
    return KeyGroup(_("On every page"), tuple(rows))


def _in_the_answers(chosen: Preferences) -> KeyGroup:
    heading, link = _("In the answers"), f"{LOOK}/answer_keys"
    if not chosen.answer_keys:
        return _off(chosen, "answer_keys", heading, _("Turn on the keys for answers"))
    rows = tuple(
        KeyRow(
            _(" or ").join(one.upper() for one in keys), _("Choose answer %(letter)s") % {"letter": letter}
        )
        for keys, letter in zip(ANSWER_KEYS, LETTERS, strict=False)
    )
    words = () if chosen.page_keys else (_("They work only while you are in the answers."),)
    return KeyGroup(heading, rows, words, (Choice(link, _("Turn off the keys for answers")),), by_script=True)


def _on_the_page(chosen: Preferences) -> KeyGroup:
    heading, change_words = _("On the whole page"), Choice(CHANGE, _("Change these keys"))
    if not chosen.page_keys:
        return _off(chosen, "page_keys", heading, _("Turn on single keys for the whole page"))
    rows = tuple(KeyRow(key.upper(), _(BY_CODE[code].name)) for code, key in bindings(chosen).items())
    off = Choice(f"{LOOK}/page_keys", _("Turn off single keys for the whole page"))
    words = (_("They work everywhere but in a field where you type. The keys for answers do too."),)
    return KeyGroup(heading, rows, words, (change_words, off), by_script=True)


def _off(chosen: Preferences, code: str, heading: str, turn_on: str) -> KeyGroup:
    why = chosen.bars(code, "on")
    words = (_("These keys are off."), *((_(why),) if why else ()))
    return KeyGroup(heading, (), words, (Choice(f"{LOOK}/{code}", turn_on),))
