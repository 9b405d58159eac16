"""Somebody who means harm, or presses the wrong thing: ids of others in one's own addresses, buttons that are not his,
forms without a token. Each is refused, and nothing has changed afterwards."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from pressedesk import access, db
from pressedesk.access import NotFound, Refused
from pressedesk.db import Base
from pressedesk.desk import (
    crisis,
    drafts,
    expected,
    intake,
    joining,
    passing,
    requests,
    second_call,
    shared_answers,
    stories,
    tasks,
    undoing,
)
from pressedesk.desk.answering import Channel
from pressedesk.desk.change import Stale
from pressedesk.desk.drafts import Standing
from pressedesk.desk.expected import Expects
from pressedesk.desk.shared_answers import Spoken
from pressedesk.desk.whom import Way
from pressedesk.models import Handover, Story, Task
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES, Level, Role, Statement
from tests.asking import ask, reply, request, withdraw
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient, filled, read

pytestmark = pytest.mark.usefixtures("at_noon")

WATER = {"unit": "vann", "level": Level.SECTION}
NOT_HELD = frozenset({"openings", "log_ins", "log_in_attempts", "heartbeats", "leases"})
"""What the machinery and the opening of a page write of their own."""


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row that the desk keeps."""
    with db.reading() as tx:
        return {
            table.name: sorted(map(tuple, tx.execute(select(table)).all()), key=str)
            for table in Base.metadata.sorted_tables
            if table.name not in NOT_HELD
        }


def offer(sak: Sak, by: str, to: str) -> int:
    """Offered to a colleague; the id of the offer."""
    strand = sak.strand()
    passing.offer(
        sak.town.people[by], sak.reference, strand.id, strand.version, None, sak.town.people[to], "", "", NOON
    )
    with db.reading() as tx:
        return tx.scalars(select(Handover.id).where(Handover.strand_id == strand.id).order_by(Handover.id)).all()[-1]


# Ids of others


def test_a_request_of_another_strand(town: Town) -> None:
    """A request is withdrawn through its own strand alone."""
    one, other = call(town, NOON), call(town, NOON, **WATER)
    asked = ask(one, "leder", Way.FACTS, "styrer", NOON)
    strand = other.strand()
    before = everything()
    with pytest.raises(NotFound):
        requests.withdraw(town.people["seksjonsleder"], other.reference, strand.id, asked, strand.version, NOON)
    with pytest.raises(NotFound):  # nor with the reference of one inquiry and the strand of the other
        requests.withdraw(town.people["leder"], one.reference, strand.id, asked, strand.version, NOON)
    assert everything() == before


def test_an_offer_of_another_strand(town: Town) -> None:
    """An offer is answered through its own strand alone."""
    one, other = call(town, NOON), call(town, NOON)
    mine, theirs = offer(one, "leder", "inspektor"), offer(other, "leder", "inspektor")
    strand, before = one.strand(), everything()
    for act in (passing.receive, passing.withdraw):
        with pytest.raises(Stale):
            act(town.people["inspektor"], one.reference, strand.id, theirs, strand.version, NOON)
    with pytest.raises(Stale):
        passing.decline(town.people["inspektor"], one.reference, strand.id, theirs, strand.version, "", NOON)
    assert everything() == before
    with pytest.raises(Refused):  # seen by every leader, and offered to one
        passing.receive(town.people["annen_leder"], one.reference, strand.id, mine, strand.version, NOON)
    assert everything() == before


def test_an_offer_that_was_taken_back(town: Town) -> None:
    """It is no longer there to be taken, and of a restricted one nothing is left to be seen."""
    sak = call(town, NOON, personnel=YES)
    waiting = offer(sak, "leder", "inspektor")
    strand = sak.strand()
    passing.withdraw(town.people["leder"], sak.reference, strand.id, waiting, strand.version, NOON)
    before = everything()
    with pytest.raises(NotFound):
        passing.receive(town.people["inspektor"], sak.reference, strand.id, waiting, sak.strand().version, NOON)
    assert everything() == before


def test_a_reply_comes_once(town: Town) -> None:
    """The second is told that somebody has replied; who was not asked, that there is nothing."""
    sak = call(town, NOON)
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON)
    with pytest.raises(NotFound):
        reply(sak, asked, "seksjonsleder", NOON)
    with pytest.raises(NotFound):
        reply(sak, asked, "kis", NOON)
    reply(sak, asked, "annen_leder", NOON, text="Elleve.")
    before = everything()
    for seen in (0, 1, request(asked).version):
        with pytest.raises(Stale):
            requests.reply(town.people["annen_leder"], asked, seen, "Tolv.", None, NOON)
    assert everything() == before
    withdrawn = ask(sak, "leder", Way.FACTS, "styrer", NOON)
    withdraw(sak, withdrawn, "leder", NOON)
    with pytest.raises(NotFound):
        reply(sak, withdrawn, "annen_leder", NOON)


