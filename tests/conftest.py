"""Names the plugins that every test may use."""

pytest_plugins = [
    "tests.support.application",
    "tests.support.browser_fixtures",
    "tests.support.databases",
    "tests.support.factories",
    "tests.support.people",
    "tests.support.screen_reader_fixtures",
]
