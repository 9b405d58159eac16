"""/admin/brukere: who can log in, what for, and people's names and addresses."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug import Response
from wtforms import PasswordField

from pressedesk import access, auth, clock, organisation
from pressedesk.access import Do, NotFound
from pressedesk.administration import people
from pressedesk.administration.change import Invalid
from pressedesk.administration.people import Contact, check_password
from pressedesk.auth import me, requires
from pressedesk.models import Account, Duty, Person
from pressedesk.views.admin.common import (
    Button,
    NumberList,
    SeenForm,
    back_to,
    bp,
    done,
    page,
    people_of,
    person_or_404,
    status_of,
)
from pressedesk.views.fields import CodesField, Form, LineField, Needed

DUTIES: dict[StrEnum, str] = {
    Duty.SWITCHBOARD: "Sentralbord",
    Duty.KIS_ADVISER: "Rådgiver i KIS",
    Duty.ADMIN: "Administrator",
    Duty.AUDITOR: "Revisor",
}


class DutiesForm(SeenForm):
    """What the account does at the desk."""

    duties = CodesField("Oppgaver ved pressevakta", titles=DUTIES)


class PasswordForm(Form):
    """A new password, typed twice."""

    password = PasswordField("Nytt passord", [Needed("Skriv et passord.")])
    again = PasswordField("Passordet én gang til", [Needed("Skriv passordet én gang til.")])

    def hashed(self, username: str) -> str:
        """The hash of the password. Raises Invalid."""
        password = self.password.data or ""
        check_password(password, username)
        if password != self.again.data:
            raise Invalid("again", "De to passordene er ikke like.")
        return auth.hash_password(password)


class NewUserForm(PasswordForm):
    """An account for somebody who is here already, or for a new person."""

    person_id = NumberList("Person")
    name = LineField("Navn")
    email = LineField("E-post")
    phone = LineField("Telefon")
    username = LineField("Brukernavn", needed="Skriv et brukernavn.")
    duties = CodesField("Oppgaver ved pressevakta", titles=DUTIES)


class PersonForm(SeenForm):
    """Name and addresses."""

    name = LineField("Navn", needed="Skriv hva personen heter.")
    email = LineField("E-post")
    phone = LineField("Telefon")


@dataclass(frozen=True)
class User:
    """An account in a list."""

    id: int
    username: str
    name: str
    duties: str
    is_open: bool


@bp.get("/admin/brukere")
@requires(Do.ADMINISTER_ACCOUNTS)
def show_users() -> Response:
    """Every account, and everybody without one."""
    tx = auth.reader()
    accounts = tx.scalars(select(Account).options(selectinload(Account.person)).order_by(Account.username)).all()
    users = [
        User(each.id, each.username, each.person.name, _duties(each), each.disabled_at is None) for each in accounts
    ]
    with_account = {each.person_id for each in accounts}
    org = organisation.snapshot(tx, clock.now())
    return page("brukere", users=users, others=[row for row in people_of(org) if row[0] not in with_account])


@bp.get("/admin/brukere/ny")
@requires(Do.ADMINISTER_ACCOUNTS)
def new_user() -> Response:
    """The form of a new account."""
    return _new_page(NewUserForm(formdata=None))


@bp.post("/admin/brukere/ny")
@requires(Do.ADMINISTER_ACCOUNTS)
def add_user() -> Response:
    """Make it."""
    form = NewUserForm()
    _offer(form)
    if form.validate() and done(form, lambda: _create(form)):
        return back_to("admin.show_users", f"Brukeren {form.username.data} er laget.")
    return _new_page(form, 422)


@bp.get("/admin/brukere/<int:account_id>")
@requires(Do.ADMINISTER_ACCOUNTS)
def show_user(account_id: int) -> Response:
    """One account."""
    return _user_page(account_id)


@bp.post("/admin/brukere/<int:account_id>/oppgaver")
@requires(Do.ADMINISTER_ACCOUNTS)
def set_duties(account_id: int) -> Response:
    """Other duties."""
    form = DutiesForm()
    if form.validate() and done(
        form,
        lambda: people.set_duties(
            me().person_id, account_id, [Duty(duty) for duty in form.duties.data or ()], clock.now(), form.made_from
        ),
    ):
        return back_to("admin.show_user", "Oppgavene er lagret.", account_id=account_id)
    return _user_page(account_id, duties=form, status=status_of(form))


@bp.post("/admin/brukere/<int:account_id>/passord")
@requires(Do.ADMINISTER_ACCOUNTS)
def set_password(account_id: int) -> Response:
    """A new password."""
    form, account = PasswordForm(), _account(account_id)
    if form.validate() and done(
        form, lambda: people.set_password(me().person_id, account_id, form.hashed(account.username), clock.now())
    ):
        return back_to(
            "admin.show_user", "Passordet er byttet. Gamle innlogginger er avsluttet.", account_id=account_id
        )
    return _user_page(account_id, password=form, status=422)


@bp.post("/admin/brukere/<int:account_id>/steng")
@requires(Do.ADMINISTER_ACCOUNTS)
def disable_user(account_id: int) -> Response:
    """Shut, log-ins in use included."""
    form = Button()
    if form.validate() and done(form, lambda: people.disable_account(me().person_id, account_id, clock.now())):
        return back_to("admin.show_user", "Brukeren er stengt.", account_id=account_id)
    return _user_page(account_id, refused=list(form.form_errors), status=422)


@bp.post("/admin/brukere/<int:account_id>/apne")
@requires(Do.ADMINISTER_ACCOUNTS)
def enable_user(account_id: int) -> Response:
    """Open again, with a new password."""
    form, account = PasswordForm(), _account(account_id)
    if form.validate() and done(
        form, lambda: people.enable_account(me().person_id, account_id, form.hashed(account.username), clock.now())
    ):
        return back_to("admin.show_user", "Brukeren er åpnet.", account_id=account_id)
    return _user_page(account_id, password=form, status=422)


@bp.get("/admin/person/ny")
@requires(Do.ADMINISTER)
def new_person() -> Response:
    """The form of somebody who needs no account."""
    return page("ny_person", form=PersonForm(formdata=None, data={"seen": 1}))


@bp.post("/admin/person/ny")
@requires(Do.ADMINISTER)
def add_person() -> Response:
    """Put somebody in."""
    form = PersonForm()
    if form.validate() and done(form, lambda: people.add_person(me().person_id, _contact(form), clock.now())):
        return back_to("admin.new_person", f"{form.name.data} er lagt til, og kan velges til en stilling.")
    return page("ny_person", 422, form=form)


@bp.get("/admin/person/<int:person_id>")
@requires(Do.ADMINISTER)
def show_person(person_id: int) -> Response:
    """Name and addresses of somebody."""
    return _person_page(person_id)


@bp.post("/admin/person/<int:person_id>")
@requires(Do.ADMINISTER)
def change_person(person_id: int) -> Response:
    """Another name or address."""
    form, now = PersonForm(), clock.now()
    if form.validate() and done(
        form, lambda: people.change_person(me().person_id, person_id, _contact(form), now, form.made_from)
    ):
        return back_to("admin.show_person", "Endringen er lagret.", person_id=person_id)
    return _person_page(person_id, form, status=status_of(form))


@bp.post("/admin/person/<int:person_id>/slutter")
@requires(Do.ADMINISTER_ACCOUNTS)
def leave(person_id: int) -> Response:
    """Works here no longer."""
    form = Button()
    if form.validate() and done(form, lambda: people.leave(me().person_id, person_id, clock.now())):
        return back_to("admin.show_users", "Personen er meldt ut. Stillinger og bruker er avsluttet.")
    return _person_page(person_id, refused=list(form.form_errors), status=422)


def _create(form: NewUserForm) -> None:
    who: int | Contact = form.person_id.data or _contact(form)
    username = form.username.data or ""
    password_hash = form.hashed(username)
    duties = [Duty(duty) for duty in form.duties.data or ()]
    people.create_account(me().person_id, who, username, password_hash, duties, clock.now())


def _contact(form: NewUserForm | PersonForm) -> Contact:
    return Contact(form.name.data or "", form.email.data or "", form.phone.data or "")


def _account(account_id: int) -> Account:
    account = auth.reader().get(Account, account_id)
    if account is None:
        raise NotFound(account_id)
    return account


def _duties(account: Account) -> str:
    return ", ".join(title for duty, title in DUTIES.items() if duty in account.duties)


def _new_page(form: NewUserForm, status: int = 200) -> Response:
    _offer(form)
    return page("ny_bruker", status, form=form)


def _offer(form: NewUserForm) -> None:
    tx = auth.reader()
    with_account = set(tx.scalars(select(Account.person_id)))
    rows = [row for row in people_of(organisation.snapshot(tx, clock.now())) if row[0] not in with_account]
    form.person_id.offer(rows, nothing="En ny person")


def _user_page(
    account_id: int,
    duties: DutiesForm | None = None,
    password: PasswordForm | None = None,
    refused: list[str] | None = None,
    status: int = 200,
) -> Response:
    account = _account(account_id)
    duties = duties or DutiesForm(formdata=None, data={"duties": list(account.duties)})
    duties.stands(Account, account_id)
    return page(
        "bruker",
        status,
        account=account,
        person=account.person,
        duties=duties,
        password=password or PasswordForm(formdata=None),
        button=Button(formdata=None),
        refused=refused or [],
    )


def _person_page(
    person_id: int, form: PersonForm | None = None, refused: list[str] | None = None, status: int = 200
) -> Response:
    person = person_or_404(person_id)
    form = form or PersonForm(formdata=None, obj=person)
    form.stands(Person, person_id)
    button = Button(formdata=None) if access.may(me(), Do.ADMINISTER_ACCOUNTS) else None
    return page("person", status, person=person, form=form, button=button, refused=refused or [])
