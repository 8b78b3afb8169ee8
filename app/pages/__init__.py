"""The page floor: HTTP in, HTML out. It decides nothing and writes nothing itself."""
