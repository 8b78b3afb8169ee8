"""How Hypothesis works here: no time limit on one example, so that a loaded machine fails nothing."""

from hypothesis import settings

settings.register_profile("rules", deadline=None, max_examples=60)
settings.load_profile("rules")
