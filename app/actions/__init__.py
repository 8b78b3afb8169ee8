"""One verb, one file, one transaction: what people and the system do. Nothing here renders or commits."""
