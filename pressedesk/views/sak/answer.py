"""The answer: before, what may be said in a role and what must be done first; after, what was said, as it was."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import make_response, render_template, request
from werkzeug import Response
from wtforms.validators import ValidationError

from pressedesk import access, auth, clock, formats
from pressedesk.access import Case, Do, may_do
from pressedesk.auth import me, requires
from pressedesk.desk import answering
from pressedesk.desk.answering import Agreed, Channel, Consulted, Deviated, Said
from pressedesk.desk.change import NotNow, Stale
from pressedesk.events import EventKind
from pressedesk.models import Strand
from pressedesk.regulation.vocabulary import MUNICIPAL, Role, Statement, in_order
from pressedesk.views.fields import CodeField, CodesField, LineField, TextField
from pressedesk.views.sak.ask import replied
from pressedesk.views.sak.deviate import way_to_deviate
from pressedesk.views.sak.forms import CodeList, PastField, SeenForm
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.routes import Late, bp, bring_up_to_date, is_done, late, strand_of, to_case
from pressedesk.views.words import NEEDS, Sayable, sayable

SPEAKERS = in_order(MUNICIPAL)
ASKED = (Role.KOMMUNALSJEF, Role.RADMANN, Role.VIRKSOMHETSLEDER, Role.SEKSJONSLEDER, Role.ORDFORER)
KINDS: dict[StrEnum, str] = {kind: formats.capital(kind.label) for kind in Statement}
CHANNELS: dict[StrEnum, str] = {channel: channel.label for channel in Channel}
NOBODY = "Ingen"


class AnswerForm(SeenForm):
    """What the journalist was told. Whatever was done first stands in the same act, each with its own time."""

    text = TextField("Hva fikk journalisten vite?", needed="Skriv kort hva journalisten fikk vite.")
    kinds = CodesField("Hva slags svar var det?", titles=KINDS)
    role = CodeList("I hvilken rolle?", codes=SPEAKERS)
    by = LineField("Hvem svarte?", needed="Skriv hvem som svarte.")
    at = PastField("Når fikk journalisten svar?")
    at_picked = PastField("Eller velg tidspunktet")
    channel = CodeField("Hvordan?", titles=CHANNELS, needed="Velg hvordan journalisten fikk svar.")
    consulted = CodeList("Hvem ble spurt?", codes=ASKED, nothing=NOBODY)
    consulted_at = PastField("Når ble vedkommende spurt?")
    agreed = CodeList("Hvem ble det avtalt med?", codes=ASKED, nothing=NOBODY)
    agreed_scope = LineField("Hva gjelder avtalen?")
    agreed_at = PastField("Når ble det avtalt?")
    deviated = CodeList("Hvem ble det rådført med?", codes=ASKED, nothing=NOBODY)
    deviated_reason = TextField("Hvorfor ble det gjort unntak?", most=1000)
    deviated_at = PastField("Når ble det bestemt?")

    received_at: datetime | None = None

    def validate_kinds(self, field: CodesField) -> None:
        """Without it, nobody can see what the regulation says of the answer."""
        if not field.data:
            raise ValidationError("Velg minst ett av dem.")

    def validate_at(self, field: PastField) -> None:
        """Not in the future, and not before the call came. A picked time goes before a written one."""
        if self.at_picked.data:
            return
        if not field.data:
            raise ValidationError("Skriv når journalisten fikk svar, for eksempel «nå».")
        field.read(clock.now(), self.received_at)

    def validate_at_picked(self, field: PastField) -> None:
        """As `validate_at`."""
        field.read(clock.now(), self.received_at)

    def validate_consulted_at(self, field: PastField) -> None:
        """As it was: also after the answer."""
        field.read(clock.now())

    def validate_agreed_at(self, field: PastField) -> None:
        """As it was."""
        field.read(clock.now())

    def validate_deviated_at(self, field: PastField) -> None:
        """As it was."""
        field.read(clock.now())

    def validate_agreed_scope(self, field: LineField) -> None:
        """An agreement says what it is about (point 7)."""
        if self.agreed.data and not field.data:
            raise ValidationError("Skriv hva avtalen gjelder.")

    def validate_deviated_reason(self, field: TextField) -> None:
        """A deviation is reasoned (point 12)."""
        if self.deviated.data and not field.data:
            raise ValidationError("Skriv hvorfor det ble gjort unntak.")

    def said(self) -> Said:
        """The validated form. A time that was left open is the time of the answer."""
        at = self.at_picked.told_at or self.at.told_at or clock.now()
        return Said(
            text=self.text.data or "",
            kinds=tuple(self.kinds.data or ()),
            role=self.role.data,
            by=self.by.data or "",
            at=at,
            channel=Channel(self.channel.data),
            consulted=Consulted(self.consulted.data, self.consulted_at.told_at or at) if self.consulted.data else None,
            agreed=Agreed(self.agreed.data, self.agreed_scope.data or "", self.agreed_at.told_at or at)
            if self.agreed.data
            else None,
            deviated=Deviated(self.deviated_reason.data or "", self.deviated.data, self.deviated_at.told_at or at)
            if self.deviated.data
            else None,
        )


@bp.route("/sak/<reference>/<int:strand_id>/svar", methods=["GET", "POST"])
@requires(Do.ANSWER)
def answer(reference: str, strand_id: int) -> Response:
    """What may be said, and the form for what was said. What happened is never refused."""
    case = access.open_case(auth.reader(), me(), reference)
    strand = strand_of(case, strand_id)
    if not any(may_do(me(), do, case.inquiry, strand) for do in (Do.ANSWER, Do.REGISTER_ANSWER)):
        access.demand(me(), Do.ANSWER, case.inquiry, strand)
    form = _form(case, strand)
    if not form.is_submitted():
        return _page(case, strand, form, None, 200)
    if not form.validate():
        return _page(case, strand, form, None, 422)
    try:
        answering.record_answer(me().person_id, reference, strand_id, form.made_from, form.said(), clock.now())
    except (Stale, NotNow) as error:
        return _too_late(reference, strand_id, form, error)
    return to_case(reference, _noted(strand))


def _noted(strand: Strand) -> str:
    """What recording it came to, for a strand as it was before."""
    if answering.waits_for_ruling(strand):
        return "Det som ble sagt, er notert. Innsynskravet venter fortsatt på en avgjørelse."
    return "Svaret er notert." if strand.answers else "Svaret er notert, og klokka er stoppet."


def _form(case: Case, strand: Strand) -> AnswerForm:
    role = _role(strand)
    speaks = role in me().roles
    form = AnswerForm(
        data={
            "version": strand.version,
            "seen": last_seen(case),
            "role": role,
            "by": me().name if speaks or strand.acting is None else strand.acting.name,
            "at": "nå",
            "channel": Channel.PHONE,
        }
    )
    form.received_at = case.inquiry.received_at
    return form


def _role(strand: Strand) -> Role:
    """The role whose permissions are shown: the one asked for, else the owner's."""
    asked = request.args.get("rolle", "")
    return next((role for role in SPEAKERS if role == asked), strand.owner_role or Role.RADMANN)


