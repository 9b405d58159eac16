"""/admin: who sees which page, what each form does, and that faults and late arrivals keep what was typed."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from pressedesk import auth, clock, db, organisation
from pressedesk.administration import holders, units
from pressedesk.desk import intake
from pressedesk.models import Absence, Account, OpeningHours, Person, SpecialDay, Target, Topic
from pressedesk.organisation import Presence
from pressedesk.regulation.facts import Facts
from tests.conftest import NOON
from tests.organisation import SYSTEM, Town, sign_in
from tests.pages import Element, PageClient, read

PAGES = {
    "/admin": {"admin", "kis"},
    "/admin/virksomhet/ny": {"admin", "kis"},
    "/admin/virksomhet/{skole}": {"admin", "kis"},
    "/admin/stilling/{rektor}": {"admin", "kis"},
    "/admin/person/ny": {"admin", "kis"},
    "/admin/person/{leder}": {"admin", "kis"},
    "/admin/temaer": {"admin", "kis"},
    "/admin/svarmal": {"admin", "kis"},
    "/admin/brukere": {"admin"},
    "/admin/brukere/ny": {"admin"},
    "/admin/brukere/{konto}": {"admin"},
}


@pytest.fixture
def town_at_noon(town: Town, at_noon: clock.FrozenClock) -> Town:
    """The municipality, at noon on an ordinary Tuesday."""
    return town


def address(path: str, town: Town) -> str:
    return path.format(
        skole=town.units["skole"],
        rektor=town.offices["rektor"],
        leder=town.people["leder"],
        konto=town.accounts["leder"],
    )


def snapshot() -> organisation.Organisation:
    with db.reading() as tx:
        return organisation.snapshot(tx, clock.now())


@pytest.mark.parametrize("username", ["sentralbord", "leder", "radmann", "kis", "kis_adviser", "admin", "auditor"])
def test_who_sees_which_page(town_at_noon: Town, client: PageClient, username: str) -> None:
    """Organisation for administrator and leader of KIS, accounts for the administrator, absence for everybody."""
    sign_in(client, town_at_noon, username)
    for path, who in PAGES.items():
        response = client.get(address(path, town_at_noon))
        assert response.status_code == (200 if username in who else 403), path
    assert client.get("/admin/fravaer").status_code == 200


def test_nobody_comes_in_without_a_log_in(town_at_noon: Town, client: PageClient) -> None:
    """Every page leads to the log-in."""
    for path in [*PAGES, "/admin/fravaer"]:
        assert client.get(address(path, town_at_noon)).status_code == 302, path


def test_no_page_shows_anything_of_an_inquiry(town_at_noon: Town, client: PageClient) -> None:
    """The administrator keeps the house, and sees nothing of what the press asks: not text, caller or reference."""
    facts = Facts.from_json({"level": "unit", "asks": ["facts"]})
    call = intake.Call("Kanari Presse", "Kanarispørsmålet?", facts, "Kanariavisa", unit_id=town_at_noon.units["skole"])
    logged = intake.log_call(town_at_noon.people["sentralbord"], "token", call, NOON)
    sign_in(client, town_at_noon, "admin")
    for path in [*PAGES, "/admin/fravaer"]:
        shown = client.get(address(path, town_at_noon)).get_data(as_text=True)
        assert "anari" not in shown, path
        assert (logged.reference or "PD-") not in shown, path


# --- Organisation ---------------------------------------------------------------------------------------------------


def test_the_tree_shows_what_is_missing(town_at_noon: Town, client: PageClient) -> None:
    """Who holds and who acts, and first what keeps a call from reaching somebody."""
    holders.vacate(SYSTEM, town_at_noon.offices["rektor"], NOON.date() - timedelta(days=1), NOON)
    sign_in(client, town_at_noon, "kis")
    client.submit("/admin/fravaer", f"/admin/fravaer/ute/{town_at_noon.people['annen_leder']}")
    shown = client.get("/admin").get_data(as_text=True)
    for words in (
        "Uten innehaver",
        "Uten stedfortreder",
        "Ingen å få tak i de neste 14 dagene",
        "Stedfortreder svarer",
    ):
        assert words in shown


def test_a_unit_from_start_to_end(town_at_noon: Town, client: PageClient) -> None:
    """Made, renamed, given an office with holder and deputies, and closed."""
    town = town_at_noon
    sign_in(client, town, "admin")
    client.submit(
        "/admin/virksomhet/ny",
        "/admin/virksomhet/ny",
        name="Ny skole",
        kind="unit",
        parent_id=str(town.units["oppvekst"]),
    )
    unit = next(each for each in snapshot().units.values() if each.name == "Ny skole")
    here = f"/admin/virksomhet/{unit.id}"
    assert client.submit(here, here, name="Nyere skole").status_code == 303
    assert (
        client.submit(here, f"{here}/stilling", role="virksomhetsleder", title="Rektor", phone="59 00").status_code
        == 303
    )
    office = next(each for each in snapshot().offices.values() if each.unit_id == unit.id)
    there = f"/admin/stilling/{office.id}"
    assert client.submit(there, f"{there}/innehaver", person_id=str(town.people["inspektor"])).status_code == 303
    deputies = {"deputy_0": str(town.people["arkiv"]), "deputy_2": str(town.people["konto"])}
    assert client.submit(there, f"{there}/stedfortredere", **deputies).status_code == 303
    assert client.submit(there, there, title="Rektor ved Nyere skole").status_code == 303
    org = snapshot()
    assert (org.units[unit.id].name, org.offices[office.id].title) == ("Nyere skole", "Rektor ved Nyere skole")
    assert org.holders[office.id] == (town.people["inspektor"],)
    assert org.deputies[office.id] == (town.people["arkiv"], town.people["konto"])
    assert client.submit(there, f"{there}/ledig", last_on="2026-11-24").status_code == 303
    assert client.submit(there, f"{there}/legg-ned").status_code == 303
    assert client.submit(here, f"{here}/legg-ned").status_code == 303
    assert unit.id not in snapshot().units
    assert client.get(here).status_code == client.get(there).status_code == 404


TWICE = {"password": "en lang setning her", "again": "en lang setning her"}
FAULTS = [  # told as, form, what is typed, what the page says
    ("unit without a name", "/admin/virksomhet/{skole}", {"name": " "}, "Skriv hva virksomheten heter"),
    ("unit with a taken name", "/admin/virksomhet/{skole}", {"name": "KIS"}, "har dette navnet"),
    (
        "unit in the wrong place",
        "/admin/virksomhet/ny",
        {"name": "Ny", "kind": "section"},
        "Velg hva virksomheten skal",
    ),
    (
        "office that is there",
        "/admin/virksomhet/{skole}/stilling",
        {"role": "virksomhetsleder", "title": "Rektor 2"},
        "har allerede en stilling",
    ),
    ("holder without a person", "/admin/stilling/{rektor}/innehaver", {}, "Velg hvem som skal ha stillingen"),
    ("holder from no day", "/admin/stilling/{rektor}/innehaver", {"from_on": "i morgen"}, "Skriv en dato"),
    ("his own deputy", "/admin/stilling/{rektor}/stedfortredere", {"deputy_0": "{leder}"}, "sin egen stedfortreder"),
    ("a list for e-mail", "/admin/person/{leder}", {"email": "a@b.example, c@d.example"}, "Skriv én e-postadresse"),
    ("topic that is there", "/admin/temaer", {"phrase": "Mobbing", "unit_id": "{skole}"}, "har dette temaet fra før"),
    ("target without minutes", "/admin/svarmal/mal", {"minutes": ""}, "Skriv hvor mange minutter"),
    ("target in words", "/admin/svarmal/mal", {"minutes": "fire timer"}, "Skriv et helt tall"),
    ("target too long", "/admin/svarmal/mal", {"minutes": "9999"}, "Svarmålet er et tall"),
    (
        "closes before it opens",
        "/admin/svarmal/apningstid",
        {"opens_0": "15:00", "closes_0": "08:00"},
        "et senere tidspunkt",
    ),
    ("no time at all", "/admin/svarmal/apningstid", {"opens_1": "åtte"}, "Skriv klokkeslettet slik"),
    ("day without a name", "/admin/svarmal/dag", {"day_on": "2026-12-24"}, "Skriv hva dagen er"),
    (
        "absence that ends first",
        "/admin/fravaer",
        {"from_on": "2026-11-30", "to_on": "2026-11-27"},
        "etter at det begynner",
    ),
    ("short password", "/admin/brukere/{konto}/passord", {"password": "kort", "again": "kort"}, "minst 15 tegn"),
    ("two passwords", "/admin/brukere/{konto}/passord", {**TWICE, "again": "en annen setning"}, "ikke like"),
    ("taken username", "/admin/brukere/ny", {"name": "Ny", "username": "leder", **TWICE}, "Brukernavnet er i bruk"),
    ("nobody", "/admin/brukere/ny", {"username": "ny", **TWICE}, "Skriv hva personen heter"),
]


def page_of(form: str) -> str:
    """The page that a form stands on."""
    return re.sub("/(stilling|innehaver|stedfortredere|mal|apningstid|dag|passord)$", "", form)


@pytest.mark.parametrize(("form", "typed", "says"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_faults_are_told_beside_the_field(
    town_at_noon: Town, client: PageClient, form: str, typed: dict[str, str], says: str
) -> None:
    """422, a Norwegian sentence, and what was typed (no password) still there."""
    sign_in(client, town_at_noon, "admin")
    values = {name: address(value, town_at_noon) for name, value in typed.items()}
    here = address(form, town_at_noon)
    response = client.submit(page_of(here), here, **values)
    shown = response.get_data(as_text=True)
    assert (response.status_code, says in shown) == (422, True)
    for name, value in values.items():
        if name not in ("password", "again") and value.strip():
            assert value in shown, name


def test_the_second_of_two_is_told(town_at_noon: Town, client: PageClient) -> None:
    """A form made before somebody else's change answers 409 with the own text, and goes through when sent again."""
    sign_in(client, town_at_noon, "admin")
    here = f"/admin/virksomhet/{town_at_noon.units['skole']}"
    page = client.page(here)
    (form,) = (each for each in page.all("form") if each.get("action") == here)
    data = {each.get("name"): each.get("value") for each in page.inside(form) if each.tag == "input"}
    data |= {"name": "Mitt navn", "parent_id": str(town_at_noon.units["oppvekst"])}
    units.change_unit(SYSTEM, town_at_noon.units["skole"], "Den andres navn", town_at_noon.units["oppvekst"], NOON)
    late = client.post(here, data=data)
    shown = late.get_data(as_text=True)
    assert (late.status_code, "Mitt navn" in shown, "Den andres navn" in shown) == (409, True, True)
    assert snapshot().units[town_at_noon.units["skole"]].name == "Den andres navn"
    data["seen"] = next(each.get("value") for each in read_form(shown, here) if each.get("name") == "seen")
    assert client.post(here, data=data).status_code == 303


