"""The sample site, served once for the tests that prove the checkers on it."""

from collections.abc import Iterator

import pytest

from tests.accessibility.sample_site import sample_site
from tests.support.serving import Site, serve


@pytest.fixture(scope="session")
def samples() -> Iterator[Site]:
    """The served sample site; its pages keep nothing outside the visitor's cookies."""
    with serve(sample_site()) as site:
        yield site
