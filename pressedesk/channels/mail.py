"""E-mail by SMTP: one message to one address, in a connection of its own.

What is unclear is told from what is certain: until the text is handed over a fault means «not sent»; from then until
the server's reply it means «may have arrived»."""

import re
import smtplib
import ssl
from contextlib import closing, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from pressedesk.channels import SENT, Fault, Letter, Outcome
from pressedesk.config import ConfigError, Settings
from pressedesk.formats import clean_line, clean_text
from pressedesk.models import DeliveryState
from pressedesk.workhours import OSLO

TIMEOUT_SECONDS = 15.0  # for each reply of the server
POLICY = SMTP.clone(cte_type="7bit")  # nothing but ASCII on the line, whatever the server knows

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ONE_ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@)(?=.{{3,254}}\Z){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*\Z")


def is_address(text: str) -> bool:
    """Whether `text` is exactly one plain address: no name, no list, no quotes, nothing but ASCII."""
    return _ONE_ADDRESS.match(text) is not None


def fault_of(address: str | None) -> Fault | None:
    """Why nothing can be sent to `address`; None where something can."""
    if not address:
        return Fault.NO_ADDRESS
    return None if is_address(address) else Fault.BAD_ADDRESS


def build(letter: Letter, settings: Settings) -> EmailMessage:
    """The letter as a mail that no machine answers. Whatever stands in its texts, it has one receiver and no more
    headers than these. Raises ValueError where `to` is not one address."""
    if not is_address(letter.to):
        raise ValueError("not one address")
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(f"Pressedesk {clean_line(settings.municipality_name)}", addr_spec=settings.mail_from)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = clean_line(letter.subject)
    message["Date"] = letter.at.astimezone(OSLO)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(clean_text(letter.body) + "\n")
    return message


class Smtp:
    """The mail server of the settings."""

    def __init__(self, settings: Settings, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        """Raises ConfigError for a sender's address that is none."""
        if not is_address(settings.mail_from):
            raise ConfigError(f"Innstillingen MAIL_FROM: «{settings.mail_from}» er ikke en e-postadresse.")
        self._settings = settings
        self._timeout_seconds = timeout_seconds

    def send(self, letter: Letter) -> Outcome:
        """Hand the letter over. Until the text has left, every fault of the network means that it has not."""
        settings = self._settings
        content = build(letter, settings).as_bytes()
        fault = Fault.UNREACHABLE
        try:
            with closing(self._connection()) as smtp:
                if settings.mail_starttls:
                    fault = Fault.INSECURE
                    smtp.starttls(context=ssl.create_default_context())
                if settings.mail_user:
                    fault = Fault.LOG_IN
                    smtp.login(settings.mail_user, settings.mail_password)
                fault = Fault.UNREACHABLE
                smtp.ehlo_or_helo_if_needed()
                if not _is_done(smtp.mail(settings.mail_from)[0]):
                    return Outcome(DeliveryState.QUEUED, Fault.LATER)  # ours to mend, so not for ever
                taken = _verdict(smtp.rcpt(letter.to)[0])
                if taken is not SENT:
                    return taken
                fault = Fault.NO_REPLY
                verdict = _verdict(smtp.data(content)[0])
                with suppress(smtplib.SMTPException, OSError):
                    smtp.quit()
                return verdict
        except smtplib.SMTPDataError as error:  # refused before the text left
            return _verdict(error.smtp_code)
        except (smtplib.SMTPException, OSError):
            unclear = fault is Fault.NO_REPLY
            return Outcome(DeliveryState.UNKNOWN if unclear else DeliveryState.QUEUED, fault)

    def _connection(self) -> smtplib.SMTP:
        settings = self._settings
        return smtplib.SMTP(settings.mail_host, settings.mail_port, settings.mail_domain, self._timeout_seconds)


def _is_done(code: int) -> bool:
    return 200 <= code < 300


def _verdict(code: int) -> Outcome:
    """What a reply of the server means for this message."""
    if _is_done(code):
        return SENT
    if code >= 500:
        return Outcome(DeliveryState.FAILED, Fault.REFUSED)
    if code >= 400:
        return Outcome(DeliveryState.QUEUED, Fault.LATER)
    return Outcome(DeliveryState.UNKNOWN, Fault.NO_REPLY)  # not a reply of any kind that SMTP knows
