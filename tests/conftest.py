"""Names the plugins that every test may use."""

pytest_plugins = ["tests.support.browser_fixtures", "tests.support.databases"]