def _too_late(reference: str, strand_id: int, form: AnswerForm, error: Stale | NotNow) -> Response:
    case = access.open_case(auth.read_again(), me(), reference)
    strand = strand_of(case, strand_id)
    mine = [case.answers.get(each.id) for each in strand.answers if each.recorded_by_id == me().person_id]
    if is_done(case, form.last_seen, {EventKind.ANSWERED}, strand_id) and form.text.data in mine:
        return to_case(reference)
    told = late(case, form.last_seen, error)
    bring_up_to_date(form, case, strand)
    return _page(case, strand, form, told, 409)


@dataclass(frozen=True)
class Before:
    """What somebody in a role may say here, and what he must do first. `deviate_url`: the way to a reasoned
    deviation, where one is all that is lacking, by kind of statement."""

    role: Role
    may: list[Sayable]
    may_not: list[Sayable]
    deviate_url: dict[Statement, str]


def _before(case: Case, strand: Strand) -> Before:
    role, now = _role(strand), clock.now()
    rows = []
    for kind, permission in answering.may_answer(strand, case.decision, role, now).items():
        row = sayable(kind, permission, answering.missing(permission, strand, now))
        is_lifted = answering.is_lifted(permission, strand, now)
        rows.append((permission.allowed or is_lifted, replace(row, **LIFTED) if is_lifted else row))
    may_not = [row for is_open, row in rows if not is_open]
    to_deviate = way_to_deviate(case, strand) if role is strand.owner_role else ""
    liftable = answering.liftable(strand, case.decision, now) if to_deviate else {}
    return Before(
        role=role,
        may=[row for is_open, row in rows if is_open],
        may_not=may_not,
        deviate_url={row.kind: to_deviate for row in may_not if row.kind in liftable},
    )


LIFTED: dict[str, Any] = {"is_allowed": True, "verdict": "Kan sies, etter begrunnet unntak", "first": []}


@dataclass(frozen=True)
class Known:
    """What somebody else has said of the same case, so that one answers together («samordnes»)."""

    head: str
    text: str | None


def _known(case: Case, now: datetime) -> Iterable[Known]:
    """What others replied when they were asked first, and what the journalist was told already, as far as it may be
    read."""
    for strand in case.inquiry.strands:
        for asked in strand.requests:
            if asked.replied_at is not None:
                kind = formats.capital(asked.kind.label)
                yield Known(f"{kind}: {replied(asked, now)}", case.replied.get(asked.id))
        for told in strand.answers:
            when = formats.when(told.said_at, now)
            head = f"{formats.capital(strand.kind.label)}: {told.spoken_by} svarte journalisten {when}."
            yield Known(head, case.answers.get(told.id))


def _page(case: Case, strand: Strand, form: AnswerForm, told: Late | None, status: int) -> Response:
    before, now = _before(case, strand), clock.now()
    asks_first = any(NEEDS["consultation"] in row.first for row in before.may)
    page = render_template(
        "sak/svar.html",
        case=case,
        strand=strand,
        form=form,
        late=told,
        before=before,
        is_innsyn=answering.waits_for_ruling(strand),
        known=list(_known(case, now)),
        speakers=SPEAKERS,
        consultation_is_open=asks_first or _is_begun(form, "consulted", "consulted_at"),
        agreement_is_open=_is_begun(form, "agreed", "agreed_scope", "agreed_at"),
        deviation_is_open=_is_begun(form, "deviated", "deviated_reason", "deviated_at"),
    )
    return make_response(page, status)


def _is_begun(form: AnswerForm, *names: str) -> bool:
    return any(form[name].errors or form[name].data for name in names)
