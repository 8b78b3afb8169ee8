"""The rules: pure tables and functions. No clock, no input or output, no web, no database."""
