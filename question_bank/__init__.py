"""The questions, and the code that reads, checks and draws them. No web, no database, no clock live here."""