def test_a_task_of_others(town: Town) -> None:
    """Done by whoever has it or the inquiry; a task that only waits (a reply, a transfer) is not ticked off at all."""
    sak = call(town, NOON)
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON)
    with db.reading() as tx:
        task_id = tx.scalars(select(Task.id).where(Task.request_id == asked)).one()
    before = everything()
    for name in ("annen_leder", "leder", "seksjonsleder", "sentralbord", "kis_adviser", "admin"):
        with pytest.raises(NotFound):
            tasks.done(town.people[name], task_id, NOON, tasks.Done.DONE)
    assert everything() == before


# Buttons that are not his


def test_a_second_call_about_few_eyes(town: Town) -> None:
    """The desk can nudge it and nothing more; nobody else can; whom it is about hears not that it exists."""
    sak = call(town, NOON, personnel=YES)
    about = call(town, NOON, personnel=YES, subject=Role.RADMANN)
    before = everything()
    for name in ("leder", "annen_leder", "ordforer", "admin", "arkiv"):
        with pytest.raises(Refused):
            second_call.nudge(town.people[name], sak.reference, NOON)
    for name in ("sentralbord", "kis_adviser"):
        with pytest.raises(NotFound):
            second_call.add(town.people[name], sak.reference, sak.inquiry().version, "Mer.", NOON)
    with pytest.raises((NotFound, Refused)):
        second_call.add(town.people["radmann"], about.reference, about.inquiry().version, "Mer.", NOON)
    assert everything() == before
    second_call.nudge(town.people["sentralbord"], sak.reference, NOON)
    with pytest.raises(Refused):
        second_call.nudge(town.people["kis"], sak.reference, NOON + timedelta(minutes=14))


def test_joined_to_what_is_not_his(town: Town) -> None:
    """A leader who types the journalist's name is told of what he has himself, and not of the restricted inquiry of
    another that it was joined to."""
    theirs = call(town, NOON - timedelta(hours=1), personnel=YES, unit="barnehage")
    mine = call(town, NOON, personnel=YES)
    joining.join(town.people["kis"], mine.reference, theirs.reference, mine.inquiry().version, NOON)
    for name, found in (("leder", []), ("annen_leder", [theirs.reference]), ("sentralbord", [theirs.reference])):
        with db.reading() as tx:
            who = access.actor(tx, town.people[name], NOON)
            told = access.told_to_journalist(tx, who, "Mari Nygård", "", NOON)
        assert [each.reference for each in told if each.is_open] == found, name


def story_with(town: Town, *saker: Sak) -> int:
    story_id = stories.make(town.people["kis"], "Vannet er borte", NOON)
    for sak in saker:
        stories.put(town.people["kis"], story_id, sak.reference, sak.inquiry().version, NOON)
    until_at, text = NOON + timedelta(hours=3), "Vi leter etter lekkasjen."
    shared_answers.set_answer(town.people["kis"], story_id, 1, text, [Statement.FACTS], until_at, NOON)
    return story_id


def story(story_id: int) -> Story:
    with db.reading() as tx:
        return tx.get_one(Story, story_id)


def test_answering_what_is_not_shown(town: Town) -> None:
    """Whoever has one inquiry of a story marks no other as answered, nor one outside it."""
    mine, theirs, outside = call(town, NOON, **WATER), call(town, NOON), call(town, NOON, **WATER)
    story_id = story_with(town, mine, theirs)
    spoken = Spoken("Geir Sund", Role.SEKSJONSLEDER, NOON, Channel.PHONE)
    before = everything()
    for other in (theirs, outside):
        chosen = [mine.strand().id, other.strand().id]
        with pytest.raises(NotFound):
            shared_answers.answer_all(
                town.people["seksjonsleder"], story_id, story(story_id).version, chosen, spoken, NOON
            )
    assert everything() == before


