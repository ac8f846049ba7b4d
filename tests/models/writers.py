"""Processes that write to one database at the same time."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection

from sqlalchemy import Engine

from models import make_engine

#: What each process does: with an engine of its own, and the number that all of them were given.
Writer = Callable[[Engine, int], None]


def write_at_once(write: Writer, url: str, number: int, processes: int) -> list[str]:
    """Run `write` in so many processes at once; return what each says: "fine", or its error."""
    context = multiprocessing.get_context("spawn")
    pipes, running = [], []
    for _ in range(processes):
        receiving, sending = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(write, url, number, sending))
        process.start()
        pipes.append(receiving)
        running.append(process)
    said = [pipe.recv() for pipe in pipes]
    for process in running:
        process.join(30)
    return said


def _run(write: Writer, url: str, number: int, done: Connection) -> None:
    engine = make_engine(url)
    try:
        write(engine, number)
        done.send("fine")
    except Exception as error:  # the parent shows it
        done.send(repr(error))
    finally:
        engine.dispose()
