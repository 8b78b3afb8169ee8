"""One address before several servers: it passes bytes on, each new connection to the next of them in turn.

`python -m tests.bench.balancer PORT BEHIND...`
"""

from __future__ import annotations

import asyncio
import itertools
import sys

import uvloop


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def main(port: int, behind: list[int]) -> None:
    """Serve until stopped."""
    turn = itertools.cycle(behind)

    async def passed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection("localhost", next(turn))
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pump(reader, back), _pump(there, writer))

    server = await asyncio.start_server(passed_on, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(int(sys.argv[1]), [int(one) for one in sys.argv[2:]]))