def read_form(html: str, action: str) -> list[Element]:
    page = read(html)
    (form,) = (each for each in page.all("form") if each.get("action") == action)
    return page.inside(form)


# --- Absence --------------------------------------------------------------------------------------------------------


def test_out_today_in_two_taps(town_at_noon: Town, client: PageClient) -> None:
    """The switchboard opens the page and presses the button by the name; the deputy answers from then on."""
    rektor, leader = town_at_noon.offices["rektor"], town_at_noon.people["leder"]
    sign_in(client, town_at_noon, "sentralbord")
    client.submit("/admin/fravaer", f"/admin/fravaer/ute/{leader}")
    assert snapshot().reach(rektor).trace[0].presence is Presence.AWAY
    (end,) = (f.get("action") for f in client.page("/admin/fravaer").all("form") if f.get("action").endswith("/slutt"))
    client.submit("/admin/fravaer", end)
    assert snapshot().reach(rektor).person_id == leader


def test_own_absence(town_at_noon: Town, client: PageClient) -> None:
    """Whoever is logged in sees and says it of himself alone, for today or for days to come."""
    sign_in(client, town_at_noon, "leder")
    shown = client.get("/admin/fravaer").get_data(as_text=True)
    assert "Hanne Lie" not in shown
    client.submit("/admin/fravaer", "/admin/fravaer", from_on="2026-11-30", to_on="2026-12-04")
    assert "Du er registrert borte fra mandag 30.11. kl. 00.00 til lørdag 5.12. kl. 00.00" in client.get(
        "/admin/fravaer"
    ).get_data(as_text=True)
    other = town_at_noon.people["annen_leder"]
    token = next(
        each.get("value") for each in client.page("/admin/fravaer").all("input") if each.get("name") == "csrf_token"
    )
    assert client.post(f"/admin/fravaer/ute/{other}", data={"csrf_token": token}).status_code == 403
    assert client.submit("/admin/fravaer", f"/admin/fravaer/{_my_absence(town_at_noon)}/slutt").status_code == 303


