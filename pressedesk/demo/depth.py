"""What stands on the demo desk of a bad day's kind: asking first, passing on, second calls, stories, what follows.

Told as in today.py, in more cases and more steps; what takes two cases or none has a function of its own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pressedesk import access, db
from pressedesk.demo.desk import Desk, Part
from pressedesk.demo.municipality import PEOPLE
from pressedesk.demo.questions import Text
from pressedesk.demo.today import HOUR, MINUTE, NOBODY, Case, Step, answer, ends, says, stand, take
from pressedesk.desk import (
    afterwards,
    deviating,
    drafts,
    expected,
    following,
    joining,
    passing,
    promising,
    requests,
    rulings,
    second_call,
    shared_answers,
    stories,
)
from pressedesk.desk.answering import Channel, Said
from pressedesk.desk.deviating import Reasoned
from pressedesk.desk.expected import Expects
from pressedesk.desk.following import Follow, Staff
from pressedesk.desk.handling import Concerns
from pressedesk.desk.rulings import Ruling
from pressedesk.desk.whom import Way
from pressedesk.models import Granted, InPrint, Journal
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import Role, Statement
from pressedesk.workflow import Ending

DAY = timedelta(days=1)


# Steps


@dataclass(frozen=True)
class Reply:
    """What whoever was asked replies: so long before now, who, in which words, and yes or no to an agreement."""

    ago: timedelta
    by: str
    words: str
    agreed: bool | None = None


def asks(way: Way, office: str, words: str, reply: Reply | None = None, due: timedelta | None = None) -> Step:
    """The owner asks an office first. `due`: from now, negative when it has passed."""

    def step(desk: Desk, at: datetime, reference: str, part: Part, text: Text) -> None:
        due_at = None if due is None else desk.now + due
        question = requests.Question(way, desk.ids.offices[office], words, due_at)

        def act(who: int) -> None:
            request_id = requests.ask(who, reference, part.id, part.version, question, at)
            if reply:
                desk.plan(desk.now - reply.ago, lambda at: _reply(desk, at, request_id, reply))

        desk.as_owner(part, at, act)

    return step


def _reply(desk: Desk, at: datetime, request_id: int, reply: Reply) -> None:
    person_id = desk.ids.people[reply.by]
    with db.reading() as tx:
        seen = access.open_request(tx, access.actor(tx, person_id, at), request_id).request.version
    requests.reply(person_id, request_id, seen, reply.words, reply.agreed, at)


def offers(unit: str | None, note: str, phrase: str = "") -> Step:
    """«Ikke min»: to a unit, or to KIS, who finds out whose it is."""

    def step(desk: Desk, at: datetime, reference: str, part: Part, text: Text) -> None:
        to = desk.ids.units[unit] if unit else None
        desk.as_owner(
            part, at, lambda who: passing.offer(who, reference, part.id, part.version, to, None, note, phrase, at)
        )

    return step


def needs_more_time(left: timedelta, reason: str) -> Step:
    """A new promise, so long from now."""

    def step(desk: Desk, at: datetime, reference: str, part: Part, text: Text) -> None:
        promised_at = desk.now + left
        desk.as_owner(
            part,
            at,
            lambda who: promising.need_more_time(who, reference, part.id, part.version, promised_at, reason, at),
        )

    return step


def calls_again(desk: Desk, at: datetime, reference: str, part: Part, text: Text) -> None:
    """The journalist rings once more, and the switchboard tells whoever has it."""
    second_call.nudge(desk.ids.people["siv"], reference, at)


def answers_by(channel: Channel) -> Step:
    """An answer on a channel that matters afterwards."""
    return lambda desk, at, reference, part, text: desk.answer(at, reference, part, text, channel=channel)


def follows(follow: Follow) -> Step:
    """What came of an answer."""
    return lambda desk, at, reference, part, text: desk.as_owner(
        part, at, lambda who: following.follow_up(who, reference, part.id, part.version, follow, at)
    )


def refuses(provision: str, reason: str) -> Step:
    """A request for documents is turned down, with its provision."""

    def step(desk: Desk, at: datetime, reference: str, part: Part, text: Text) -> None:
        def act(who: int) -> None:
            ruling = Ruling(Granted.REFUSED, provision, True, reason, desk.name_of(who), at)
            rulings.rule(who, reference, part.id, part.version, ruling, at)

        desk.as_owner(part, at, act)

    return step


def deviates(reason: str) -> Step:
    """A reasoned exception inside the waiver, taken up with a superior already."""
    return lambda desk, at, reference, part, text: desk.as_owner(
        part, at, lambda who: deviating.deviate(who, reference, part.id, part.version, Reasoned(reason, True), at)
    )


# Cases


CASES = (
    # asked first: in doubt (6), an agreement (7), advice (14), facts from another unit, before a deviation (12)
    Case(75 * MINUTE, "thorough", "nordbygda", 95 * MINUTE,
         ((60 * MINUTE, asks(Way.DOUBT, "oppvekst", "Kan jeg si at vi har bedt om penger til nytt tak?")),),
         asked="Tak og ventilasjon"),
    Case(4 * HOUR, "quick", "plan", 90 * MINUTE,
         ((225 * MINUTE, asks(Way.AGREEMENT, "plan", "Kan jeg si hva jeg tror om køen til våren?",
                              Reply(3 * HOUR, "sunniva", "Ja, om de vanlige byggesakene.", True))),),
         known={**NOBODY, "addressed": "ansatt", "own_field": True}, asked="vanlig byggesak", addressed="byggesak"),
    Case(5 * HOUR, "thorough", "kloverenga", 50 * MINUTE,
         ((290 * MINUTE, asks(Way.ADVICE, "kis", "Bør jeg invitere journalisten hit i stedet for å svare på telefon?",
                              Reply(260 * MINUTE, "kari", "Ja, gjerne. Si fra til foreldrene før noen tar bilder."))),),
         asked="plastlekene"),
    Case(6 * HOUR, "wide", left=75 * MINUTE,
         then=((5 * HOUR, asks(Way.FACTS, "solbakken", "Hvor mange vikartimer har dere brukt siden august?",
                               due=-HOUR)),
               (290 * MINUTE, asks(Way.FACTS, "granheim", "Hvor mange vikartimer har dere brukt siden august?",
                                   Reply(4 * HOUR, "gro", "212 timer til og med forrige uke.")))),
         asked="vikartimer"),
    Case(35 * MINUTE, "thorough", "granheim", 2 * HOUR,
         ((30 * MINUTE, asks(Way.ADVICE, "kis", "Skal vi svare skriftlig når spørsmålet er så bredt?")),),
         asked="mobbing"),
    Case(29 * HOUR, "clients", "nav", -20 * HOUR,
         ((28 * HOUR, says(Concerns.CLIENT)),
          (27 * HOUR, asks(Way.DEVIATION, "velferd", "Familien har fritatt oss skriftlig. Kan vi svare om vedtaket?",
                           Reply(26 * HOUR, "arne", "Ja, men bare om det fritaket dekker."))),
          (25 * HOUR, deviates("Familien ba oss svare, og det som er publisert, er ikke riktig.")),
          (24 * HOUR, answer), (23 * HOUR, ends(Ending.STATEMENT))),
         known={"client_case": True, "waiver": "written"}),
    # passed on, more time, called again
    Case(45 * MINUTE, "quick", "furulund", 80 * MINUTE,
         ((25 * MINUTE, offers("solbakken", "Læremidlene bestilles samlet hos dere.", "lærebok i matematikk")),),
         asked="lærebøker"),
    Case(52 * MINUTE, "quick", "nav", 2 * HOUR,
         ((20 * MINUTE, offers(None, "Strømstøtten har vi ikke tall for.")),), asked="strømregninga"),
    Case(150 * MINUTE, "quick", "hjemme", 15 * MINUTE,
         ((2 * HOUR, take), (12 * MINUTE, needs_more_time(3 * HOUR, "Tallene kommer fra leverandøren etter lunsj."))),
         asked="trygghetsalarmer"),
    Case(155 * MINUTE, "thorough", "solbakken", 25 * MINUTE, ((140 * MINUTE, take), (10 * MINUTE, calls_again)),
         asked="Tak og ventilasjon"),
    # what follows an answer
    Case(33 * HOUR, "quick", "solbakken", -29 * HOUR,
         ((32 * HOUR, take), (31 * HOUR, answer), (30 * HOUR, ends(Ending.STATEMENT)),
          (55 * MINUTE, follows(Follow(in_print=InPrint.WRONG)))), asked="lærebøker"),
    Case(34 * HOUR, "quick", "service", -30 * HOUR,
         ((33 * HOUR, take), (32 * HOUR, answers_by(Channel.EMAIL)), (31 * HOUR, ends(Ending.STATEMENT)),
          (70 * MINUTE, follows(Follow(journal=Journal.ARCHIVE_DECIDES)))), asked="skjenketid"),
    Case(8 * HOUR, "wide", left=-3 * HOUR,
         then=((7 * HOUR, take), (4 * HOUR, answer), (3 * HOUR, ends(Ending.INTERVIEW)),
               (50 * MINUTE, follows(Follow(staff=Staff.TELL)))), asked="budsjettet"),
    Case(7 * HOUR, "politics", left=-2 * HOUR,
         then=((6 * HOUR, take), (3 * HOUR, answer), (150 * MINUTE, ends(Ending.INTERVIEW)),
               (45 * MINUTE, follows(Follow(staff=Staff.TELL)))), asked="brannvesenet"),
    # documents: turned down, with the provision
    Case(49 * HOUR, "documents",
         then=((27 * HOUR, refuses("offl_14", "Saken er ikke avgjort. Dokumentene gis ut når vedtaket er fattet.")),),
         asked="dispensasjonssaken"),
)  # fmt: skip


def stands(desk: Desk) -> None:
    """Plan all of it."""
    for case in CASES:
        desk.plan(desk.now - case.ago, lambda at, case=case: stand(desk, at, case))  # type: ignore[misc]
    _story(desk)
    _joined(desk)
    _expected(desk)
    _published(desk)
    desk.plan(desk.now - 70 * MINUTE, lambda at: _spoken_with(desk, at))
    desk.plan(desk.now - 22 * MINUTE, lambda at: _park(desk, at))


def _story(desk: Desk) -> None:
    """No water: three calls as one, a fourth that is for few eyes and stays outside, and one answer that holds."""
    calls = (
        Case(85 * MINUTE, "quick", "vann", 2 * HOUR, asked="borte"),
        Case(75 * MINUTE, "quick", "vann", 100 * MINUTE, asked="kokevarsel"),
        Case(60 * MINUTE, "quick", "vann", 90 * MINUTE, asked="borte"),
        Case(58 * MINUTE, "clients", "vann", 3 * HOUR, known={"client_case": True}, asked="varsel da vannet"),
    )
    references: list[str] = []
    for case in calls:
        desk.plan(desk.now - case.ago, lambda at, case=case: references.append(stand(desk, at, case)))  # type: ignore[misc]
    desk.plan(desk.now - 50 * MINUTE, lambda at: _gather(desk, at, references[:3]))


def _gather(desk: Desk, at: datetime, references: list[str]) -> None:
    kari = desk.ids.people["kari"]
    story_id = stories.make(kari, "Vannet er borte i sentrum", at)
    for reference in references:
        stories.put(kari, story_id, reference, desk.parts(reference)[0].inquiry_version, at)
    words = "Et rør røk klokka seks. Vannet kommer tilbake i kveld, og vi kjører ut vann til dem som ber om det."
    with db.reading() as tx:
        seen = access.visible_story(tx, access.actor(tx, kari, at), story_id).version
    until_at = desk.now + 5 * HOUR
    shared_answers.set_answer(kari, story_id, seen, words, (Statement.FACTS,), until_at, at)


def _joined(desk: Desk) -> None:
    """Two newsrooms' questions about the same, which became one."""
    references: list[str] = []
    for ago, left in ((190 * MINUTE, 2 * HOUR), (160 * MINUTE, 90 * MINUTE)):
        case = Case(ago, "thorough", "bygg", left, asked="Idrettshallen")
        desk.plan(desk.now - ago, lambda at, case=case: references.append(stand(desk, at, case)))  # type: ignore[misc]

    def join(at: datetime) -> None:
        first, second = references
        joining.join(desk.ids.people["kari"], second, first, desk.parts(second)[0].inquiry_version, at)

    desk.plan(desk.now - 150 * MINUTE, join)


