"""An encoder in a process of its own, which may hang, crash or be killed without harm.

The process is started at first use, with one thread, and again after it went. Whoever asks names
the seconds that he can spare, and goes without when they are over. One that takes far too long is
killed, and left alone for a while, so that a broken one costs nothing more. A forked process starts
its own.
"""

import json
import logging
import os
import select
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Sequence
from pkgutil import resolve_name
from typing import IO

import numpy as np

from matcher.encoder_child import READY
from matcher.encoding import Encoder, EncoderError, Rows

_log = logging.getLogger(__name__)
_SECONDS_A_TEXT = 30.0
_SECONDS_TO_START = 30.0
_SECONDS_OF_REST = 60.0
#: More than a cleaned text ever takes; writing so much never waits for a process that hangs.
_FITS_A_PIPE = 16_384
#: Finds what this process finds, and nothing that happens to lie in its folder.
_CHILD = """\
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from matcher.encoder_child import main
main(sys.argv[2])
"""


class EncoderProcess:
    """The encoder of a `module:Class`, by name; safe to use from several threads.

    seconds: a text that takes longer shows that the encoder hangs. rest: how long a broken one
    is left alone, in seconds.
    """

    def __init__(
        self, where: str, *, seconds: float = _SECONDS_A_TEXT, rest: float = _SECONDS_OF_REST
    ) -> None:
        self._where = where
        self._seconds = seconds
        self._rest = rest
        # Never loaded here; it only tells what it is.
        self._told: Encoder = resolve_name(where)()
        self._failing = self._closing = False
        self._rests_until = 0.0
        self._own_nothing()
        _ALL.add(self)

    def _own_nothing(self) -> None:
        self._lock = threading.Lock()
        self._child: _Child | None = None

    @property
    def name(self) -> str:
        """The name of the encoder."""
        return self._told.name

    @property
    def version(self) -> str:
        """The version of the encoder."""
        return self._told.version

    @property
    def dimensions(self) -> int:
        """How many values a row has."""
        return self._told.dimensions

    @property
    def failing(self) -> bool:
        """Tell whether it failed when it was last asked."""
        return self._failing

    def encode(self, texts: Sequence[str]) -> Rows:
        """Return a row a text; raises EncoderError when that fails or takes too long."""
        return self.encode_within(texts, _SECONDS_TO_START + self._seconds * len(texts))

    def encode_within(self, texts: Sequence[str], seconds: float) -> Rows:
        """Return a row a text, or raise EncoderError, in little more than so many seconds."""
        deadline = time.monotonic() + seconds
        if not self._lock.acquire(timeout=seconds):
            raise EncoderError("busy with other texts")
        try:
            return self._encode(texts, deadline)
        finally:
            self._lock.release()

    def _encode(self, texts: Sequence[str], deadline: float) -> Rows:
        if time.monotonic() < self._rests_until:
            raise EncoderError("it failed a moment ago")
        try:
            rows = self._ask(texts, deadline)
        except _LateError:
            raise
        except (EncoderError, OSError) as error:
            self._give_up(error)
            raise EncoderError(str(error)) from error
        if self._failing:
            self._failing = False
            _log.info("the encoder %s works again", self.name)
        return rows

    def _ask(self, texts: Sequence[str], deadline: float) -> Rows:
        if self._child is None:
            self._child = _Child(self._where)
        # It may still be loading, or busy with a text that somebody did not wait for.
        self._child.answer(deadline)
        rows = np.empty((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            self._child.ask(text, row.nbytes, self._seconds)
            row[:] = np.frombuffer(self._child.answer(deadline), "<f4")
        return rows

    def _give_up(self, error: Exception) -> None:
        self._stop()
        if self._closing:
            return
        self._rests_until = time.monotonic() + self._rest
        if not self._failing:
            self._failing = True
            _log.warning("the encoder %s fails: %s; texts are compared by words", self.name, error)

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.stop()

    def close(self) -> None:
        """End the process at once, whoever waits for it; a later text starts another one."""
        self._closing = True
        if (child := self._child) is not None:
            # Who waits for its answer sees it end, and lets go of the lock.
            child.kill()
        with self._lock:
            self._stop()
            self._closing = False


_ALL: weakref.WeakSet[EncoderProcess] = weakref.WeakSet()


def _forget_all() -> None:
    """Leave the processes, and the locks that nobody will ever open, to the one that was forked."""
    for encoder in _ALL:
        child = encoder._child
        encoder._own_nothing()
        if child is not None:
            child.disown()


os.register_at_fork(after_in_child=_forget_all)


class _LateError(EncoderError):
    """It works, and somebody cannot wait: no fault."""


class _Child:
    """One process and its two pipes; after an EncoderError that is not late it is of no more use.

    It owes its greeting, and then an answer to each text; that is read before anything is asked.
    """

    def __init__(self, where: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this very Python
            [sys.executable, "-P", "-c", _CHILD, json.dumps(sys.path), where],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A traceback may quote the text, and what is written here ends in a log.
            stderr=subprocess.DEVNULL,
            # Ctrl-C is for the parent, which then ends this one by closing its pipe.
            start_new_session=True,
        )
        self._finalizer = weakref.finalize(self, _end, self._process)
        self._owe(len(READY), _SECONDS_TO_START)

    def _owe(self, count: int, seconds: float) -> None:
        self._owed, self._told = count, b""
        self._until = time.monotonic() + seconds

    def ask(self, text: str, count: int, seconds: float) -> None:
        """Hand it a text that it has so many seconds to answer with so many bytes."""
        assert self._process.stdin is not None
        line = json.dumps(text).encode() + b"\n"
        if len(line) > _FITS_A_PIPE:
            raise EncoderError(f"a text of {len(text)} characters was not cut")
        self._process.stdin.write(line)
        self._owe(count, seconds)

    def answer(self, deadline: float) -> bytes:
        """Return what it owed; raises EncoderError, a late one if it may still come."""
        assert self._process.stdout is not None
        while self._owed:
            self._wait(self._process.stdout, deadline)
            piece = self._process.stdout.read(self._owed)
            if not piece:
                raise EncoderError(f"it ended with code {self._process.wait()}")
            self._told += piece
            self._owed -= len(piece)
        return self._told

    def _wait(self, answers: IO[bytes], deadline: float) -> None:
        seconds = max(0.0, min(deadline, self._until) - time.monotonic())
        if select.select([answers], [], [], seconds)[0]:
            return
        if time.monotonic() >= self._until:
            raise EncoderError("it took too long")
        raise _LateError("its answer is not there in time")

    def kill(self) -> None:
        """Kill it; whoever reads its answers closes the pipes."""
        self._process.kill()

    def stop(self) -> None:
        """Kill it, and wait until it is gone."""
        self._finalizer()

    def disown(self) -> None:
        """Forget it in a forked process: the one that started it goes on using it."""
        self._finalizer.detach()
        self._process.returncode = 0
        _close_pipes(self._process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    _close_pipes(process)


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
