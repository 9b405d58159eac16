"""Passing on: whose it is stays plain at every moment, only the rules choose the office, nobody excluded is asked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from pressedesk import db, delivery
from pressedesk.access import NotFound, Refused
from pressedesk.administration import absence
from pressedesk.channels import SENT, Letter, Outcome
from pressedesk.desk import passing
from pressedesk.desk.change import NotNow, Stale
from pressedesk.events import Event, EventKind
from pressedesk.models import Handover, HandoverState, Message, MessageKind, TopicProposal
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Level, Role
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import SYSTEM, Town

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def offer(sak: Sak, by: str, unit: str | None = None, to: str | None = None, phrase: str = "", note: str = "") -> None:
    """Offer the leading strand."""
    strand, town = sak.strand(), sak.town
    to_unit, to_person = town.units[unit] if unit else None, town.people[to] if to else None
    passing.offer(town.people[by], sak.reference, strand.id, strand.version, to_unit, to_person, note, phrase, NOON)


def handover(sak: Sak) -> Handover:
    """The newest offer of the leading strand."""
    with db.reading() as tx:
        found = select(Handover).where(Handover.strand_id == sak.strand().id).order_by(Handover.id.desc())
        row = tx.scalars(found).first()
    assert row is not None
    return row


def receive(sak: Sak, by: str) -> None:
    strand = sak.strand()
    passing.receive(sak.town.people[by], sak.reference, strand.id, handover(sak).id, strand.version, NOON + MINUTE)


def decline(sak: Sak, by: str, why: str = "") -> None:
    strand = sak.strand()
    person = sak.town.people[by]
    passing.decline(person, sak.reference, strand.id, handover(sak).id, strand.version, why, NOON + MINUTE)


def withdraw(sak: Sak, by: str) -> None:
    strand = sak.strand()
    passing.withdraw(sak.town.people[by], sak.reference, strand.id, handover(sak).id, strand.version, NOON + MINUTE)


def sent(sak: Sak, kind: MessageKind) -> list[str]:
    """The short names of those who got a message of a kind."""
    names = {person_id: name for name, person_id in sak.town.people.items()}
    with db.reading() as tx:
        wanted = select(Message.person_id).where(Message.inquiry_id == sak.inquiry().id, Message.kind == kind)
        return [names[person_id] for person_id in tx.scalars(wanted.order_by(Message.id))]


def test_an_offer_changes_nothing_but_that_it_is_offered(town: Town) -> None:
    """Owner, due time, state and whoever has it stay as they were; the receiver is asked."""
    sak = call(town, NOON)
    sak.take("leder", NOON)
    before = sak.strand()
    offer(sak, "leder", "barnehage")
    after = sak.strand()
    same = ("state", "owner_office_id", "acting_id", "taken_by_id", "due_at", "due_version")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert sent(sak, MessageKind.HANDOVER) == ["annen_leder"]
    assert sak.events()[-1] is EventKind.OFFERED


def test_taking_it_moves_it_beside_the_old_decision(town: Town) -> None:
    """The question is about the other unit now: two decisions, a new owner who has taken it, and the sender told."""
    sak = call(town, NOON)
    offer(sak, "leder", "barnehage")
    receive(sak, "annen_leder")
    strand, inquiry = sak.strand(), sak.inquiry()
    assert inquiry.unit_id == town.units["barnehage"]
    assert strand.owner_office_id == town.offices["styrer"]
    assert (strand.state, strand.taken_by_id) == (State.TAKEN, town.people["annen_leder"])
    assert strand.acting_id == town.people["annen_leder"]
    assert len(inquiry.decisions) == 2
    assert sak.events()[-5:] == [
        EventKind.FACTS_CHANGED, EventKind.DECIDED, EventKind.MOVED, EventKind.TOLD, EventKind.RECEIVED,
    ]  # fmt: skip
    assert sent(sak, MessageKind.NOT_YOURS) == ["leder"]
    assert handover(sak).state is HandoverState.TAKEN


RECEIVERS = [  # of whom it is, to which unit, the facts beside: the office that is offered it
    ("skole", "barnehage", {}, "styrer"),
    ("skole", "vann", {}, "seksjonsleder"),  # a section has a section leader: the level follows the unit
    ("vann", "skole", {"level": Level.SECTION}, "rektor"),
    ("skole", "lokalsamfunn", {}, "kommunalsjef2"),
    ("skole", "kommune", {}, "radmann"),
    (None, "skole", {"level": None}, "rektor"),  # nobody knew, and now somebody does
    ("skole", "teknisk", {"level": Level.AREA}, "kommunalsjef2"),  # wider than a unit, there as here
    ("vann", "skole", {"level": Level.SECTION, "addressed": Role.ANSATT, "own_field": YES}, "rektor"),
]


@pytest.mark.parametrize(("unit", "to", "facts", "office"), RECEIVERS)
def test_the_rules_choose_the_office(
    town: Town, unit: str | None, to: str, facts: dict[str, object], office: str
) -> None:
    """A person names the unit; the role in it comes from the regulation, and receiving it leads to the same office."""
    addressed = "ingenior" if "addressed" in facts else None
    sak = call(town, NOON, unit=unit, addressed_office=addressed, **facts)
    offer(sak, "kis", to)
    assert handover(sak).to_office_id == town.offices[office]
    receiver = next(name for name, person_id in town.people.items() if person_id == handover(sak).to_person_id)
    receive(sak, receiver)
    assert sak.strand().owner_office_id == town.offices[office]


REFUSED = [  # what cannot be offered: of which unit, to which unit, facts
    ("skole", "skole", {}),  # it is theirs
    ("skole", "barnehage", {"level": Level.AREA}),  # the same kommunalsjef answers for both
    ("skole", "barnehage", {"asks": {Ask.POLITICAL}}),  # ordføreren, whatever the unit
    ("skole", "barnehage", {"subject": Role.VIRKSOMHETSLEDER, "personnel": YES}),  # it is about the head of the school
]


@pytest.mark.parametrize(("unit", "to", "facts"), REFUSED)
def test_what_leads_nowhere_else_is_refused(town: Town, unit: str, to: str, facts: dict[str, object]) -> None:
    """In words, and nothing is left of it."""
    sak = call(town, NOON, unit=unit, **facts)
    before = sak.events()
    with pytest.raises(Refused):
        offer(sak, "kis", to)
    assert sak.events() == before


def test_a_colleague_of_the_office_gets_it_under_the_same_decision(town: Town) -> None:
    """The deputy of a present holder takes it: no new decision, and it is hers to answer."""
    sak = call(town, NOON)
    offer(sak, "leder", to="inspektor")
    assert sent(sak, MessageKind.HANDOVER) == ["inspektor"]
    receive(sak, "inspektor")
    strand = sak.strand()
    assert (strand.state, strand.taken_by_id) == (State.TAKEN, town.people["inspektor"])
    assert strand.owner_office_id == town.offices["rektor"]
    assert len(sak.inquiry().decisions) == 1
    sak.answer("inspektor", NOON + HOUR)


@pytest.mark.parametrize("who", ["leder", "annen_leder", "kommunalsjef", "ansatt"])
def test_only_a_colleague_of_the_office_is_a_colleague(town: Town, who: str) -> None:
    """Not oneself, and nobody beside or above."""
    sak = call(town, NOON)
    with pytest.raises(Refused):
        offer(sak, "leder", to=who)


def test_a_colleague_who_is_away_is_not_offered_it(town: Town) -> None:
    """It would wait for nobody."""
    absence.register(SYSTEM, town.people["inspektor"], NOON - HOUR, NOON + HOUR, NOON)
    with pytest.raises(Refused):
        offer(call(town, NOON), "leder", to="inspektor")


def test_the_person_it_is_about_is_never_offered_it(town: Town) -> None:
    """Neither as head of the unit it would go to, nor as a colleague: he does not learn that it exists."""
    sak = call(town, NOON, personnel=YES, subject=Role.KOMMUNALSJEF)
    for unit in ("oppvekst", "barnehage"):
        with pytest.raises(Refused):
            offer(sak, "radmann", unit)
    with pytest.raises(Refused):
        offer(sak, "radmann", to="kommunalsjef")
    assert "kommunalsjef" not in sak.told()


MAY_OFFER = {  # while nobody has taken it; once somebody has
    "leder": (True, True), "kommunalsjef": (True, True), "radmann": (True, True), "kis": (True, True),
    "sentralbord": (True, False), "kis_adviser": (True, False),
    "annen_leder": (False, False), "ordforer": (False, False),
}  # fmt: skip


@pytest.mark.parametrize("who", MAY_OFFER)
@pytest.mark.parametrize("taken", [False, True])
def test_who_may_offer_it(town: Town, who: str, taken: bool) -> None:
    """The desk only until somebody has it; those with the case always; nobody beside."""
    sak = call(town, NOON)
    if taken:
        sak.take("leder", NOON)
    if MAY_OFFER[who][taken]:
        offer(sak, who, "vann")
        assert handover(sak).state is HandoverState.OFFERED
    else:
        with pytest.raises(Refused):
            offer(sak, who, "vann")


def test_kis_finds_out(town: Town) -> None:
    """«Ikke min» and nobody knows: leader and advisers of KIS are asked, and the owner keeps it meanwhile; whoever
    finds out completes the offer, and the line that went with it stays."""
    sak = call(town, NOON)
    sak.take("leder", NOON)
    offer(sak, "leder", note="Dette er vel vannverket?")
    assert sent(sak, MessageKind.NOBODY_KNOWS) == ["kis", "kis_adviser"]
    with db.reading() as tx:
        assert tx.scalar(select(Handover.to_office_id)) is None
    offer(sak, "kis_adviser", "vann")
    row = handover(sak)
    assert (row.from_person_id, row.to_office_id) == (town.people["leder"], town.offices["seksjonsleder"])
    with db.reading() as tx:
        assert tx.scalar(select(Handover.note)) == "Dette er vel vannverket?"
        assert len(tx.scalars(select(Handover.id)).all()) == 1
    receive(sak, "seksjonsleder")
    assert sent(sak, MessageKind.NOT_YOURS) == ["leder"]


def test_of_what_is_for_few_eyes_only_the_leader_of_kis_is_asked(town: Town) -> None:
    """The advisers may not know that it exists."""
    sak = call(town, NOON, personnel=YES)
    offer(sak, "leder")
    assert sent(sak, MessageKind.NOBODY_KNOWS) == ["kis"]


def test_kis_may_say_that_it_is_the_senders_after_all(town: Town) -> None:
    """Then the sender has it, and knows."""
    sak = call(town, NOON)
    offer(sak, "leder")
    with pytest.raises(Refused):
        decline(sak, "kommunalsjef")
    decline(sak, "kis_adviser")
    assert sent(sak, MessageKind.NOT_YOURS) == ["leder"]
    assert handover(sak).state is HandoverState.DECLINED


def test_declining_leaves_it_with_the_sender(town: Town) -> None:
    """The line why is a note; the receiver who may not see it otherwise sees it no longer; it may be offered again."""
    sak = call(town, NOON, personnel=YES)
    offer(sak, "leder", "vann")
    decline(sak, "seksjonsleder", "Skolens egen ledning.")
    assert sak.strand().owner_office_id == town.offices["rektor"]
    assert sak.events()[-2:] == [EventKind.DECLINED, EventKind.NOTED]
    assert sent(sak, MessageKind.NOT_YOURS) == ["leder"]
    with pytest.raises(NotFound):
        sak.note("seksjonsleder", "Ser jeg den?", NOON)
    offer(sak, "leder", "barnehage")


def test_only_whom_it_was_offered_to_answers(town: Town) -> None:
    """Whoever else sees it neither takes it by the offer nor declines it."""
    sak = call(town, NOON)
    offer(sak, "leder", "vann")
    for who in ("leder", "annen_leder", "kis", "sentralbord"):
        for act in (receive, decline):
            with pytest.raises(Refused):
                act(sak, who)
    with pytest.raises(NotFound):
        receive(sak, "arkiv")


MAY_WITHDRAW = {"sentralbord": True, "leder": True, "kommunalsjef": True, "kis_adviser": False, "seksjonsleder": False}


@pytest.mark.parametrize("who", MAY_WITHDRAW)
def test_who_may_take_the_offer_back(town: Town, who: str) -> None:
    """Whoever made it, the owner, and those above on the line."""
    sak = call(town, NOON)
    offer(sak, "sentralbord", "vann")
    if MAY_WITHDRAW[who]:
        withdraw(sak, who)
        assert handover(sak).state is HandoverState.WITHDRAWN
        with pytest.raises(Stale):
            receive(sak, "leder")
    else:
        with pytest.raises(Refused):
            withdraw(sak, who)


def test_one_offer_at_a_time(town: Town) -> None:
    """Two receivers would both think it theirs."""
    sak = call(town, NOON)
    offer(sak, "leder", "vann")
    for unit in ("barnehage", None):
        with pytest.raises(Refused):
            offer(sak, "kommunalsjef", unit)


ENDS = {
    "answered": lambda sak: sak.answer("leder", NOON),
    "closed": lambda sak: sak.close("leder", NOON, Ending.NO_ANSWER, "Rakk det ikke."),
    "moved": lambda sak: sak.correct("kis", NOON, level="area"),
    "lapsed": lambda sak: sak.correct("kis", NOON, asks=["documents"]),
}


@pytest.mark.parametrize("how", ENDS)
def test_what_is_settled_is_offered_no_longer(town: Town, how: str) -> None:
    """In the same transaction: nobody can take what was answered, and whoever was offered it sees it no more."""
    sak = call(town, NOON, personnel=UNKNOWN)
    offer(sak, "leder", "vann")
    ENDS[how](sak)
    assert handover(sak).state is HandoverState.WITHDRAWN
    assert EventKind.OFFER_WITHDRAWN in sak.events()
    with pytest.raises(Stale):
        receive(sak, "seksjonsleder")


def test_what_is_over_cannot_be_offered(town: Town) -> None:
    """There is nothing left to take."""
    sak = call(town, NOON)
    sak.answer("leder", NOON)
    with pytest.raises(NotNow):
        offer(sak, "leder", "vann")


def test_the_offer_survives_being_taken_over(town: Town) -> None:
    """A superior has it meanwhile, and is told when the receiver takes it; so is the sender."""
    sak = call(town, NOON)
    sak.take("leder", NOON)
    offer(sak, "leder", "vann")
    sak.take("kommunalsjef", NOON)
    assert sent(sak, MessageKind.CHANGED) == ["leder"]
    receive(sak, "seksjonsleder")
    assert sak.strand().taken_by_id == town.people["seksjonsleder"]
    assert "kommunalsjef" in sent(sak, MessageKind.CHANGED)
    assert sent(sak, MessageKind.NOT_YOURS) == ["leder"]


def test_two_at_once(town: Town) -> None:
    """The receiver takes it while the sender takes it back: the second changes nothing, and is told so."""
    sak = call(town, NOON)
    offer(sak, "leder", "vann")
    strand, waiting = sak.strand(), handover(sak)
    receive(sak, "seksjonsleder")
    for act in (passing.withdraw, passing.receive):
        with pytest.raises(Stale):
            act(town.people["leder"], sak.reference, strand.id, waiting.id, strand.version, NOON)
    assert sak.events().count(EventKind.RECEIVED) == 1


def test_facts_that_point_elsewhere_stop_the_taking(town: Town) -> None:
    """Somebody knows better meanwhile: the office that was asked is not whose it is by the rules any longer."""
    sak = call(town, NOON)
    offer(sak, "leder", "vann")
    sak.correct("kis", NOON, principled=True)
    with pytest.raises(Stale):
        receive(sak, "seksjonsleder")
    assert sak.inquiry().unit_id == town.units["skole"]


TAUGHT = [  # what was written, facts: what is proposed
    ("  Drikkefontene ", {}, ["drikkefontene"]),
    ("…", {}, []),
    ("Mobbing", {"personnel": YES}, []),
    ("Mobbing", {"personnel": UNKNOWN}, []),
]


@pytest.mark.parametrize(("phrase", "facts", "proposed"), TAUGHT)
def test_teaching_the_desk(town: Town, phrase: str, facts: dict[str, object], proposed: list[str]) -> None:
    """A word for KIS or admin to decide; never a word of what is for few eyes, and never in the record."""
    sak = call(town, NOON, **facts)
    offer(sak, "leder", "vann", phrase=phrase)
    with db.reading() as tx:
        assert list(tx.scalars(select(TopicProposal.phrase))) == proposed
        data = [event.data for event in tx.scalars(select(Event).where(Event.kind == EventKind.TOPIC_PROPOSED))]
    assert len(data) == len(proposed)
    assert phrase.strip().casefold() not in str(data)


def test_the_same_word_is_proposed_once(town: Town) -> None:
    """However many say so."""
    for _ in range(2):
        offer(call(town, NOON), "leder", "vann", phrase="fontene")
    with db.reading() as tx:
        assert len(tx.scalars(select(TopicProposal.id)).all()) == 1


class Post:
    """A channel that takes everything, and keeps what it was given."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> Outcome:
        self.letters.append(letter)
        return SENT


