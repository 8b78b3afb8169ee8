"""Clearway: an accessible driving theory test, delivered by four floors: pages, actions, records, rules."""