def test_a_story_that_is_over(town: Town) -> None:
    """Nothing is put into it, answered from it, or changed in it."""
    sak, later = call(town, NOON, **WATER), call(town, NOON, **WATER)
    story_id, kis = story_with(town, sak), town.people["kis"]
    stories.end(kis, story_id, story(story_id).version, NOON)
    seen, before = story(story_id).version, everything()
    spoken = Spoken("Geir Sund", Role.SEKSJONSLEDER, NOON, Channel.PHONE)
    with pytest.raises(Refused):
        stories.put(kis, story_id, later.reference, later.inquiry().version, NOON)
    with pytest.raises(Refused):
        stories.rename(kis, story_id, seen, "Et annet navn", NOON)
    with pytest.raises(Refused):
        shared_answers.set_answer(kis, story_id, seen, "Nytt", [], NOON + timedelta(hours=1), NOON)
    with pytest.raises(Refused):
        shared_answers.answer_all(town.people["seksjonsleder"], story_id, seen, [sak.strand().id], spoken, NOON)
    assert everything() == before


def test_a_call_enters_no_story_by_its_number(town: Town) -> None:
    """A story that somebody may not know of is not his to put a call in: he would read its answer by it, and could
    write another."""
    story_id = story_with(town, call(town, NOON, **WATER))
    facts = Facts(level=Level.UNIT, personnel=NO, client_case=NO)
    sneaked = intake.Call("Mari", "Hva skjer?", facts, unit_id=town.units["skole"], story_id=story_id)
    reference = intake.log_call(town.people["leder"], "et tegn", sneaked, NOON).reference
    assert reference is not None
    assert Sak(town, reference).inquiry().story_id is None
    with pytest.raises(NotFound):
        shared_answers.set_answer(
            town.people["leder"], story_id, story(story_id).version, "Min", [], NOON + timedelta(hours=1), NOON
        )
    known = intake.log_call(town.people["sentralbord"], "et annet", sneaked, NOON).reference
    assert known is not None
    assert Sak(town, known).inquiry().story_id == story_id


def undoable(town: Town, by: str = "sentralbord") -> str:
    facts = Facts(level=Level.UNIT, personnel=NO, client_case=NO)
    saved = intake.Call("Mari", "Hva skjer?", facts, phone="40000123", unit_id=town.units["skole"])
    reference = intake.log_call(town.people[by], f"tegn {by}", saved, NOON, {"caller_name": ["Mari"]}).reference
    assert reference is not None
    return reference


def test_taking_back_what_another_saved(town: Town) -> None:
    """Only whoever saved it, and only for ten seconds."""
    reference = undoable(town)
    before = everything()
    for name in ("kis", "radmann", "leder", "admin"):
        with pytest.raises(NotFound):
            undoing.undo(town.people[name], reference, NOON)
    with pytest.raises(undoing.TooLate):
        undoing.undo(town.people["sentralbord"], reference, NOON + timedelta(seconds=10))
    assert everything() == before


def test_drafts_of_others(town: Town) -> None:
    """Taken over by the desk and KIS when a journalist has waited a quarter of an hour; else they are their owner's."""
    leader = town.people["leder"]
    drafts.save_draft(leader, "samtale", {"question": ["Hva?"]}, NOON, Standing(is_call=True))
    drafts.save_draft(leader, "notat", {"question": ["Hva?"]}, NOON, Standing(is_call=False))
    about = Standing(is_call=True, about=frozenset({town.people["kis"]}))
    drafts.save_draft(leader, "om kis", {"question": ["Hva?"]}, NOON, about)
    with db.reading() as tx:
        numbers = {draft.token: draft.reference for draft in drafts.drafts_of(tx, leader, NOON)}
    before, red_at = everything(), NOON + timedelta(minutes=15)
    for name, token, at in (
        ("sentralbord", "samtale", NOON + timedelta(minutes=14)),
        ("sentralbord", "notat", red_at),
        ("kis", "om kis", red_at),
        ("annen_leder", "samtale", red_at),
        ("kis_adviser", "samtale", red_at),
    ):
        with pytest.raises(NotFound):
            drafts.take_over(town.people[name], numbers[token], at)
    with pytest.raises(NotFound):
        drafts.save_draft(town.people["sentralbord"], "samtale", {"question": ["Mitt"]}, NOON)
    drafts.discard_draft(town.people["sentralbord"], "samtale")
    assert everything() == before


