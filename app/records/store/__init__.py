"""The store: one call to write, one to read, two databases. What is stored is the records' and the actions' affair."""

from app.records.store.direct import Direct
from app.records.store.door import Store, open_store
from app.records.store.failures import NotRead, NotSaved, Unfit
from app.records.store.free_space import FreeSpace
from app.records.store.jobs import Hint, asks
from app.records.store.performing import FREEZE_MS, Db, hint

__all__ = [
    "FREEZE_MS",
    "Db",
    "Direct",
    "FreeSpace",
    "Hint",
    "NotRead",
    "NotSaved",
    "Store",
    "Unfit",
    "asks",
    "hint",
    "open_store",
]
