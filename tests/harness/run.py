"""One run: clients at work, faults at random, and what the checker says of it all."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import httpx

from service.operations.keys import create_key
from service.postgres import embedded
from service.postgres.database import opened
from tests.clusters import fetch
from tests.harness import ending
from tests.harness.checking import Followed, Problem, Story, counted, problems
from tests.harness.clients import FOLLOWERS, ByExports, ByPages, Reader, Writer, read_of
from tests.harness.journal import Journal
from tests.harness.scene import KILLS, Scene
from tests.processes import eventually
from tests.running import NO_TLS, PATIENCE, InProcess

_MOST_ASKED_AGAIN = 400  # reads at the end


class Extent(NamedTuple):
    """How much a run does."""

    seed: int
    kills: int  # other faults come in between
    only: Sequence[str] = ()  # names of the faults that may happen; none: all
    writers: int = 3
    readers: int = 2


class Report(NamedTuple):
    """What a run came to."""

    problems: list[Problem]
    figures: dict[str, int]
    complaints: list[str]  # of what processes did that no checker sees
    left_out: list[str]  # faults that could not be done here, with the reason
    said: str  # what the processes of the run wrote, its end


async def run(extent: Extent, scene: Scene, tell: Callable[[str], None] = lambda _: None) -> Report:
    """Do all of it."""
    journal = scene.journal
    try:
        story, done = await _played(extent, scene, tell)
    finally:
        scene.left()
    figures = {
        **{f"fault: {name}": count for name, count in sorted(done.items())},
        **counted(story),
    }
    figures |= {f"({name})": count for name, count in sorted(journal.counts.items())}
    said = scene.said_file.read_text(errors="replace")
    return Report(problems(story), figures, _complaints(journal, said), _left_out(scene), said[-20_000:])


def _complaints(journal: Journal, said: str) -> list[str]:
    found: list[str] = []
    if journal.counts["mirror ended by itself"]:
        found.append("the mirror ended by itself")
    if "refused to gracefully stop" in said:
        found.append("a worker that was told to stop did not")
    found += sorted({line for line in said.splitlines() if '"event":"defect"' in line})[:3]
    return found


def _left_out(scene: Scene) -> list[str]:
    reasons: list[str] = []
    if not scene.own_disk:
        reasons.append("disk: the data directory is on no disk of its own")
    if not scene.steps_clock:
        reasons.append("clock: libfaketime is absent (Debian: faketime)")
    return reasons


async def _played(extent: Extent, scene: Scene, tell: Callable[[str], None]) -> tuple[Story, Counter[str]]:
    journal = scene.journal
    await scene.start()
    dsn = embedded.running(scene.data_dir)
    assert dsn is not None
    async with opened(dsn) as database:
        keys = [await create_key(database, "write", name=f"writer {n}") for n in range(extent.writers)]
    writers = [Writer(scene.base, journal, key) for key in keys]
    await writers[0].prepare()
    scene.follow()
    followers = [make(name, scene.base, journal) for name, make in FOLLOWERS.items()]
    readers = [Reader(scene.base, journal) for _ in range(extent.readers)]
    following = [asyncio.create_task(one.run()) for one in followers]
    working = [asyncio.create_task(one.run()) for one in (*writers, *readers)]
    watching = asyncio.create_task(_first_failure([*following, *working]))
    done = Counter[str]()
    faulting = asyncio.create_task(_faults(extent, scene, tell, done))
    await asyncio.wait({watching, faulting}, return_when=asyncio.FIRST_COMPLETED)
    if watching.done():
        faulting.cancel()
        await watching
    await faulting
    # to the end: nothing is disturbed from here on
    journal.stopping = True
    await asyncio.gather(*working)
    await scene.imported_again()
    head = await _head(scene)
    tell(f"all faults are done; the log ends at {head}")
    await journal.until(
        lambda: all(one.reached >= head for one in followers), "follower at the end of the log"
    )
    watching.cancel()
    for task in following:
        task.cancel()
    await asyncio.gather(*following, watching, return_exceptions=True)
    await _mirrored(scene, head)
    again = await _asked_again(scene, readers[0])
    log = ending.logged(await ending.lines_of(dsn))
    story = Story(
        journal.writes,
        log,
        followers=[*(one.followed() for one in followers), *await _at_the_end(scene, head)],
        reads=journal.reads,
        mirror=ending.logged(await ending.lines_of(scene.mirror_dsn)),
        kept=await ending.kept(dsn),
    )
    tell(f"{again} reads were asked again of the service and of its mirror")
    for client in (*writers, *readers, *followers):
        await client.http.aclose()
    await scene.stop()
    return story, done


async def _first_failure(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Raise what ends a client."""
    for task in asyncio.as_completed(tasks):
        await task


