"""The ways a message leaves. One small interface: hand over a letter, hear what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pressedesk.config import Settings
from pressedesk.models import DeliveryState


@dataclass(frozen=True)
class Letter:
    """What is to leave: to one address, in plain text, under one Message-ID for every try."""

    to: str
    subject: str
    body: str
    message_id: str
    at: datetime


class Fault(StrEnum):
    """Why something did not leave, or may not have. Codes of ours: no server's text, no address."""

    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    LEFT = "left"  # the person no longer works here
    UNREACHABLE = "unreachable"  # no connection to the server
    INSECURE = "insecure"  # no TLS, or a certificate that is not the server's
    LOG_IN = "log_in"  # the server refuses our log-in
    LATER = "later"  # the server asks us to come back
    REFUSED = "refused"  # the server will not take this message
    NO_REPLY = "no_reply"  # handed over, and the reply was lost
    WORKER_LOST = "worker_lost"  # the worker that had it is gone
    NOT_WRITTEN = "not_written"  # the disk would not take it

    @property
    def label(self) -> str:
        return FAULTS[self]


FAULTS = {
    Fault.NO_ADDRESS: "Personen har ingen e-postadresse",
    Fault.BAD_ADDRESS: "E-postadressen er ikke gyldig",
    Fault.LEFT: "Personen har sluttet",
    Fault.UNREACHABLE: "Fikk ikke kontakt med e-posttjeneren",
    Fault.INSECURE: "E-posttjeneren har ikke en sikker forbindelse",
    Fault.LOG_IN: "E-posttjeneren godtok ikke innloggingen vår",
    Fault.LATER: "E-posttjeneren ba oss vente",
    Fault.REFUSED: "E-posttjeneren avviste meldingen",
    Fault.NO_REPLY: "E-posttjeneren svarte ikke, så meldingen kan ha kommet fram",
    Fault.WORKER_LOST: "Utsendingen ble avbrutt, så meldingen kan ha kommet fram",
    Fault.NOT_WRITTEN: "Meldingen kunne ikke skrives til disken",
}


@dataclass(frozen=True)
class Outcome:
    """What came of one try: SENT, UNKNOWN (it may have arrived), QUEUED (try later) or FAILED (never will)."""

    state: DeliveryState
    fault: Fault | None = None


SENT = Outcome(DeliveryState.SENT)


class Channel(Protocol):
    """One way out. `send` raises nothing of the network's: every fault is an Outcome."""

    def send(self, letter: Letter) -> Outcome: ...


def configured(settings: Settings) -> Channel | None:
    """The channel of this installation: its mail server, or in the demo a folder; None: messages stay in the queue.

    Raises ConfigError for a sender's address that is none."""
    from pressedesk.channels import folder, mail

    if settings.mail_host:
        return mail.Smtp(settings)
    return folder.Folder(settings) if settings.demo else None
