"""/oppgaver: what is to be done beside answering. A list in the inbox and on the page of an inquiry, and «gjort»."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import Blueprint, flash, redirect, url_for
from werkzeug import Response

from pressedesk import access, auth, clock, formats
from pressedesk.access import Do, NotFound, Refused
from pressedesk.auth import me, requires
from pressedesk.desk import tasks
from pressedesk.desk.change import Stale
from pressedesk.desk.tasks import OUTCOMES, Done
from pressedesk.models import Restriction, Task, TaskKind
from pressedesk.views.fields import CodeField, Form
from pressedesk.views.inbox_sections import Desk, inbox_section
from pressedesk.views.marks import Mark, deadline
from pressedesk.views.sak.panels import Look, case_panel

bp = Blueprint("oppgaver", __name__)

WORDS = {
    TaskKind.STAFF: "De ansatte bør få vite det før de leser det i avisa.",
    TaskKind.CORRECTION: "Ring redaksjonen, si hva som er feil, og be dem rette. De bestemmer selv om de gjør det.",
    TaskKind.JOURNAL: "Et skriftlig svar er gitt. Vurder om det skal journalføres.",
}
BUTTONS = {
    Done.DONE: "De vet det nå",
    Done.CORRECTED: "Rettet",
    Done.NOT_CORRECTED: "Ikke rettet",
    Done.WITHDRAWN: "Vi trakk det",
    Done.REGISTERED: "Journalført",
    Done.NOT_REGISTERED: "Skal ikke journalføres",
}
OUTCOME: dict[StrEnum, str] = dict(BUTTONS.items())


class DoneForm(Form):
    """How it went."""

    outcome = CodeField("Hvordan gikk det?", titles=OUTCOME, needed="Velg hvordan det gikk.")


@dataclass(frozen=True)
class ToDo:
    """One task in a list. `address` is empty for whoever may not see the inquiry; `ask` is whom he asks then."""

    task_id: int
    reference: str
    address: str
    title: str
    words: str
    due: str
    mark: Mark | None
    whose: str
    ask: str
    buttons: list[tuple[str, str]]
    form: DoneForm


@bp.post("/oppgaver/<int:task_id>/gjort")
@requires(Do.SEE)
def done(task_id: int) -> Response:
    """It is done, with how it went. Whoever came second is told so."""
    access.open_task(auth.reader(), me(), task_id)
    form = DoneForm()
    if not form.validate():
        flash("Ingenting er notert ennå. Velg hvordan det gikk.", "warning")
        return redirect(url_for("innboks.show"), 303)
    try:
        reference = tasks.done(me().person_id, task_id, clock.now(), Done(form.outcome.data))
        flash(f"Notert på {reference}: {Done(form.outcome.data).label.lower()}.")
    except Stale:
        flash("Noen andre har allerede notert hvordan det gikk. Ingenting er endret.", "warning")
    except Refused as refused:
        flash(refused.reason, "warning")
    return _back(task_id)


def _back(task_id: int) -> Response:
    """To the inquiry, or to the inbox for somebody who may not see it."""
    tx = auth.read_again()
    task = access.open_task(tx, me(), task_id)
    try:
        access.visible_inquiry(tx, me(), task.inquiry.reference)
    except NotFound:
        return redirect(url_for("innboks.show"), 303)
    return redirect(url_for("sak.show", reference=task.inquiry.reference), 303)


@inbox_section("oppgaver", "Oppgaver")
def mine(desk: Desk) -> list[ToDo]:
    """What this person and his offices are to do after an answer."""
    found = access.tasks_of(desk.tx, desk.who, OUTCOMES)
    return [
        _to_do(each.task, each.reference, desk.now, sees_inquiry=each.sees_inquiry, may_finish=True) for each in found
    ]


@case_panel("oppgaver")
def panel(look: Look) -> list[ToDo] | None:
    """What is still to be done in a case, and whose it is."""
    inquiry = look.case.inquiry
    found = [
        _to_do(
            task,
            inquiry.reference,
            look.now,
            sees_inquiry=True,
            may_finish=access.may_finish(look.who, task),
            is_elsewhere=False,
        )
        for task in access.tasks_in(look.tx, look.who, inquiry, OUTCOMES)
    ]
    return found or None


def _to_do(
    task: Task, reference: str, now: datetime, *, sees_inquiry: bool, may_finish: bool, is_elsewhere: bool = True
) -> ToDo:
    owner = task.strand.owner_office if task.strand else None
    is_ordinary = task.inquiry.restriction is Restriction.NONE
    return ToDo(
        task_id=task.id,
        reference=reference,
        address=url_for("sak.show", reference=reference) if sees_inquiry and is_elsewhere else "",
        title=formats.capital(task.kind.label),
        words=WORDS.get(task.kind, ""),
        due=formats.when(task.due_at, now),
        mark=deadline(task.due_at, now),
        whose=task.office.title if task.office else task.person.name if task.person else "",
        ask=f"Spør {owner.title} om hva som ble svart." if owner and is_ordinary and not sees_inquiry else "",
        buttons=[(each.value, BUTTONS[each]) for each in OUTCOMES[task.kind]] if may_finish else [],
        form=DoneForm(formdata=None),
    )
