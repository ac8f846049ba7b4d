"""From a request to a mail on its way: a process that dies in between, a queue that is lost."""

import http.client
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from models import OutboxMail, User, now, session_factory
from models.states import MailState
from tests.faults.counting import Outbox
from tests.support.mailserver import MailServer
from tests.support.server import ROOT, demo_environment, free_port, wait_until_answering

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning:aiosmtpd.*")
PATIENCE_SECONDS = 30

#: Serves as `wsgi.py` does, but for one thing: it dies after the commit and before the answer.
DYING = """
import os, signal, sys
from waitress import serve
from web.app import create_app
app = create_app()
inner = app.wsgi_app
def dying(environ, start):
    answer = inner(environ, start)
    if environ["REQUEST_METHOD"] == "POST":
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
app.wsgi_app = dying
app.config["WTF_CSRF_ENABLED"] = False
serve(app, host="127.0.0.1", port=int(sys.argv[1]))
"""


def _until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not done():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.05)


@pytest.fixture
def contents() -> str:
    return "reference"


def _add_user(engine: Engine) -> None:
    with session_factory(engine).begin() as session:
        session.add(User(email="u@x.example", name="Ann", email_confirmed_at=now()))


def test_a_web_process_killed_between_commit_and_answer_loses_no_mail(
    box: Outbox, server: MailServer, engine: Engine, tmp_path: Path
) -> None:
    _add_user(engine)
    port, log = free_port(), tmp_path / "web.log"
    environment = {**demo_environment(box.url, port), "BRUG_SMTP_URL": server.url}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", DYING, str(port)],
            env=environment,
            cwd=ROOT,
            stdout=output,
            stderr=output,
        )
    try:
        address = wait_until_answering(port, log, lambda: process.poll() is None)
        form = urllib.parse.urlencode({"email": "u@x.example"}).encode()
        with pytest.raises((OSError, http.client.HTTPException)):
            urllib.request.urlopen(f"{address}/wachtwoord-vergeten", form, timeout=30)
    finally:
        process.kill()
        process.wait()
    assert box.states == {MailState.WAITING: 1}
    assert box.sender().send().sent == 1
    counted = box.count(1)
    assert (counted["arrived"], counted["extra"], counted.lost) == (1, 0, 0)


@pytest.mark.parametrize("damage", ["lost", "damaged"])
def test_a_queue_that_is_lost_or_damaged_loses_no_mail(
    box: Outbox, server: MailServer, damage: str
) -> None:
    queue = Path(box.url.removeprefix("sqlite:///") + ".queue")
    if damage == "damaged":
        queue.write_bytes(b"geen databank " * 1000)
    box.write(5)
    worker = box.worker()
    try:
        _until(lambda: box.states == {MailState.SENT: 5})
    finally:
        worker.terminate()
        worker.wait()
    for part in queue.parent.glob(queue.name + "*"):
        part.unlink()
    box.write(5)
    worker = box.worker()
    try:
        _until(lambda: box.states == {MailState.SENT: 10})
    finally:
        worker.terminate()
        assert worker.wait(PATIENCE_SECONDS) == 0
    counted = box.count(10)
    assert (sum(server.times.values()), counted["ids"], counted.lost) == (10, 10, 0)


def test_a_request_wakes_the_worker_of_another_process(
    box: Outbox, server: MailServer, engine: Engine, tmp_path: Path
) -> None:
    from web.app import create_app
    from web.settings import Settings

    _add_user(engine)
    worker = box.worker()
    try:
        log = tmp_path / "worker.log"
        _until(lambda: "Brug sends mail" in log.read_text())
        environment = {**demo_environment(box.url), "BRUG_SMTP_URL": server.url}
        app = create_app(Settings.from_environment(environment))
        app.config.update(WTF_CSRF_ENABLED=False, BRUG_STEP_SECONDS=0.001)
        start = time.monotonic()
        answer = app.test_client().post("/wachtwoord-vergeten", data={"email": "u@x.example"})
        assert answer.status_code == 303
        _until(lambda: len(server.received) == 1)
        waited = time.monotonic() - start
        app.extensions["brug_queue"].stop()
        app.extensions["brug_sessions"].engine.dispose()
    finally:
        worker.terminate()
        worker.wait()
    print(f"from the request to the mail server: {waited:.1f} s")  # noqa: T201
    assert waited < 15  # not the minute after which it would look by itself
    with box.sessions.reading() as session:
        assert session.scalars(select(OutboxMail.state)).all() == [MailState.SENT]
