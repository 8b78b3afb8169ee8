"""The sentence for every "no": status, title, what happened, what was kept, what to do. `errors.py` shows them."""

from collections.abc import Mapping

from app.pages.faults import Fault
from app.pages.sentences.answers import ANSWERS, GETTING_IN
from app.pages.sentences.moves import MOVES
from app.pages.sentences.requests import REQUESTS
from app.pages.sentences.row import Row
from app.rules.refusals import Refusal

SENTENCES: Mapping[Fault | Refusal, Row] = dict(
    [*ANSWERS.items(), *GETTING_IN.items(), *MOVES.items(), *REQUESTS.items()]
)

__all__ = ["SENTENCES", "Row"]