def _expected(desk: Desk) -> None:
    """One whose text may be read out, the employees having been told, and one that has gone out."""
    kari, offices, units = desk.ids.people["kari"], desk.ids.offices, desk.ids.units
    coming = Expects(
        "Ny skolerute for neste skoleår",
        ("skolerute", "høstferie", "vinterferie"),
        units["oppvekst"],
        offices["oppvekst"],
        "Kommunestyret vedtok skoleruta i forrige uke. Den står på kommunens nettside, under Skole.",
        desk.now + 2 * DAY,
    )
    over = Expects(
        "Svømmehallen er stengt",
        ("svømmehall", "badetid"),
        units["bygg"],
        offices["bygg"],
        "Svømmehallen er stengt mens vi bytter filter. Den åpner igjen på mandag.",
        desk.now - 6 * HOUR,
    )

    def expect(at: datetime) -> None:
        expected_id = expected.expect(kari, coming, at)
        expected.staff_informed(kari, expected_id, 1, at + 20 * MINUTE)

    desk.plan(desk.now - 26 * HOUR, expect)
    desk.plan(desk.now - 5 * DAY, lambda at: expected.expect(kari, over, at))


def _published(desk: Desk) -> None:
    """What others have written, entered with a link: a comment on our own account, and a letter to the editor."""
    account = Case(110 * MINUTE, "own_account", known=dict(NOBODY), asked="svømmehallen åpner i dag",
                   source_url="https://sosiale-medier.example/loten/innlegg/1824")  # fmt: skip
    letter = Case(28 * HOUR, "letters", known=dict(NOBODY), asked="nytt kontorbygg", logger="kari",
                  source_url="https://avisen.example/debatt/kontorbygg")  # fmt: skip
    for case in (account, letter):
        desk.plan(desk.now - case.ago, lambda at, case=case: stand(desk, at, case))  # type: ignore[misc]


