"""Accessibility as plain Python: what is offered, how pages must be, and how that is judged.

A stranger to the web framework, to the database and to the question bank.
"""
