"""After a call was saved: what to say, whom it reached, taking it back, and how it went with putting through."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum

from flask import flash, make_response, redirect, render_template, session, url_for
from werkzeug import Response

from pressedesk import access, auth, clock, db, formats
from pressedesk.access import Case, Do, NotFound
from pressedesk.auth import me, requires
from pressedesk.desk import phrases, transfers, undoing
from pressedesk.desk.intake import Logged
from pressedesk.desk.transfers import PutThrough
from pressedesk.desk.undoing import TooLate
from pressedesk.events import EventKind
from pressedesk.models import Strand
from pressedesk.views.fields import CodeField
from pressedesk.views.inbox_sections import Desk, inbox_section
from pressedesk.views.ny.form import CallForm
from pressedesk.views.ny.routes import ReferenceForm, bp, reference_form
from pressedesk.views.sak.panels import Look, strand_panel

RECEIPT = "receipt"  # in the session: what was saved last, to be read aloud


class Act(StrEnum):
    """What was done in the same press as saving."""

    TELL = "tell"
    PUT_THROUGH = "put_through"
    ANSWER = "answer"


class Spoke(StrEnum):
    """Whether the journalist got hold of the one he was put through to."""

    YES = "yes"
    NO = "no"


SPOKE: dict[StrEnum, str] = {Spoke.YES: "Ja", Spoke.NO: "Nei, ingen svarte"}


class SpokenForm(ReferenceForm):
    """«Snakker de sammen?»"""

    spoke = CodeField("Snakker de sammen?", titles=SPOKE, needed="Velg ett av svarene.")


@dataclass(frozen=True)
class Receipt:
    """What came of a saved call: who knows, and what to say. `is_open`: the person may open the inquiry.

    `undo_until`: an instant as text, so long it can be taken back."""

    reference: str | None
    told: tuple[str, ...]
    say: tuple[str, ...]
    is_open: bool
    undo_until: str | None = None


@dataclass(frozen=True)
class Undo:
    """The button that takes a call back, and for how many seconds it stands."""

    form: ReferenceForm
    seconds: int


@dataclass(frozen=True)
class Asked:
    """«Snakker de sammen?» of one transfer."""

    transfer: PutThrough
    since: str
    form: SpokenForm


# The receipt


def remember(logged: Logged, form: CallForm, act: Act) -> None:
    """Keep the receipt for the page that follows."""
    session[RECEIPT] = asdict(_receipt(logged, form, act))


def last_receipt() -> Receipt | None:
    """Of the call that this browser saved last."""
    kept = session.get(RECEIPT)
    return Receipt(**kept) if kept else None


def undo_button(receipt: Receipt | None, now: datetime) -> Undo | None:
    """While it can still be taken back."""
    if receipt is None or receipt.reference is None or receipt.undo_until is None:
        return None
    seconds = int((datetime.fromisoformat(receipt.undo_until) - now).total_seconds())
    return Undo(reference_form(receipt.reference), seconds) if seconds > 0 else None


def _receipt(logged: Logged, form: CallForm, act: Act) -> Receipt:
    placement, reference = logged.placement, logged.reference
    told, say = _words(logged, form, act)
    if placement.outside:
        person = form.org.people.get(form.contact_person.data or 0)
        told += (f"{person.name} får beskjed om at journalisten har ringt." if person else "Ingen får beskjed.",)
    return Receipt(
        reference=reference,
        told=told,
        say=say,
        is_open=reference is not None and _may_open(reference),
        undo_until=logged.undo_until_at.isoformat() if logged.undo_until_at else None,
    )


def _words(logged: Logged, form: CallForm, act: Act) -> tuple[tuple[str, ...], tuple[str, ...]]:
    placement, reference, concerned = logged.placement, logged.reference, form.concerned.data
    match act:
        case Act.PUT_THROUGH if placement.lead is not None:
            person = phrases.speaker(placement.lead, form.org).rstrip(",")
            say = phrases.while_putting_through(placement, form.org, reference, form.now)
            return (f"{person} får varsel om at du setter over.",), say
        case Act.ANSWER:
            say = (f"Nummeret er {reference}, om du trenger å ringe igjen.",)
            return ("Saken er notert som besvart. Ingen trenger å gjøre noe mer.",), say
        case _:
            told = phrases.who_was_told(placement, form.org, concerned)
            return told, phrases.what_to_say(placement, form.org, reference, form.now, concerned)


def _may_open(reference: str) -> bool:
    """After the inquiry was saved, so in a view of the data that begins now."""
    with db.reading() as tx:
        try:
            access.visible_inquiry(tx, me(), reference)
        except NotFound:
            return False
    return True


@bp.get("/ny/lagret")
@requires(Do.LOG)
def saved() -> Response:
    """What was saved last: the number, who knows, and the sentence to say."""
    receipt, now = last_receipt(), clock.now()
    if receipt is None:
        return redirect(url_for(".show"))
    asked = [each for each in _asked(transfers.waiting(auth.reader(), me()), now) if _is_of(each, receipt)]
    page = render_template("ny/lagret.html", receipt=receipt, undo=undo_button(receipt, now), asked=asked)
    return make_response(page)


def _is_of(asked: Asked, receipt: Receipt) -> bool:
    return asked.transfer.reference == receipt.reference


# Taking it back


@bp.post("/ny/angre")
@requires(Do.LOG)
def undo() -> Response:
    """Take a saved call back: the form is there again. Too late: it has gone out, and stands in its inquiry."""
    form = ReferenceForm()
    if not form.validate():
        return redirect(url_for(".show"), 303)
    reference = form.reference.data or ""
    try:
        undoing.undo(me().person_id, reference, clock.now())
    except TooLate:
        page = render_template("ny/for_sent.html", reference=reference, is_open=_may_open(reference))
        return make_response(page, 409)
    session.pop(RECEIPT, None)
    flash("Angret. Ingen har fått varsel, og alt du skrev, står her.")
    return redirect(url_for(".show", kladd=reference), 303)


# Putting through


@bp.post("/ny/snakker")
@requires(Do.LOG)
def spoken() -> Response:
    """«Snakker de sammen?»: yes, and the one he was put through to has it; no, and others hear of it at once."""
    form = SpokenForm()
    reference, receipt = form.reference.data or "", last_receipt()
    if form.validate():
        say = _say_how_it_went(reference, Spoke(form.spoke.data))
        if receipt is not None and receipt.reference == reference:
            session[RECEIPT] = asdict(replace(receipt, say=(*say, f"Nummeret er {reference}.") if say else receipt.say))
    else:
        flash("Ingenting er gjort ennå. Trykk på knappen én gang til.", "warning")
    is_last = receipt is not None and receipt.reference == reference
    return redirect(url_for(".saved" if is_last else "innboks.show"), 303)


def _say_how_it_went(reference: str, spoke: Spoke) -> tuple[str, ...]:
    """Record it. What to say to the journalist, who is on the line again where nobody answered."""
    now = clock.now()
    transfer = next((each for each in transfers.waiting(auth.reader(), me()) if each.reference == reference), None)
    if spoke is Spoke.YES:
        transfers.they_speak(me().person_id, reference, now)
        flash("Notert at de snakker sammen.")
        return ()
    transfers.nobody_answered(me().person_id, reference, now)
    if transfer is None:
        flash("Varsel om at ingen svarte, er sendt.")
        return ()
    say = phrases.rings_back(transfer.person, transfer.due_at, now)
    flash(f"Varsel er sendt om at ingen svarte. Si: «{say}»")
    return (say,)


def _asked(waiting: list[PutThrough], now: datetime) -> list[Asked]:
    return [
        Asked(each, formats.when(each.since_at, now), SpokenForm(formdata=None, data={"reference": each.reference}))
        for each in waiting
    ]


@inbox_section("satt_over", "Satt over", "Si om de snakker sammen. Ellers går det varsel etter ett minutt.")
def put_through(desk: Desk) -> list[Asked]:
    """Transfers that nobody has said anything about yet."""
    return _asked(transfers.waiting(desk.tx, desk.who), desk.now)


@dataclass(frozen=True)
class Transferred:
    """To whom the caller was put through, and the question of how it went for whoever did it."""

    person: str
    at: str
    asked: Asked | None


@strand_panel("satt_over")
def transferred(look: Look, strand: Strand) -> Transferred | None:
    """The last transfer of a strand."""
    if strand.transferred_at is None:
        return None
    mine = (event for event in look.case.events if event.strand_id == strand.id)
    person_id = next((event.data["person"] for event in mine if event.kind is EventKind.TRANSFERRED), None)
    person = access.people(look.tx, [person_id] if person_id else []).get(person_id or 0)
    asked = [each for each in _asked(transfers.waiting(look.tx, look.who), look.now) if _is_here(each, look.case)]
    return Transferred(
        person.name if person else "den ansvarlige",
        formats.when(strand.transferred_at, look.now),
        next(iter(asked), None),
    )


def _is_here(asked: Asked, case: Case) -> bool:
    return asked.transfer.reference == case.inquiry.reference
