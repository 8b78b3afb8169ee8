"""A site of two sample question pages, one right and one with seeded faults, to prove the checkers on.

It behaves as a question page does without script: answers are posted, Enter on an answer stays.
"""

from pathlib import Path
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

SAMPLES = Path(__file__).parent / "samples"
GOOD = (SAMPLES / "good_question.html").read_text(encoding="utf-8")
FAULTY = (SAMPLES / "faulty_question.html").read_text(encoding="utf-8")
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'"
FOG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90">'
    '<rect width="160" height="90" fill="#999"/></svg>'
)
LETTERS = {"k3": "A", "p8": "B", "x1": "C", "q5": "D"}


def error_page() -> str:
    """The good page after too many answers: summary first, the same words beside the field."""
    summary = (
        '<div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="wrong">'
        '<h2 id="wrong">There is a problem</h2>'
        '<ul><li><a href="#a1">Choose 1 answer</a></li></ul></div>'
    )
    page = GOOD.replace("<title>", "<title>Error: ").replace("<form ", f"{summary}<form ", 1)
    return page.replace(
        "There is a picture.</span>",
        'There is a picture.</span> <span class="error-message">Choose 1 answer</span>',
    )


async def question(request: Request) -> Response:
    """The good page with the answer that the cookie keeps."""
    page = GOOD
    saved = request.cookies.get("answer", "")
    if saved in LETTERS:
        page = page.replace(f'value="{saved}"', f'value="{saved}" checked')
    if request.query_params.get("stayed") and saved in LETTERS:
        said = f"You chose {LETTERS[saved]}. To go on, choose Save and continue."
        page = page.replace("<form ", f'<p class="notice">{said}</p><form ', 1)
    if "start" in request.query_params:
        page = page.replace("<h1>", '<h1 tabindex="-1" autofocus>')
    return _page(page)


async def save(request: Request) -> Response:
    """Keeps the answer in a cookie; `stay` comes back, everything else goes to the end."""
    form = dict(parse_qsl((await request.body()).decode()))
    to = "/sitting/question/12?stayed=1" if form.get("action") == "stay" else f"/sitting/{form['action']}"
    reply = RedirectResponse(to, status_code=303)
    if form.get("answer"):
        reply.set_cookie("answer", form["answer"], samesite="lax")
    return reply


async def faulty(request: Request) -> Response:
    """The page with seeded faults."""
    return _page(FAULTY)


async def wrong(request: Request) -> Response:
    """The good page with an error summary."""
    return _page(error_page())


async def elsewhere(request: Request) -> Response:
    """Any other page of the sample sitting: only a heading."""
    words = request.path_params["name"]
    return _page(
        GOOD[: GOOD.index("<form")].replace("Question 12 of 50 – ", f"{words} – ")
        + f"<h1>You came to {words}</h1>"
        + GOOD[GOOD.index("</form>") + len("</form>") :]
    )


async def style(request: Request) -> Response:
    """A style sheet of the samples."""
    return Response((SAMPLES / request.url.path[1:]).read_text(encoding="utf-8"), media_type="text/css")


async def script(request: Request) -> Response:
    """The script of the samples, which does nothing."""
    return Response("", media_type="text/javascript")


async def picture(request: Request) -> Response:
    """The picture of the sample question."""
    return Response(FOG, media_type="image/svg+xml")


def _page(html: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})


def sample_site() -> Starlette:
    """A new site; it keeps nothing outside the visitor's cookie."""
    return Starlette(
        routes=[
            Route("/sitting/question/12", question, methods=["GET"]),
            Route("/sitting/question/12", save, methods=["POST"]),
            Route("/sitting/question/13", faulty),
            Route("/sitting/question/14", wrong),
            Route("/sitting/{name}", elsewhere),
            Route("/sample.css", style),
            Route("/faulty.css", style),
            Route("/fog.svg", picture),
            Route("/static/sample.js", script),
        ]
    )
