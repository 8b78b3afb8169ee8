"""The records: tables, look-ups and the store that writes them. The only floor that knows SQLAlchemy."""