def _spoken_with(desk: Desk, at: datetime) -> None:
    """«Jeg har snakket med en journalist»."""
    tone = desk.ids.people["tone"]
    said = Said(
        "Elevrådet valgte selv hvilke leker som skulle kjøpes inn, og de ble tatt i bruk på mandag.",
        (Statement.FACTS,), Role.VIRKSOMHETSLEDER, PEOPLE["tone"], at - 10 * MINUTE, Channel.PHONE,
    )  # fmt: skip
    facts = Facts.from_json({**NOBODY, "level": "unit", "asks": ["facts"]})
    unit_id = desk.ids.units["solbakken"]
    spoken = afterwards.Spoken("Linn Katrin Hoel", "NRK Innlandet", unit_id, facts, at - 25 * MINUTE, said)
    afterwards.log_afterwards(tone, "demo-afterwards", spoken, at)
    desk.inquiries += 1


def _park(desk: Desk, at: datetime) -> None:
    """A form that somebody put aside half filled in, because the next call came."""
    typed = {"caller_name": "Ingrid Fossmo", "outlet": "Hamar Arbeiderblad", "phone": "59 02 00 13"}
    typed["question"] = "Spør om åpningstidene i svømmehallen i"
    fields = {name: [value] for name, value in typed.items()}
    drafts.park(desk.ids.people["siv"], "demo-draft", fields, at, drafts.Standing(is_call=True))
