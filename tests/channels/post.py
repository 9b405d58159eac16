"""A real SMTP server on loopback that does what real ones do: takes mail, refuses it, drops the line, hangs."""

import asyncio
import socket
import ssl
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

DROP, HANG = "drop", "hang"  # after the text was taken: the line is cut, or nothing is ever said


@dataclass
class Post:
    """What came in, and what the server answers: to an address, and after the text; each answer is used once."""

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    envelopes: list[list[str]] = field(default_factory=list)
    at_address: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    after_text: list[str] = field(default_factory=list)
    log_ins: list[tuple[bytes, bytes]] = field(default_factory=list)
    let_go: asyncio.Event | None = None

    @property
    def receivers(self) -> list[str]:
        """Whom each mail was for."""
        return [str(mail["To"]) for mail in self.received]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answers = self.at_address[address]
        if answers:
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.after_text.pop(0) if self.after_text else "250 OK"
        if answer.startswith(("4", "5")):
            return answer
        assert isinstance(envelope.content, bytes)
        self.received.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=default))
        self.envelopes.append(list(envelope.rcpt_tos))
        if answer == DROP:
            assert server.transport is not None
            server.transport.abort()
        if answer == HANG:
            self.let_go = asyncio.Event()
            await self.let_go.wait()
        return "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """Anybody whose password is «rett»."""
        assert isinstance(data, LoginPassword)
        self.log_ins.append((data.login, data.password))
        return AuthResult(success=data.password == b"rett")


@contextmanager
def post_office(tls: ssl.SSLContext | None = None, wants_log_in: bool = False) -> Iterator[Post]:
    """The server, for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        post = Post(free.getsockname()[1])
    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=post.port,
        tls_context=tls,
        auth_required=wants_log_in,
        authenticator=post.authenticate,
        auth_require_tls=tls is not None,
    )
    controller.start()
    try:
        yield post
    finally:
        if post.let_go is not None:
            controller.loop.call_soon_threadsafe(post.let_go.set)
        controller.stop()