def delivered() -> list[tuple[str, str]]:
    """Everything that waits leaves now: to whom, with which headings."""
    post = Post()
    while delivery.deliver_next(post, "a", NOON + 2 * HOUR):
        pass
    return [(letter.to, f"{letter.subject}\n{letter.body}") for letter in post.letters]


@pytest.mark.parametrize("settled", [None, withdraw, decline])
def test_what_is_offered_no_longer_is_not_sent(town: Town, settled: Callable[[Sak, str], None] | None) -> None:
    """A word that waits in the queue is asked again when it leaves; that it was declined is told all the same."""
    sak = call(town, NOON)
    offer(sak, "leder", "vann")
    if settled:
        settled(sak, "leder" if settled is withdraw else "seksjonsleder")
    words = dict(delivered())
    assert ("seksjonsleder@granli.example" in words) is (settled is None)
    assert ("Saken du ville gi videre" in words["leder@granli.example"]) is (settled is decline)


def test_kis_is_not_asked_what_somebody_has_found_out(town: Town) -> None:
    """The adviser found the unit before the word to the leader left: only the receiver is asked."""
    sak = call(town, NOON)
    offer(sak, "leder")
    offer(sak, "kis_adviser", "vann")
    assert {to for to, _ in delivered()} == {"leder@granli.example", "seksjonsleder@granli.example"}
