"""The building inspected: sizes of files, functions and templates, and names that are doors marked `other`."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "accessibility", "question_bank")
FOLDERS = (*PACKAGES, "migrations", "tests", ".ci")
FILE_LINES = 300
FUNCTION_LINES = 40
TEMPLATE_LINES = 120
FORBIDDEN = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "core",
    "misc",
    "manager",
    "base",
    "service",
    "services",
}


def python_files(folders: tuple[str, ...]) -> list[Path]:
    return sorted(p for folder in folders for p in (ROOT / folder).rglob("*.py"))


def too_long(paths: list[Path], limit: int) -> list[str]:
    counted = {path: len(path.read_text().splitlines()) for path in paths}
    return [f"{path}: {lines} lines" for path, lines in counted.items() if lines > limit]


def long_functions(path: Path) -> list[str]:
    """Functions over the limit, counted without their docstring, decorators and blank lines around them."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            is_documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            words = (first.end_lineno or 0) - first.lineno + 1 if is_documented else 0
            lines = (node.end_lineno or 0) - node.lineno + 1 - words
            if lines > FUNCTION_LINES:
                found.append(f"{path}: {node.name} has {lines} lines")
    return found


def test_no_python_file_is_longer_than_300_lines() -> None:
    assert too_long(python_files(FOLDERS), FILE_LINES) == []


def test_no_function_of_the_product_is_longer_than_40_lines() -> None:
    assert [fault for path in python_files(PACKAGES) for fault in long_functions(path)] == []


def test_no_template_is_longer_than_120_lines() -> None:
    assert too_long(sorted((ROOT / "app").rglob("*.html")), TEMPLATE_LINES) == []


def test_every_module_says_what_lives_in_it() -> None:
    assert [str(p) for p in python_files(PACKAGES) if not ast.get_docstring(ast.parse(p.read_text()))] == []


def test_nothing_is_named_after_a_drawer() -> None:
    named = [p for folder in FOLDERS for p in (ROOT / folder).rglob("*") if "__pycache__" not in p.parts]
    # A page layout that others extend may be called base; no module may.
    assert [str(p) for p in named if p.stem in FORBIDDEN and p.suffix != ".html"] == []


@pytest.mark.parametrize(("lines", "is_fault"), [(FUNCTION_LINES - 1, False), (FUNCTION_LINES, True)])
def test_the_inspection_sees_one_line_too_many(tmp_path: Path, lines: int, is_fault: bool) -> None:
    path = tmp_path / "long.py"
    path.write_text('def verb():\n    """Do it.\n\n    Well.\n    """\n' + "    x = 1\n" * lines)
    assert bool(long_functions(path)) is is_fault
