"""/admin/temaer: the words that propose a unit, and a place to try them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug import Response

from pressedesk import auth, clock, organisation, topics
from pressedesk.access import Do, NotFound
from pressedesk.administration import service
from pressedesk.auth import me, requires
from pressedesk.formats import clean_text
from pressedesk.models import Topic, TopicProposal
from pressedesk.views.admin.common import Button, NumberList, back_to, bp, done, page, status_of
from pressedesk.views.fields import Form, LineField, TextField

WEIGHTS = ((1, "Vanlig"), (2, "Sterkt"), (4, "Avgjørende"))


class TopicForm(Form):
    """A word for a unit."""

    phrase = LineField("Ord eller uttrykk", needed="Skriv et ord eller et uttrykk.")
    unit_id = NumberList("Virksomhet", needed="Velg hvem ordet peker på.")
    weight = NumberList("Hvor sterkt peker ordet?", needed="Velg hvor sterkt ordet peker.")


class TryForm(Form):
    """A question to try the words on. Kept nowhere."""

    prov = TextField("Prøv et spørsmål")


@dataclass(frozen=True)
class Proposed:
    """What the words make of a question."""

    unit: str
    words: str


@dataclass(frozen=True)
class UnitTopics:
    """The words of one unit."""

    id: int
    name: str
    topics: list[Topic]


@bp.get("/admin/temaer")
@requires(Do.ADMINISTER)
def show_topics() -> Response:
    """All words, and what they make of `?prov=…`."""
    return _page(TopicForm(formdata=None, data={"weight": 1}))


@bp.post("/admin/temaer")
@requires(Do.ADMINISTER)
def add_topic() -> Response:
    """One more word."""
    form = TopicForm()
    _offer(form)
    if form.validate() and done(
        form,
        lambda: service.add_topic(
            me().person_id, form.unit_id.data or 0, form.phrase.data or "", clock.now(), form.weight.data or 1
        ),
    ):
        return back_to("admin.show_topics", f"Temaet «{form.phrase.data}» er lagt til.")
    return _page(form, status_of(form))


@bp.post("/admin/temaer/<int:topic_id>/fjern")
@requires(Do.ADMINISTER)
def remove_topic(topic_id: int) -> Response:
    """One word less."""
    if Button().validate():
        service.remove_topic(me().person_id, topic_id, clock.now())
    return back_to("admin.show_topics", "Temaet er fjernet.")


@bp.post("/admin/temaer/forslag/<int:proposal_id>/godta")
@requires(Do.ADMINISTER)
def accept_topic(proposal_id: int) -> Response:
    """A word that somebody proposed becomes one of the unit's."""
    if Button().validate():
        _decide(service.accept_topic, proposal_id)
    return back_to("admin.show_topics", "Forslaget er godtatt. Ordet peker på virksomheten fra nå av.")


@bp.post("/admin/temaer/forslag/<int:proposal_id>/avvis")
@requires(Do.ADMINISTER)
def decline_topic(proposal_id: int) -> Response:
    """A word that somebody proposed is not used."""
    if Button().validate():
        _decide(service.decline_topic, proposal_id)
    return back_to("admin.show_topics", "Forslaget er avvist.")


def _decide(decide: Callable[[int, int, datetime], None], proposal_id: int) -> None:
    """Once: the second press of a double click finds it decided. Raises NotFound where another decided it."""
    try:
        decide(me().person_id, proposal_id, clock.now())
    except NotFound:
        proposal = auth.read_again().get(TopicProposal, proposal_id)
        if proposal is None or proposal.settled_by_id != me().person_id:
            raise


def _page(form: TopicForm, status: int = 200) -> Response:
    _offer(form)
    tried = clean_text(request.args.get("prov", ""))
    rows = auth.reader().scalars(select(Topic).options(selectinload(Topic.unit)).order_by(Topic.phrase)).all()
    by_unit: dict[int, UnitTopics] = {}
    for row in rows:
        by_unit.setdefault(row.unit_id, UnitTopics(row.unit_id, row.unit.name, [])).topics.append(row)
    return page(
        "temaer",
        status,
        form=form,
        button=Button(formdata=None),
        try_form=TryForm(formdata=None, data={"prov": tried}),
        tried=tried,
        proposed=_propose(tried, rows),
        proposals=_proposals(),
        units=sorted(by_unit.values(), key=lambda unit: unit.name.casefold()),
    )


def _proposals() -> Sequence[TopicProposal]:
    """What waits for a yes or no, oldest first."""
    waits = select(TopicProposal).where(TopicProposal.settled_at.is_(None)).order_by(TopicProposal.id)
    return auth.reader().scalars(waits.options(joinedload(TopicProposal.unit))).all()


def _offer(form: TopicForm) -> None:
    org = organisation.snapshot(auth.reader(), clock.now())
    form.unit_id.offer(sorted(((unit.id, unit.name) for unit in org.units.values()), key=lambda row: row[1]))
    form.weight.offer(WEIGHTS)


def _propose(tried: str, rows: Sequence[Topic]) -> list[Proposed]:
    names = {row.unit_id: row.unit.name for row in rows}
    known = [topics.Topic(row.unit_id, row.phrase, row.weight) for row in rows]
    return [Proposed(names[found.unit_id], ", ".join(found.words)) for found in topics.propose(tried, known)]