async def _faults(extent: Extent, scene: Scene, tell: Callable[[str], None], done: Counter[str]) -> None:
    journal, rng = scene.journal, scene.journal.rng
    possible = scene.faults()
    # in every round kills come twice, and the others once
    names = [name for name in extent.only or (*possible, *KILLS) if name in possible]
    await journal.more(10)
    while journal.counts["kills"] < extent.kills and not journal.enough:
        rng.shuffle(names)
        for name in names:
            if journal.enough:
                break
            tell(f"{journal.counts['kills']} kills, {journal.counts['acknowledged']} writes: {name}")
            await possible[name]()
            done[name] += 1
            if rng.random() < 0.7:  # else the next one comes while this one lasts
                await journal.more(rng.randint(1, 15))
    await journal.more(10)


async def _head(scene: Scene) -> int:
    async with httpx.AsyncClient(base_url=scene.base, timeout=PATIENCE, verify=NO_TLS) as http:
        return int((await http.get("/readyz")).json()["position"])


async def _mirrored(scene: Scene, head: int) -> None:
    """Wait until the mirror has the whole log. It is started anew, since it may be pausing."""
    await scene.mirror()
    has_all = await asyncio.to_thread(eventually, lambda: _position(scene.mirror_dsn) >= head)
    assert has_all, "the mirror does not come to the end of the log"


def _position(dsn: str) -> int:
    (row,) = asyncio.run(fetch(dsn, "select position from log_head"))
    return int(row[0])


async def _asked_again(scene: Scene, reader: Reader) -> int:
    """Ask for what was read once more, at its position: of the service, and of the mirror."""
    journal = scene.journal
    pins = sorted({(one.path, one.position) for one in journal.reads})
    pins = journal.rng.sample(pins, min(_MOST_ASKED_AGAIN, len(pins)))
    for path, position in pins:
        for _ in range(20):  # the service may have been busy
            if await reader.read(path, position):
                break
        else:
            raise AssertionError(f"{path} is not answered at {position} any more")
    await asyncio.to_thread(_ask_the_mirror, scene, pins)
    return len(pins)


def _ask_the_mirror(scene: Scene, pins: Sequence[tuple[str, int]]) -> None:
    with InProcess(scene.mirror_dsn, None) as mirror:
        for path, position in pins:
            url = httpx.URL(path)
            answer = mirror.get(url.path, params={**url.params, "at": position})
            assert answer.status_code == 200, answer.text
            scene.journal.reads.append(read_of(path, answer, scene.journal.tick(), pinned=True))


async def _at_the_end(scene: Scene, head: int) -> list[Followed]:
    """What followers are told who begin when all is over."""
    late = [
        ByPages("pages at the end", scene.base, scene.journal),
        ByExports("export at the end", scene.base, scene.journal),
    ]
    for one in late:
        task = asyncio.create_task(one.run())
        await scene.journal.until(lambda one=one: one.reached >= head, "late follower at the end of the log")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await one.http.aclose()
    return [one.followed() for one in late]