def _my_absence(town: Town) -> int:
    with db.reading() as tx:
        return tx.scalars(select(Absence.id).where(Absence.person_id == town.people["leder"])).one()


# --- Topics, targets, hours -----------------------------------------------------------------------------------------


def test_topics_can_be_tried(town_at_noon: Town, client: PageClient) -> None:
    """A new word proposes its unit; taken away, it does not."""
    sign_in(client, town_at_noon, "kis")
    ask = {"prov": "Når blir det leirskole i år?"}
    assert "Ingen av ordene passer" in client.get("/admin/temaer", query_string=ask).get_data(as_text=True)
    client.submit("/admin/temaer", "/admin/temaer", phrase="leirskole", unit_id=str(town_at_noon.units["skole"]))
    assert "på grunn av: leirskole" in client.get("/admin/temaer", query_string=ask).get_data(as_text=True)
    with db.reading() as tx:
        topic = tx.scalars(select(Topic).where(Topic.phrase == "leirskole")).one()
    client.submit("/admin/temaer", f"/admin/temaer/{topic.id}/fjern")
    assert "Ingen av ordene passer" in client.get("/admin/temaer", query_string=ask).get_data(as_text=True)


def test_targets_hours_and_days(town_at_noon: Town, client: PageClient) -> None:
    """What is typed is what counts."""
    sign_in(client, town_at_noon, "admin")
    client.submit("/admin/svarmal", "/admin/svarmal/mal", cases="2", minutes="45", target_from_on="2026-11-24")
    client.submit("/admin/svarmal", "/admin/svarmal/apningstid", from_on="2026-12-01", closes_4="14:00")
    client.submit("/admin/svarmal", "/admin/svarmal/dag", day_on="2026-12-24", note="julaften")
    with db.reading() as tx:
        target = tx.scalars(select(Target).order_by(Target.id.desc())).first()
        hours = tx.scalars(select(OpeningHours).where(OpeningHours.from_on == NOON.date() + timedelta(days=7))).all()
        (day,) = tx.scalars(select(SpecialDay))
    assert target is not None
    assert (target.urgent, target.minutes) == (True, 45)
    assert [row.closes_minute for row in hours] == [930, 930, 930, 930, 840]
    assert (day.note, day.opens_minute) == ("julaften", None)
    client.submit("/admin/svarmal", f"/admin/svarmal/dag/{day.id}/fjern")
    with db.reading() as tx:
        assert tx.scalars(select(SpecialDay)).all() == []


