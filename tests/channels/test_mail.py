"""E-mail: what stands in a mail, and what every answer of a real SMTP server is taken to mean."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from pressedesk import channels
from pressedesk.channels import SENT, Fault, Letter, Outcome, folder, mail
from pressedesk.config import ConfigError, Settings
from pressedesk.models import DeliveryState
from tests.channels.post import DROP, HANG, Post, post_office

CERTIFICATE = Path(__file__).parent / "localhost.pem"  # self-signed, for these tests alone
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LETTER = Letter("leder@granli.example", "Ny pressehenvendelse: PD-2026-0001", "Åpne saken.", "<a1@granli.example>", AT)


def settings(post: Post, **changed: Any) -> Settings:
    """Settings that lead to this server."""
    given = {"mail_host": "127.0.0.1", "mail_port": post.port, "mail_starttls": False, **changed}
    return Settings(instance_path=Path(), mail_from="presse@granli.example", municipality_name="Løten kommune", **given)


@pytest.fixture
def post() -> Iterator[Post]:
    """A server that takes everything, until told otherwise."""
    with post_office() as running:
        yield running


def send(post: Post, letter: Letter = LETTER, **changed: Any) -> Outcome:
    """One try, without patience."""
    return mail.Smtp(settings(post, **changed), timeout_seconds=0.3).send(letter)


def test_a_mail_says_who_what_and_that_no_machine_shall_answer(post: Post) -> None:
    """One receiver, plain text in UTF-8, its own Message-ID, and the headers that keep absence mails away."""
    assert send(post) == SENT
    (got,) = post.received
    assert (str(got["To"]), str(got["Subject"])) == (LETTER.to, LETTER.subject)
    assert str(got["From"]) == "Pressedesk Løten kommune <presse@granli.example>"
    assert (got["Message-ID"], got["Auto-Submitted"]) == (LETTER.message_id, "auto-generated")
    assert got["X-Auto-Response-Suppress"] == "All"
    assert parsedate_to_datetime(str(got["Date"])) == AT
    assert (got.get_content_type(), got.get_content_charset()) == ("text/plain", "utf-8")
    assert got.get_content().strip() == "Åpne saken."
    assert got["Reply-To"] is None
    assert post.envelopes == [[LETTER.to]]


ANSWERS = [  # to the address, after the text, what it means
    ([], [], SENT),
    (["450 later"], [], Outcome(DeliveryState.QUEUED, Fault.LATER)),
    (["550 nobody here"], [], Outcome(DeliveryState.FAILED, Fault.REFUSED)),
    ([], ["451 later"], Outcome(DeliveryState.QUEUED, Fault.LATER)),
    ([], ["554 no"], Outcome(DeliveryState.FAILED, Fault.REFUSED)),
    ([], [DROP], Outcome(DeliveryState.UNKNOWN, Fault.NO_REPLY)),
    ([], [HANG], Outcome(DeliveryState.UNKNOWN, Fault.NO_REPLY)),
]


@pytest.mark.parametrize(("at_address", "after_text", "outcome"), ANSWERS, ids=str)
def test_what_an_answer_means(post: Post, at_address: list[str], after_text: list[str], outcome: Outcome) -> None:
    """Until the text has left, a fault means «not sent»; from then on «perhaps»; 5xx alone means «never»."""
    post.at_address[LETTER.to] = list(at_address)
    post.after_text = list(after_text)
    assert send(post) == outcome


def test_a_server_that_is_not_there(post: Post) -> None:
    """Nothing was sent; a later try may do."""
    with post_office() as gone:
        pass
    assert send(gone) == Outcome(DeliveryState.QUEUED, Fault.UNREACHABLE)


def test_without_encryption_nothing_is_sent(post: Post) -> None:
    """A server, or somebody in between, that offers no STARTTLS where we want it gets nothing."""
    assert send(post, mail_starttls=True) == Outcome(DeliveryState.QUEUED, Fault.INSECURE)
    assert post.received == []


def _tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def test_a_certificate_that_nobody_vouches_for_gets_nothing() -> None:
    """The name must be the server's, and somebody the machine trusts must say so."""
    with post_office(_tls()) as post:
        assert send(post, mail_starttls=True) == Outcome(DeliveryState.QUEUED, Fault.INSECURE)
        assert post.received == []


