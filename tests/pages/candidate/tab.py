"""A tab of a candidate's browser without script: it opens pages and presses buttons, sending what the form holds."""

from __future__ import annotations

from typing import Any

from accessibility.page_rules import PageKind
from accessibility.page_rules.tree import Element, Page, parse
from tests.support.application import Visitor


class Tab:
    """One tab. Every page it meets is judged by the page rules (the visitor does that)."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.reply: Any = None

    def open(self, path: str) -> Tab:
        """Go to an address, through its redirects."""
        self.reply = self.visitor.get(path)
        return self

    def again(self) -> Tab:
        """A second tab that shows the same page, with the same cookies."""
        other = Tab(self.visitor)
        other.reply = self.reply
        return other

    @property
    def html(self) -> str:
        return str(self.reply.text)

    @property
    def status(self) -> int:
        return int(self.reply.status_code)

    @property
    def path(self) -> str:
        """Where the tab is, with what the address asks."""
        query = self.reply.url.query.decode()
        return self.reply.url.path + (f"?{query}" if query else "")

    @property
    def tree(self) -> Page:
        return parse(self.html, PageKind.PAGE)

    def text(self, tag: str) -> str:
        """The words of the first element with this tag."""
        return self.tree.all(tag)[0].text()

    @property
    def heading(self) -> str:
        return self.text("h1")

    @property
    def words(self) -> str:
        """Everything that the page says, white space folded."""
        return self.tree.body.text()

    @property
    def buttons(self) -> list[str]:
        return [one.text() for one in self.tree.all("button") if not one.has("hidden")]

    @property
    def notices(self) -> list[str]:
        boxes = [one for one in self.tree.all("div") if one.get("class") == "notice"]
        return [words.text() for box in boxes for words in box.all("p")]

    @property
    def errors(self) -> list[str]:
        lists = [one for one in self.tree.all("ul") if "error-summary" in (one.get("class") or "")]
        return [link.text() for one in lists for link in one.all("a")]

    def form(self, number: int = 0) -> Element:
        return self.tree.all("form")[number]

    def held(self, number: int = 0) -> dict[str, list[str]]:
        """What a form would send without a button: hidden fields, what is chosen, what is typed."""
        held: dict[str, list[str]] = {}
        for one in self.form(number).all("input", "textarea"):
            choice = one.get("type") in ("radio", "checkbox")
            if not choice or one.has("checked"):
                value = one.text() if one.tag == "textarea" else one.get("value") or ""
                held.setdefault(one.get("name") or "", []).append(value)
        return held

    def press(
        self, action: str = "", /, *, headers: dict[str, str] | None = None, form: int = 0, **fields: Any
    ) -> Tab:
        """Press a button of a form: what the form holds, with these fields in place of its own (None: left out)."""
        sent: dict[str, Any] = self.held(form)
        if action:
            sent["action"] = action
        sent.update(fields)
        sent = {name: value for name, value in sent.items() if value is not None}
        self.reply = self.visitor.post(self.form(form).attributes["action"], data=sent, headers=headers)
        return self

    def options(self) -> list[str]:
        """The values of the answers on a question's page, in the order shown."""
        return [one.attributes["value"] for one in self.tree.all("input") if one.get("name") == "answer"]

    def chosen(self) -> list[str]:
        """The values that are ticked."""
        ticked = [one for one in self.tree.all("input") if one.get("name") == "answer" and one.has("checked")]
        return [one.attributes["value"] for one in ticked]

    def choose(self, *places: int, action: str = "next", **fields: Any) -> Tab:
        """Choose answers by their place, 0 for A, and press a button."""
        values = self.options()
        return self.press(action, answer=[values[place] for place in places], **fields)

    def json(self, *places: int, **fields: Any) -> Any:
        """Save as a page's script does; the reply. The tab stays on its page."""
        before, values = self.reply, self.options()
        self.press(headers={"accept": "application/json"}, answer=[values[at] for at in places], **fields)
        reply, self.reply = self.reply, before
        return reply
