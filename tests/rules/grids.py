"""Reading the tables that these tests state as text; nothing here knows a rule."""

from collections.abc import Iterable


def rows(text: str) -> list[list[str]]:
    """The lines of a table as lists of words, without blank lines."""
    return [line.split() for line in text.splitlines() if line.strip()]


def grid(text: str) -> dict[tuple[str, str], str]:
    """A table with a heading line and a name before each line: {(line, column): cell}."""
    heading, *lines = rows(text)
    ragged = [line for line in lines if len(line) != len(heading)]
    if ragged:
        raise ValueError(f"not as wide as the heading: {ragged}")
    return {
        (line[0], column): cell for line in lines for column, cell in zip(heading[1:], line[1:], strict=True)
    }


def lines_of(table: dict[tuple[str, str], str]) -> set[str]:
    """The names before the lines."""
    return {line for line, _ in table}


def columns_of(table: dict[tuple[str, str], str]) -> set[str]:
    """The names in the heading."""
    return {column for _, column in table}


def names(members: Iterable[str]) -> set[str]:
    """The plain strings of an enum of strings."""
    return {str(member) for member in members}