@pytest.mark.parametrize(
    ("password", "outcome"), [("rett", SENT), ("galt", Outcome(DeliveryState.QUEUED, Fault.LOG_IN))]
)
def test_encrypted_and_logged_in(monkeypatch: pytest.MonkeyPatch, password: str, outcome: Outcome) -> None:
    """The password goes over the encrypted line alone; a wrong one is the installer's to mend, so not for ever."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with post_office(_tls(), wants_log_in=True) as post:
        assert send(post, mail_starttls=True, mail_user="presse", mail_password=password) == outcome
        assert post.log_ins[-1] == (b"presse", password.encode())


CONTROLS = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0x202E, 0xD800]]


def test_no_character_makes_a_header_or_a_receiver(post: Post) -> None:
    """All of C0 and C1, the line separators and a lone surrogate, in subject and text: sent, to one, no header more."""
    sender = mail.Smtp(settings(post))
    headers = None
    for sign in CONTROLS:
        subject, body = f"Ny{sign}Bcc: evil@example.com{sign}", f"Tone{sign}Berg\r\n.\r\nMAIL FROM:<evil@example.com>"
        assert sender.send(replace(LETTER, subject=subject, body=body)) == SENT
        assert post.envelopes[-1] == [LETTER.to]
        headers = headers or post.received[-1].keys()
        assert post.received[-1].keys() == headers
    assert len(post.received) == len(CONTROLS)


SIGNS = ["\r\n", "\n", "\r", "\0", "\v", "\t", "\x7f", "\xa0", "\u2028", " ", *',;:<>()"\\[]æ@']
AROUND = [
    "a{}b@c.no",
    "a@c{}d.no",
    "{}a@c.no",
    "a@c.no{}",
    "a@c.no{}b@d.no",
    "a{}@c.no",
    "a@{}c.no",
    "a@c.no{}Bcc: e@d.no",
]
HOSTILE = [pattern.format(sign) for sign in SIGNS for pattern in AROUND] + [
    '"a" <kari@b.no>, c@evil', "kari@b.no, c@evil.no", "<kari@b.no>", "Kari kari@b.no", "a..b@c.no", ".a@c.no",
    "a.@c.no", "a@c..no", "a@-c.no", "a@c-.no", "@c.no", "a@", "a", "", "a@[1.2.3.4]", "a%b@c.no@d.no",
    "undisclosed-recipients:;", "a" * 65 + "@c.no", "a@" + "c" * 64 + ".no", "a@" + "c.no." * 60 + "no",
]  # fmt: skip


def test_two_hundred_addresses_that_are_none() -> None:
    """Exactly one plain address, or nothing is sent: no list, no name, no quotes, no second receiver."""
    assert len(set(HOSTILE)) >= 200
    assert [address for address in HOSTILE if mail.is_address(address)] == []


@pytest.mark.parametrize(
    "address", ["kari@b.no", "kari.li+presse@post.granli.kommune.no", "o'hara@b.no", "root@localhost"]
)
def test_addresses_that_are_one(post: Post, address: str) -> None:
    """What a municipality really has, unchanged in envelope and header."""
    assert mail.fault_of(address) is None
    assert send(post, replace(LETTER, to=address)) == SENT
    assert (post.receivers, post.envelopes) == ([address], [[address]])


def test_what_is_no_address_is_never_built() -> None:
    """Should one get as far, it stops there."""
    with pytest.raises(ValueError, match="one address"):
        mail.build(replace(LETTER, to="a@b.no, c@d.no"), settings(Post()))


def test_the_channel_of_an_installation(tmp_path: Path) -> None:
    """Its mail server; in the demo a folder; else none. A sender that is no address is said at the start."""
    bare = Settings(instance_path=tmp_path)
    assert channels.configured(bare) is None
    assert isinstance(channels.configured(replace(bare, demo=True)), folder.Folder)
    assert isinstance(channels.configured(replace(bare, demo=True, mail_host="smtp")), mail.Smtp)
    with pytest.raises(ConfigError, match="MAIL_FROM"):
        channels.configured(replace(bare, mail_host="smtp", mail_from="Pressevakten"))


def test_the_demo_writes_mails_as_files(tmp_path: Path) -> None:
    """What a mail server would have got; the same mail again is the same file; a full disk is tried later."""
    demo = folder.Folder(Settings(instance_path=tmp_path, demo=True))
    assert demo.send(LETTER) == demo.send(LETTER) == SENT
    (file,) = (tmp_path / folder.NAME).glob("*.eml")
    assert file.name.startswith("20261124-090000 ")
    assert b"Subject: Ny pressehenvendelse: PD-2026-0001" in file.read_bytes()
    (tmp_path / "taken").write_text("")
    blocked = folder.Folder(Settings(instance_path=tmp_path / "taken", demo=True))
    assert blocked.send(LETTER) == Outcome(DeliveryState.QUEUED, Fault.NOT_WRITTEN)
