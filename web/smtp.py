"""Carrying mail to an SMTP server."""

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 30
PORTS = {"smtp": 25, "smtps": 465}
FIRST_FINAL_CODE = 500
#: What a server says that stops in the middle of a talk.
GOING_AWAY = 421
#: Stands for a server that cannot carry such an address at all.
NOT_SUPPORTED = 553


class CarrierError(Exception):
    """The server cannot be used at all; told in one line, without the password."""


class RefusedMailError(Exception):
    """The server refused one mail, told by its number alone: its words may name somebody.

    for_good: trying again would not help.
    """

    def __init__(self, code: int, *, for_good: bool) -> None:
        super().__init__(f"refused ({code})")
        self.code = code
        self.for_good = for_good


class Carrier:
    """One connection to the server of a URL: `smtp://user:password@host:587` or `smtps://…`.

    With `smtp` the connection is encrypted when the server offers it, and a password is never
    sent over one that is not.
    """

    def __init__(self, url: str, timeout: float = TIMEOUT_SECONDS) -> None:
        self._timeout = timeout
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
                self._host, self._port, timeout=self._timeout, context=context
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
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
            code = _code_of(error)
            if code == GOING_AWAY:
                raise CarrierError("the mail server is going away") from error
            # A sender who is refused is our own setting, which may become right.
            sender = isinstance(error, smtplib.SMTPSenderRefused)
            for_good = code >= FIRST_FINAL_CODE and not sender
            raise RefusedMailError(code, for_good=for_good) from error
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


def _code_of(error: smtplib.SMTPException) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else NOT_SUPPORTED