# --- Users ----------------------------------------------------------------------------------------------------------


def test_a_new_user_can_log_in_and_be_shut(town_at_noon: Town, client: PageClient) -> None:
    """Made with duties, another password, shut and opened again; what was typed as password never comes back."""
    sign_in(client, town_at_noon, "admin")
    word = "fire grønne hester"
    made = client.submit(
        "/admin/brukere/ny",
        "/admin/brukere/ny",
        name="Ny Ansatt",
        email="ny@granli.example",
        username="ny",
        password=word,
        again=word,
        duties=["kis_adviser"],
    )
    assert made.status_code == 303
    with db.reading() as tx:
        account = tx.scalars(select(Account).where(Account.username == "ny")).one()
    here = f"/admin/brukere/{account.id}"
    assert account.duties == ["kis_adviser"]
    assert client.submit(here, f"{here}/oppgaver", duties=["auditor"]).status_code == 303
    assert client.submit(here, f"{here}/passord", password=word + "!", again=word + "!").status_code == 303
    assert client.submit(here, f"{here}/steng").status_code == 303
    assert client.submit(here, f"{here}/apne", password=word, again=word).status_code == 303
    with db.reading() as tx:
        account = tx.get_one(Account, account.id)
    assert (account.duties, account.disabled_at) == (["auditor"], None)
    assert auth._verify(account.password_hash, word)


def test_the_last_administrator_stays(town_at_noon: Town, client: PageClient) -> None:
    """He can neither shut himself out nor be left without the duty; the page says why."""
    sign_in(client, town_at_noon, "admin")
    here = f"/admin/brukere/{town_at_noon.accounts['admin']}"
    there = f"/admin/person/{town_at_noon.people['admin']}"
    for page, form in ((here, f"{here}/steng"), (here, f"{here}/oppgaver"), (there, f"{there}/slutter")):
        values = {"duties": []} if form.endswith("oppgaver") else {}
        response = client.submit(page, form, **values)
        assert (response.status_code, "eneste administratoren" in response.get_data(as_text=True)) == (422, True), form


def test_somebody_leaves(town_at_noon: Town, client: PageClient) -> None:
    """Offices and account end; the leader of KIS may change addresses but not send people away."""
    there = f"/admin/person/{town_at_noon.people['leder']}"
    sign_in(client, town_at_noon, "kis")
    assert client.submit(there, there, phone="59 11 22 33").status_code == 303
    assert "Meld ut" not in client.get(there).get_data(as_text=True)
    sign_in(client, town_at_noon, "admin")
    assert client.submit(there, f"{there}/slutter").status_code == 303
    with db.reading() as tx:
        assert tx.get_one(Person, town_at_noon.people["leder"]).left_at == NOON
