"""/egen-konto: a comment or a question on an account of our own (strategy 4.2), and a text for what must be sent in."""

from dataclasses import replace

from flask import Blueprint, make_response, redirect, render_template, session, url_for
from werkzeug import Response

from pressedesk import auth, clock
from pressedesk.access import Do
from pressedesk.auth import me, requires
from pressedesk.desk import intake
from pressedesk.desk.chips import Concerned, facts_of
from pressedesk.desk.intake import Call
from pressedesk.formats import capital
from pressedesk.organisation import Organisation
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.own_account import Matter, text_for_postmottak
from pressedesk.regulation.vocabulary import Ask, Role
from pressedesk.regulation.vocabulary import Form as CameAs
from pressedesk.views.fields import CodeField, LineField
from pressedesk.views.leserbrev import Written, way_on
from pressedesk.views.sak.panels import Look, case_panel

bp = Blueprint("egen_konto", __name__)

KEPT = "own_account"  # in the session: what was noted last


class AccountForm(Written):
    """Where it was written, and what whoever wrote it wants."""

    account = LineField("Hvor står det?", needed="Skriv hvilken konto det står på.")
    matter = CodeField(
        "Hva vil den som skriver?",
        titles={each: capital(each.label) for each in Matter},
        needed="Velg det som passer best.",
    )

    def call(self) -> Call:
        """What was written, as a call from the account. Who wrote it is not kept.

        Somebody who asks about his own case is a person concerned, whether that was pressed or not."""
        chips = self.chips(CameAs.OWN_ACCOUNT)
        if self.matter.data is Matter.OWN_CASE and chips.concerned in (None, Concerned.NOBODY):
            chips = replace(chips, concerned=Concerned.CLIENT)
        if self.matter.data is Matter.DOCUMENTS:
            chips = replace(chips, asks=frozenset({Ask.DOCUMENTS}))
        return Call(
            caller_name=self.account.data or "",
            question=self.question.data or "",
            facts=facts_of(chips, self.org),
            unit_id=self.unit.data,
            source_url=self.source_url.data or "",
        )


@bp.route("/egen-konto", methods=["GET", "POST"])
@requires(Do.LOG)
def show() -> Response:
    """The form, and saving."""
    form = AccountForm(auth.organisation_now())
    if not form.is_submitted() or not form.validate():
        status = 422 if form.is_submitted() else 200
        return make_response(render_template("egen_konto/egen_konto.html", form=form), status)
    logged = intake.log_call(me().person_id, form.token.data or "", form.call(), clock.now())
    session[KEPT] = {"reference": logged.reference, "matter": form.matter.data.value}
    return redirect(url_for(".saved"), 303)


@bp.get("/egen-konto/notert")
@requires(Do.LOG)
def saved() -> Response:
    """What was noted last, and the text to paste where it must go to postmottak."""
    kept = session.get(KEPT)
    if not kept:
        return redirect(url_for(".show"))
    reference = kept["reference"]
    text = text_for_postmottak(_matter(kept["matter"]), postmottak(auth.organisation_now()))
    way = way_on(reference, "")
    return make_response(render_template("egen_konto/notert.html", reference=reference, text=text, way=way))


def _matter(kept: str) -> Matter:
    return next(each for each in Matter if each.value == kept)


def postmottak(org: Organisation) -> str:
    """What the archive is called here, as it stands inside a sentence."""
    offices = org.every(Role.ARKIV_POSTMOTTAK)
    title = offices[0].title if offices else Role.ARKIV_POSTMOTTAK.label
    return f"kommunen ved {title[:1].lower()}{title[1:]}"


@case_panel("egen_konto")
def to_paste(look: Look) -> str | None:
    """For whoever answers on the account: the text for what cannot be dealt with there."""
    facts = Facts.from_json(look.case.inquiry.facts)
    if facts.form is not CameAs.OWN_ACCOUNT:
        return None
    matter = Matter.DOCUMENTS if Ask.DOCUMENTS in facts.asks else Matter.CASE
    return text_for_postmottak(matter, postmottak(auth.organisation_now()))
