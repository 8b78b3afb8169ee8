"""Where the focus is when a page opens, for people who do not want to start at its top (interface design, 1.0)."""

from accessibility.preferences import Preferences

TOP, HEADING = "top", "question"
TAKES_IT = " autofocus"


def starting(main: str, look: Preferences) -> str:
    """The words of a page, with the focus on its heading where that was chosen.

    An error summary, a notice or an answer that takes the focus keeps it. A filter of the layout.
    """
    if look.start != HEADING or TAKES_IT in main:
        return main
    # By plain text: `replace` of markup would escape what it puts in.
    return type(main)(str(main).replace("<h1", f'<h1 tabindex="-1"{TAKES_IT}', 1))
