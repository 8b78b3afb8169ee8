"""The load driver, a process of its own: one order a line on its input, one line of figures for each on its output.

`python -m tests.bench.driver`. Started by `running.py`; it knows addresses and fields, nothing of the service's code.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from typing import Any

import uvloop

from tests.bench import visitors
from tests.bench.visitors import STEPS, Failed, Visitor
from tests.bench.wire import Wire

LONGEST_WORDS = 200


class Tally:
    """What happened: how long each step took, and the words of those that failed."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.acked: list[float] = []
        self.failed: list[str] = []
        self.began = time.perf_counter()

    def told(self) -> dict[str, Any]:
        return {
            "seconds": time.perf_counter() - self.began,
            "took_ms": [round(one * 1000, 3) for one in self.took],
            "acked_ms": [round(one * 1000, 3) for one in self.acked],
            "failed": self.failed,
        }


class Load:
    """The visitors of one server, kept from order to order as browsers keep their cookies."""

    def __init__(self, port: int, host_port: int | None = None) -> None:
        self.port, self.host_port = port, host_port
        self.visitors: dict[str, list[Visitor]] = {}

    async def closed(self, step: str, who: str, together: int, seconds: float, most: int) -> dict[str, Any]:
        """So many at once, each with the next step as soon as the last one is done, until time or steps are over."""
        tally, crowd = Tally(), self.visitors[who]
        until = time.perf_counter() + seconds
        left = iter(range(most))
        if step == "start":  # each can do it once
            crowd, self.visitors[who] = crowd[:most], crowd[most:]
        shares = [crowd[at::together] for at in range(together)]
        await asyncio.gather(*(self._keep_on(step, share, until, left, tally) for share in shares))
        return tally.told()

    async def _keep_on(
        self, step: str, share: list[Visitor], until: float, left: Iterator[int], tally: Tally
    ) -> None:
        """One after another of a share takes a whole paper's steps; whoever has nothing left to do is then gone."""
        wire, act = Wire(self.port, self.host_port), STEPS[step]
        while share and time.perf_counter() < until and next(left, None) is not None:
            visitor, began = share[0], time.perf_counter()
            try:
                await act(visitor, wire)
            except (OSError, TimeoutError, Failed) as error:
                tally.failed.append(f"{step}: {error!r}"[:LONGEST_WORDS])
                wire.close()
            else:
                tally.took.append(time.perf_counter() - began)
                tally.acked.append(visitor.acked_after)
            if step == "start" or (step == "check-in" and not visitor.waiting):
                share.pop(0)
            elif step in ("check-in", "settle") or visitor.at == visitors.QUESTIONS:
                share.append(share.pop(0))
        wire.close()

    async def paced(self, who: str, seconds: float, every_s: float, seed: int) -> dict[str, Any]:
        """Everybody at their own moment, whatever the server does: latency counts from the moment planned.

        In each `every_s` a page saves the choice, sends the press, gets the next page, and is looked at again.
        """
        tally, chance = Tally(), random.Random(seed)
        plan = [
            (chance.random() * every_s + turn * every_s + share * every_s / 4, visitor, name)
            for visitor in self.visitors[who]
            for turn in range(round(seconds / every_s) or 1)
            for share, name in enumerate(("autosave", "press", "next_page", "look_again"))
        ]
        tasks = []
        for at, visitor, name in sorted(plan, key=lambda one: one[0]):
            if at > seconds:
                break
            await asyncio.sleep(max(0.0, tally.began + at - time.perf_counter()))
            tasks.append(asyncio.create_task(self._planned(tally, tally.began + at, visitor, name)))
        await asyncio.gather(*tasks)
        return tally.told() | {"requests": len(tasks)}

    async def _planned(self, tally: Tally, planned: float, visitor: Visitor, name: str) -> None:
        wire = Wire(self.port, self.host_port)
        try:
            await getattr(visitors, name)(visitor, wire)
        except (OSError, TimeoutError, Failed) as error:
            tally.failed.append(f"{name}: {error!r}"[:LONGEST_WORDS])
        else:
            took = time.perf_counter() - planned
            tally.took.append(took)
            if name in ("autosave", "press"):
                tally.acked.append(took)
        finally:
            wire.close()


async def main() -> None:
    """Answer orders until the input ends. `open` names a server and its visitors; the others load it."""
    loads: dict[str, Load] = {}
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order = json.loads(line)
        kind, name = order.pop("do"), order.pop("server")
        if kind == "open":
            load = loads[name] = Load(order["port"], order["host_port"])
            load.visitors = {
                who: [Visitor(**one) for one in crowd] for who, crowd in order["visitors"].items()
            }
            told: dict[str, Any] = {}
        else:
            told = await getattr(loads[name], kind)(**order)
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
