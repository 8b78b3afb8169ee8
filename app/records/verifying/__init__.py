"""Whether what is stored is what was written, told in sentences. Reads only, and one batch of sittings at a time.

A chain made anew by somebody who may write to the database agrees with itself: nothing here can see that.
"""

from app.records.verifying.tally import Tally
from app.records.verifying.whole import faults

__all__ = ["Tally", "faults"]
