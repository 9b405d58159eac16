"""A reasoned deviation, before anything is said: why, inside what, and with whom it was taken up."""

from datetime import datetime

from flask import make_response, render_template, url_for
from werkzeug import Response
from wtforms import BooleanField, ValidationError

from pressedesk import access, auth, clock, formats, organisation
from pressedesk.access import Case, Do, Refused, may_do
from pressedesk.auth import me, requires
from pressedesk.desk import answering, deviating
from pressedesk.desk.answering import Consulted
from pressedesk.desk.change import NotNow, Stale
from pressedesk.desk.deviating import Reasoned
from pressedesk.desk.whom import Asking, Way, ways
from pressedesk.events import EventKind
from pressedesk.models import Strand
from pressedesk.regulation.vocabulary import Role, in_order
from pressedesk.views.fields import TextField
from pressedesk.views.sak.forms import CodeList, PastField, SeenForm
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.routes import Late, bp, bring_up_to_date, is_done, late, strand_of, to_case
from pressedesk.views.words import Cited, cited
from pressedesk.workflow import OPEN

MOST_REASON = 1000
ABOVE = (Role.KOMMUNALSJEF, Role.RADMANN, Role.VIRKSOMHETSLEDER, Role.ORDFORER)


class DeviateForm(SeenForm):
    """The reason, the waiver where there is one, and whoever was asked where that is not on record."""

    reason = TextField("Hvorfor gjøres det unntak?", needed="Skriv hvorfor.", most=MOST_REASON)
    within_waiver = BooleanField("Unntaket holder seg innenfor det personen har fritatt kommunen for")
    consulted = CodeList("Hvem har du rådført deg med?", codes=ABOVE, nothing="Velg")
    consulted_at = PastField("Når rådførte du deg?")

    asks_waiver = is_consulted = False  # what must be told here, and what stands on record

    def validate_within_waiver(self, field: BooleanField) -> None:
        """Where it is a client's own case (point 12)."""
        if self.asks_waiver and not field.data:
            raise ValidationError("Et unntak må holde seg innenfor fritaket.")

    def validate_consulted(self, field: CodeList) -> None:
        """Somebody above is asked first."""
        if not field.data and not self.is_consulted:
            raise ValidationError("Velg hvem du har rådført deg med, eller spør en overordnet først.")

    def validate_consulted_at(self, field: PastField) -> None:
        """As it was: before now."""
        field.read(clock.now())
        if self.consulted.data and not field.data:
            raise ValidationError("Skriv når, for eksempel «nå» eller «kl. 10.15».")

    def reasoned(self) -> Reasoned:
        """The validated form."""
        at = self.consulted_at.told_at
        consulted = Consulted(self.consulted.data, at) if self.consulted.data and at else None
        return Reasoned(self.reason.data or "", bool(self.within_waiver.data), consulted)


@bp.route("/sak/<reference>/<int:strand_id>/unntak", methods=["GET", "POST"])
@requires(Do.ASK)
def deviate(reference: str, strand_id: int) -> Response:
    """What is advised against here, and the form; where there is no exception, why."""
    case = access.open_case(auth.reader(), me(), reference)
    strand = strand_of(case, strand_id)
    access.demand(me(), Do.ASK, case.inquiry, strand)
    form = DeviateForm(data={"version": strand.version, "seen": last_seen(case)})
    form.asks_waiver = deviating.asks_waiver(case.decision)
    form.is_consulted = deviating.on_record(strand, clock.now()) is not None
    if not form.is_submitted():
        return _page(case, strand, form, None, 200)
    if not form.validate():
        return _page(case, strand, form, None, 422)
    try:
        deviating.deviate(me().person_id, reference, strand_id, form.made_from, form.reasoned(), clock.now())
    except Refused as refused:
        form.form_errors.append(refused.reason)
        return _page(case, strand, form, None, 422)
    except (Stale, NotNow) as error:
        return _too_late(reference, strand_id, form, error)
    return to_case(reference, "Unntaket er notert med begrunnelsen.")


def _too_late(reference: str, strand_id: int, form: DeviateForm, error: Stale | NotNow) -> Response:
    case = access.open_case(auth.read_again(), me(), reference)
    strand = strand_of(case, strand_id)
    mine = [each.reason for each in strand.deviations if each.recorded_by_id == me().person_id]
    if is_done(case, form.last_seen, {EventKind.DEVIATED}, strand_id) and form.reason.data in mine:
        return to_case(reference)
    told = late(case, form.last_seen, error)
    bring_up_to_date(form, case, strand)
    return _page(case, strand, form, told, 409)


def _page(case: Case, strand: Strand, form: DeviateForm, told: Late | None, status: int) -> Response:
    now = clock.now()
    lifted = answering.liftable(strand, case.decision, now)
    page = render_template(
        "sak/unntak.html",
        case=case,
        strand=strand,
        form=form,
        late=told,
        against=_against(case, strand, now),
        why_not="" if lifted else deviating.why_not(strand, case.decision, now),
        asks_waiver=deviating.asks_waiver(case.decision),
        on_record=_on_record(strand, now),
        may_be_asked=_may_be_asked(case, strand, now),
    )
    return make_response(page, status)


def _against(case: Case, strand: Strand, now: datetime) -> list[Cited]:
    """What is advised against, each point once, with the kinds of statement it takes away."""
    found: dict[str, Cited] = {}
    for permission in answering.liftable(strand, case.decision, now).values():
        finding = permission.finding
        found.setdefault(finding.rule, cited(finding.text, finding.source, finding.force.value))
    return list(found.values())


def _on_record(strand: Strand, now: datetime) -> str:
    """With whom the owner has consulted already, in words."""
    role = deviating.on_record(strand, now)
    return f"Rådføring med {role.label} står allerede i saken." if role else ""


def _may_be_asked(case: Case, strand: Strand, now: datetime) -> str:
    """Whom a deviation is taken up with here."""
    org = organisation.snapshot(auth.reader(), now)
    offices = ways(Asking(me(), org, strand, case.decision, now)).get(Way.DEVIATION, [])
    roles = in_order({office.role for office in offices})
    return formats.capital(" eller ".join(role.label for role in roles))


def way_to_deviate(case: Case, strand: Strand) -> str:
    """The address of the form, for whoever may use it while nothing is said yet; else nothing."""
    if strand.state not in OPEN or not may_do(me(), Do.ASK, case.inquiry, strand):
        return ""
    return url_for("sak.deviate", reference=case.inquiry.reference, strand_id=strand.id)
