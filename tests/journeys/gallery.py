"""A gallery of the crawl's pages for people to look at: each state in three themes and two widths, on one sheet.

It judges nothing. `make gallery` fills `.build/gallery`; what is seen there is for a person's eye.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from accessibility.preference_table import BY_CODE

FOLDER = Path(".build/gallery")
THEMES = ("standard", "dark", "yellow-on-black")
WIDTHS = (1280, 320)
HEIGHT = 720
_PUT_ON = "theme => { document.documentElement.dataset.theme = theme; }"
_SHEET = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Gallery of pages</title><style>
body {{ margin: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; color: #0b0c0c; background: #e8e8e8; }}
h2 {{ margin: 3rem 0 0; }} h3 {{ margin: 1.5rem 0 0.5rem; font-size: 1rem; }}
.shots {{ display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1rem; }}
figure {{ margin: 0; }} figcaption {{ font-size: 0.875rem; }}
.wide img {{ width: 26rem; }} .narrow img {{ width: 10rem; }}
img {{ display: block; height: auto; border: 1px solid #505a5f; }}
</style></head><body><h1>{count} states of {pages} pages</h1><ul>{contents}</ul>{sections}</body></html>
"""


@dataclass
class Gallery:
    """A visitor of the chapters that takes pictures of what it is shown."""

    folder: Path = FOLDER
    themes: Sequence[str] = THEMES
    widths: Sequence[int] = WIDTHS
    taken: dict[str, dict[str, list[Path]]] = field(default_factory=dict)

    def stop(self, page: Page, template: str, state: str = "", *, snapshot: bool = True) -> None:
        """Takes the pictures of one state; the tab is afterwards as it was."""
        name = re.sub(r"[^a-z0-9]+", "-", f"{template}-{state}".lower()).strip("-")
        before, theme = page.viewport_size, page.evaluate("document.documentElement.dataset.theme")
        files = []
        for width in self.widths:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            for put_on in self.themes:
                page.evaluate(_PUT_ON, put_on)
                files.append(self.folder / f"{name}-{put_on}-{width}.png")
                page.screenshot(path=files[-1], full_page=True)
        page.evaluate(_PUT_ON, theme)
        if before is not None:
            page.set_viewport_size(before)
        self.taken.setdefault(template, {})[state or "as it opens"] = files

    def write_sheet(self) -> Path:
        """One page with every picture, grouped by template, each leading to the picture itself."""
        sections, contents = [], []
        for template, states in sorted(self.taken.items()):
            at = template.replace("/", "-")
            contents.append(f'<li><a href="#{at}">{html.escape(template)}</a>: {len(states)}</li>')
            sections.append(f'<h2 id="{at}">{html.escape(template)}</h2>')
            sections += [self._state(state, files) for state, files in states.items()]
        sheet = self.folder / "index.html"
        count = sum(map(len, self.taken.values()))
        words = _SHEET.format(
            count=count, pages=len(self.taken), contents="".join(contents), sections="".join(sections)
        )
        sheet.write_text(words, encoding="utf-8")
        return sheet

    def _state(self, state: str, files: list[Path]) -> str:
        shots = "".join(self._shot(state, file) for file in files)
        return f'<h3>{html.escape(state)}</h3><div class="shots">{shots}</div>'

    @staticmethod
    def _shot(state: str, file: Path) -> str:
        theme, width = re.findall(r"-([a-z]+(?:-on-[a-z]+)?)-(\d+)\.png$", file.name)[0]
        kind = "wide" if int(width) > 600 else "narrow"
        words = next(value.words for value in BY_CODE["colours"].values if value.code == theme)
        label = f"{words}, {width} px"
        return (
            f'<figure class="{kind}"><a href="{file.name}"><img src="{file.name}" loading="lazy" '
            f'alt="{html.escape(state)}: {label}"></a><figcaption>{label}</figcaption></figure>'
        )