def test_the_switch_of_crisis(town: Town) -> None:
    """Turned by the rådmann and the leader of KIS; an inquiry is given back by crisis leadership alone."""
    sak, before = call(town, NOON), everything()
    for name in ("leder", "kommunalsjef", "ordforer", "sentralbord", "kis_adviser", "admin"):
        with pytest.raises(Refused):
            crisis.start(town.people[name], "Fordi", None, None, NOON)
    assert everything() == before
    crisis.start(town.people["kis"], "Flom", None, None, NOON)
    before = everything()
    for name in ("leder", "kis", "kommunalsjef", "ordforer"):
        with pytest.raises(Refused):
            crisis.release(town.people[name], sak.reference, sak.inquiry().version, NOON)
        if name != "kis":
            with pytest.raises(Refused):
                crisis.end(town.people[name], 1, NOON)
    assert everything() == before


def test_no_number_tells_whom_it_is_about(town: Town, client: PageClient) -> None:
    """What the switch decided again is told in a number: that of what he who turns it may know of."""
    call(town, NOON)
    call(town, NOON, personnel=YES, subject=Role.RADMANN)
    sign_in(client, town, "radmann")
    review = client.submit("/krise", "/krise/se-over", reason="Flom")
    page = read(review.text, "/krise/se-over")
    client.post(
        "/krise/etabler", data=filled(page, next(form for form in page.all("form") if "etabler" in form.get("action")))
    )
    assert "Kriseledelsen er etablert. 1 åpen sak er avgjort" in client.get("/krise").text
    client.submit("/krise/avslutt", "/krise/avslutt")
    assert "Kriseledelsen er avsluttet. 1 åpen sak er avgjort" in client.get("/krise").text


# Forms without a token, and pages that only show


@pytest.fixture
def world(town: Town) -> dict[str, object]:
    """One of everything that an address can name."""
    sak, water = call(town, NOON), call(town, NOON, **WATER)
    story_id = story_with(town, water)
    request_id = ask(sak, "leder", Way.FACTS, "styrer", NOON)
    handover_id = offer(sak, "leder", "inspektor")
    expects = Expects("Ny skole", ("byggesak",), None, None, "Vi sier.", NOON + timedelta(hours=1))
    expected_id = expected.expect(town.people["kis"], expects, NOON)
    call(town, NOON, personnel=YES)
    with db.reading() as tx:
        task_id = tx.scalars(select(Task.id)).first()
    return {
        "reference": sak.reference, "strand_id": sak.strand().id, "request_id": request_id, "task_id": task_id,
        "handover_id": handover_id, "story_id": story_id, "expected_id": expected_id, "person_id": 2, "unit_id": 4,
        "office_id": town.offices["rektor"], "topic_id": 1, "account_id": 2, "token": "x", "filename": "css/cases.css",
    }  # fmt: skip


def addresses(app: Flask, method: str, world: dict[str, object]) -> list[str]:
    """The address of every route that takes `method`, of what there is in this world."""
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    with app.test_request_context():
        return [
            app.url_for(rule.endpoint, _method=method, **{name: world.get(name, 1) for name in rule.arguments})
            for rule in rules
            if rule.endpoint != "static" and not rule.endpoint.startswith("innlogging.")
        ]


PEOPLE = ["kis", "leder", "sentralbord", "radmann", "annen_leder", "inspektor", "admin"]
PRESSED = {
    "version": "1", "seen": "99", "text": "Noe", "reference": "PD-2026-0001", "outcome": "done", "title": "Noe",
    "reason": "Noe", "spokesperson": "", "to": "kis", "concerns": "nobody", "in_print": "right", "staff": "know",
    "spoke": "yes", "caller_name": "Mari", "phone": "40000123", "question": "Hva?", "ending": "withdrawn",
    "legg_til": "PD-2026-0001 1", "when": "nå", "token": "et tegn", "office": "ansatt", "unit": "4", "outlet": "Avis",
}  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_without_a_token_nothing_is_done(name: str, town: Town, app: Flask, world: dict[str, object]) -> None:
    """Another page in the same browser can send a form, but it has no token of ours."""
    browser = FlaskClient(app)
    sign_in(browser, town, name)
    before, found = everything(), addresses(app, "POST", world)
    for address in found:
        browser.post(address, data=PRESSED)
        assert everything() == before, address
    assert len(found) > 60


@pytest.mark.parametrize("name", PEOPLE)
def test_looking_changes_nothing(name: str, town: Town, app: Flask, world: dict[str, object]) -> None:
    """Pages are fetched by mail scanners, and by browsers that guess what is pressed next."""
    browser = FlaskClient(app)
    sign_in(browser, town, name)
    before, seen = everything(), 0
    for address in addresses(app, "GET", world):
        seen += browser.get(address).status_code == 200
    assert everything() == before
    assert seen > 10
