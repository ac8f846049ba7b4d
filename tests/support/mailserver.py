"""A real mail server for tests, which can be away, slow, choosy or rude."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.support.server import free_port


class MailServer:
    """Takes every mail, except for what it was told to do otherwise.

    refused: addresses it answers with 550; later: with 451. slow: seconds it takes for a mail, by
    address. before_answer: called once it has a mail, before it says so. hang_up: addresses for
    which it breaks the line then, and whether it keeps the mail all the same.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.received: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.later: set[str] = set()
        self.slow: dict[str, float] = {}
        self.hang_up: dict[str, bool] = {}
        self.before_answer: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        """Return what `BRUG_SMTP_URL` has to be."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def times(self) -> Counter[str]:
        """Return how often each address got something."""
        return Counter(str(message["To"]) for message in self.received)

    @property
    def message_ids(self) -> set[str]:
        """Return the ids of what was received: two copies of a mail share theirs."""
        return {str(message["Message-ID"]) for message in self.received}

    @contextmanager
    def listening(self) -> Iterator["MailServer"]:
        """Be there meanwhile."""
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd looks for
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return f"550 <{address}> no such mailbox here"
        if address in self.later:
            return f"451 <{address}> try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd looks for
        self, server: Any, _session: Any, envelope: Any
    ) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        address = str(message["To"])
        if address in self.slow:
            await asyncio.sleep(self.slow[address])
        if self.hang_up.get(address, True):
            self.received.append(message)
        if address in self.hang_up:
            server.transport.abort()
        self.before_answer()
        return "250 OK"
