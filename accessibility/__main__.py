"""`python -m accessibility write` writes docs/accessibility.md; `check` says whether it is as it would be written."""

import argparse
import sys

from accessibility.document import DOCUMENT, text


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; 0 if the document is current, or was written."""
    parser = argparse.ArgumentParser(prog="python -m accessibility", description=__doc__)
    parser.add_argument("verb", choices=["write", "check"])
    if parser.parse_args(arguments).verb == "write":
        DOCUMENT.write_text(text(), encoding="utf-8")
        sys.stdout.write(f"Written: {DOCUMENT.name}\n")
        return 0
    if DOCUMENT.is_file() and DOCUMENT.read_text(encoding="utf-8") == text():
        sys.stdout.write(f"{DOCUMENT.name} is current.\n")
        return 0
    sys.stdout.write(f"{DOCUMENT.name} is not current. Type: python -m accessibility write\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
