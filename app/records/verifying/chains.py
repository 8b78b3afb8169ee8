"""The hash chain of one sitting worked out again from its rows (decision 3)."""

import hashlib
from collections.abc import Iterator

from app.records.chain import next_link
from app.records.seats import Seat
from app.records.store import Db
from app.records.verifying.stories import Row, Story, happened, name_of

NOT_CONTENT = ("centre_id", "sitting_id", "link_no", "digest", "link")


def chain_faults(story: Story) -> Iterator[str]:
    """Every place where the chain does not hold. After each it is taken up again, so that one edit is told once."""
    row = story.row
    number, head = 0, hashlib.sha256(f"{row['centre_id']}/{row['id']}".encode()).hexdigest()
    for kind, one in story.happened:
        name = name_of(kind, one)
        if one["link_no"] > number + 1:
            yield f"{_links(number + 1, one['link_no'] - 1)} gone: nothing leads to {name}"
        elif one["link_no"] <= number:
            yield f"{name} stands in the place of another row: link {one['link_no']} is there twice"
        else:
            fresh = next_link(number, head, _content(one))
            if one["digest"] != fresh.digest:
                yield f"{name} is not what was written"
            elif one["link"] != fresh.link:
                yield f"{name} does not follow the row before it"
        number, head = one["link_no"], one["link"]
    if (row["chain_no"], row["chain_head"]) != (number, head):
        yield f"its rows end at link {number}, and the sitting says {row['chain_no']}, or another row"


def chain_holds(db: Db, seat: Seat) -> bool:
    """Whether every row of a sitting is what was written, as the transaction that asks sees them."""
    row = {
        "centre_id": seat.centre_id,
        "id": seat.sitting_id,
        "chain_no": seat.chain_no,
        "chain_head": seat.chain_head,
    }
    known = Story(row, happened=happened(db, centre_id=seat.centre_id, sitting_id=seat.sitting_id))
    return next(chain_faults(known), None) is None


def _content(one: Row) -> Row:
    return {name: value for name, value in one.items() if name not in NOT_CONTENT}


def _links(first: int, last: int) -> str:
    return f"link {first} is" if first == last else f"links {first} to {last} are"
