"""Visitors of the pages: so many requests a second, however long they take.

`python -m bench.visitors`, a process of its own, reads one JSON object (`Visit`) from its input and
prints another (`Visited`). A request begins when its time has come, not when the one before it has
been answered: a slow server is not asked less. Its time counts from when it should have begun.
Connections are kept, as browsers and proxies keep them.
"""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass
from time import perf_counter

PATIENCE_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What to ask for: `paths` one after another, again from the first when they run out."""

    port: int
    headers: dict[str, str]
    paths: list[str]
    rate: float
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Visited:
    """Milliseconds of every answer, and what went wrong instead of one."""

    milliseconds: list[float]
    errors: list[str]
    connections: int


class Visitors:
    """Connections that are kept between requests."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.opened = 0

    async def all(self) -> Visited:
        """Every request of the visit."""
        count = round(self.visit.rate * self.visit.seconds)
        begun = perf_counter()
        waiting = [asyncio.create_task(self._one(number, begun)) for number in range(count)]
        outcomes = await asyncio.gather(*waiting)
        for _, writer in self.idle:
            writer.close()
        return Visited(
            milliseconds=[outcome for outcome in outcomes if isinstance(outcome, float)],
            errors=[outcome for outcome in outcomes if isinstance(outcome, str)],
            connections=self.opened,
        )

    async def _one(self, number: int, begun: float) -> float | str:
        due = begun + number / self.visit.rate
        await asyncio.sleep(due - perf_counter())
        path = self.visit.paths[number % len(self.visit.paths)]
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                status = await self._get(path)
        except (OSError, EOFError, TimeoutError) as error:
            return f"{type(error).__name__}: {path}"
        return (perf_counter() - due) * 1000 if status == 200 else f"{status}: {path}"

    async def _get(self, path: str) -> int:
        while self.idle:
            reader, writer = self.idle.pop()
            try:
                return await self._ask(path, reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                # The server had closed it meanwhile.
                writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.visit.port)
        self.opened += 1
        return await self._ask(path, reader, writer)

    async def _ask(
        self, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> int:
        headers = "".join(f"{name}: {value}\r\n" for name, value in self.visit.headers.items())
        writer.write(f"GET {path} HTTP/1.1\r\n{headers}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        answered = {name.lower(): value.strip() for name, _, value in map(_parted, lines)}
        await _body(reader, answered)
        if answered.get("connection", "").lower() == "close":
            writer.close()
        else:
            self.idle.append((reader, writer))
        return int(first.split()[1])


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition(":")


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> None:
    if "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
        return
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()


def main() -> None:
    visit = Visit(**json.load(sys.stdin))
    print(json.dumps(asdict(asyncio.run(Visitors(visit).all()))))


if __name__ == "__main__":
    main()
