"""The building inspected: the tools of translators find the words of pages, templates and tables alike."""

import gettext
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.pages import words

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def found() -> set[str]:
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    mapping = [(one["pattern"], one["method"]) for one in tables]
    keywords = {"_": None, "N_": None, "ngettext": (1, 2)}
    here = extract_from_dir(
        ROOT / "app", [(p.removeprefix("app/"), m) for p, m in mapping], keywords=keywords
    )
    return {
        message if isinstance(message, str) else message[0]
        for _file, _line, message, _comments, _context in here
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "There is a problem",  # a template
        "Enter a real date, for example 27 3 2008, with all four figures of the year",  # a function
        "You chose too many answers",  # a table
        "%(number)d minute",  # a number of things
    ],
)
def test_words_are_found_wherever_they_stand(found: set[str], sentence: str) -> None:
    assert sentence in found


def test_a_catalogue_beside_the_service_changes_its_words(tmp_path: Path) -> None:
    """In a process of its own, because words are looked up when templates are compiled."""
    folder = tmp_path / "en_GB" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "clearway.po").write_text(
        'msgid ""\nmsgstr ""\n\nmsgid "Start your test"\nmsgstr "Off you go"\n'
    )
    with (folder / "clearway.po").open("rb") as source, (folder / "clearway.mo").open("wb") as compiled:
        write_mo(compiled, read_po(source, locale="en_GB"))
    code = (
        "import gettext, pathlib, sys; real = gettext.translation;"
        "gettext.translation = lambda domain, folder, **more: real(domain, sys.argv[1], **more);"
        "from app.pages.words import _; print(_('Start your test'), _('Go back'), sep='|')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "Off you go|Go back"


def test_without_a_catalogue_the_source_words_are_shown(tmp_path: Path) -> None:
    nothing = gettext.translation(words.DOMAIN, tmp_path, languages=[words.LANGUAGE], fallback=True)
    assert nothing.gettext("Start your test") == "Start your test"
