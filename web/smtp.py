"""Carrying mail to an SMTP server."""

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 30
PORTS = {"smtp": 25, "smtps": 465}


class CarrierError(Exception):
    """The server cannot be used at all; told in one line, without the password."""


class RefusedMailError(Exception):
    """The server refused one mail."""


class Carrier:
    """One connection to the server of a URL: `smtp://user:password@host:587` or `smtps://…`.

    With `smtp` the connection is encrypted when the server offers it, and a password is never
    sent over one that is not.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise CarrierError("BRUG_SMTP_URL should look like smtp://user:password@host:587")
        self._scheme, self._host = parts.scheme, parts.hostname
        self._port = parts.port or PORTS[parts.scheme]
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> "Carrier":
        try:
            self._server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise CarrierError(f"no mail server at {self._host}:{self._port}: {error}") from error
        return self

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            elif self._user:
                server.close()
                raise CarrierError("the mail server takes a password only in the clear")
        if self._user:
            server.login(self._user, self._password)
        return server

    def carry(self, message: EmailMessage) -> None:
        """Hand one mail over; raises `RefusedMailError`, or `CarrierError` when the line broke."""
        assert self._server is not None
        try:
            self._server.send_message(message)
        except smtplib.SMTPServerDisconnected as error:
            raise CarrierError(f"the mail server hung up: {error}") from error
        except smtplib.SMTPException as error:
            raise RefusedMailError(" ".join(str(error).split())) from error
        except OSError as error:
            raise CarrierError(f"the connection to the mail server broke: {error}") from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):
                self._server.close()
