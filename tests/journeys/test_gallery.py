"""The gallery of pages: that it can be made is tested here; the whole of it is made by `make gallery`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.centre import Centre
from tests.journeys.gallery import FOLDER, Gallery
from tests.journeys.test_every_state import CHAPTERS, walk
from tests.support.browser import Browsers, Tabs


def test_a_page_is_pictured_in_each_theme_and_width_and_left_as_it_was(
    centre: Centre, desks: Tabs, tmp_path: Path
) -> None:
    page = desks.open(centre.url, script=True)
    theme, size = page.evaluate("document.documentElement.dataset.theme"), page.viewport_size
    gallery = Gallery(tmp_path)
    gallery.stop(page, "candidate/start")
    gallery.stop(page, "candidate/start", "once <more>")
    assert (page.evaluate("document.documentElement.dataset.theme"), page.viewport_size) == (theme, size)
    pictures = {file.name: Image.open(file).convert("RGB") for file in tmp_path.glob("*.png")}
    assert len(pictures) == 12
    assert pictures["candidate-start-standard-320.png"].width == 320
    seen = {pictures[f"candidate-start-{one}-1280.png"].getpixel((5, 400)) for one in gallery.themes}
    assert len(seen) >= 2, "the themes look alike"
    sheet = gallery.write_sheet().read_text(encoding="utf-8")
    assert all(f'src="{name}"' in sheet for name in pictures)
    assert "once &lt;more&gt;" in sheet


def test_make_gallery_is_a_command() -> None:
    told = Path("Makefile").read_text(encoding="utf-8")
    assert "\ngallery:" in told
    assert "-m gallery" in told


@pytest.mark.gallery
@pytest.mark.timeout(3600)
def test_every_state_is_pictured(
    furnished: Path, tmp_path_factory: pytest.TempPathFactory, browsers: Browsers
) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    gallery = Gallery()
    for chapter in CHAPTERS:
        walk(chapter, gallery, Tabs(browsers), furnished, tmp_path_factory.mktemp("gallery"))
    print(f"Look at {gallery.write_sheet()}")
