"""/reglement/prov: any combination of facts, and everything that the regulation says of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, render_template, request, url_for

from pressedesk import clock, formats, rules
from pressedesk.access import Do
from pressedesk.auth import requires
from pressedesk.models import DecisionRecord
from pressedesk.regulation.facts import FIELDS, Facts
from pressedesk.regulation.findings import Decision
from pressedesk.regulation.vocabulary import NO, YES, Ask, Capacity, Level, Role, Statement
from pressedesk.views.reglement.facts_form import GROUPS, Asked, form_of, query_of, read
from pressedesk.views.reglement.routes import bp
from pressedesk.views.words import DecisionWords, Sayable, decision_words, listed, sayable, source_name

EXAMPLES = (  # told as, facts
    ("Fakta om én virksomhet", Facts(asks=frozenset({Ask.FACTS}), level=Level.UNIT, personnel=NO, client_case=NO)),
    (
        "Politisk svar og fakta om flere sektorer",
        Facts(asks=frozenset({Ask.FACTS, Ask.POLITICAL}), level=Level.CROSS_AREA, personnel=NO, client_case=NO),
    ),
    (
        "En ansatt spurt om sin vurdering, også som tillitsvalgt",
        Facts(
            asks=frozenset({Ask.ASSESSMENT}),
            level=Level.UNIT,
            addressed=Role.ANSATT,
            own_field=YES,
            capacities=frozenset({Capacity.OFFICIAL, Capacity.UNION}),
            personnel=NO,
            client_case=NO,
        ),
    ),
    ("Ingen vet hvor det hører hjemme, eller om det gjelder noen", Facts(asks=frozenset({Ask.FACTS}))),
)


# ── The result ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Row:
    """One strand of the decision in words."""

    kind: str
    owner: str
    outcome: str
    clock: str
    sources: str


@dataclass(frozen=True)
class Result:
    """Everything the regulation says of these facts. `still`: what could change it, as anchor and question."""

    owner: str
    co_owners: str
    inform: str
    points: str
    rows: list[Row]
    words: DecisionWords
    still: list[tuple[str, str]]
    speaker: str
    sayable: list[Sayable]
    json_url: str


def _result(asked: Asked, facts: Facts) -> Result:
    decision, now = rules.route(facts), clock.now()
    record = DecisionRecord(
        made_at=now, regulation=decision.regulation, facts=facts.to_json(), decision=decision.to_json()
    )
    return Result(
        owner=decision.owner.label if decision.owner else "ingen, for kontakten formidles eller brevet blir stående",
        co_owners=listed(role.label for role in decision.co_owners),
        inform=listed(role.label for role in decision.inform),
        points=listed(str(point) for point in decision.points),
        rows=list(_rows(decision)),
        words=decision_words(record, now),
        still=[(f"{name}-0", FIELDS[name].question) for name in rules.still_matters(facts)],
        speaker=asked.role.label if asked.role else "",
        sayable=list(_sayable(asked, facts)),
        json_url=f"{url_for('reglement.try_json')}?{query_of(facts)}",
    )


def _rows(decision: Decision) -> Iterator[Row]:
    for strand in decision.strands:
        yield Row(
            kind=formats.capital(strand.kind.label),
            owner=strand.owner.label if strand.owner else "ingen",
            outcome=strand.outcome.label,
            clock=strand.clock.label if strand.clock else "ingen",
            sources=listed(source_name(source) for source in strand.sources),
        )


def _sayable(asked: Asked, facts: Facts) -> Iterator[Sayable]:
    """What the chosen role may state: the chosen statement, or every one."""
    if asked.role:
        for kind in [asked.statement] if asked.statement else Statement:
            permission = rules.may_state(asked.role, facts, kind)
            yield sayable(kind, permission, permission.needs)


# ── The routes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@bp.get("/reglement/prov")
@requires(Do.READ_RULES)
def try_out() -> str | tuple[str, int]:
    """The form, and under an address with facts in it what comes of them."""
    asked = read(request.args)
    result = _result(asked, asked.facts) if request.args and asked.facts else None
    page = render_template(
        "reglement/prov.html",
        form=form_of(request.args, asked.wrong),
        groups=GROUPS,
        lists=[name for name, fact in FIELDS.items() if fact.many],
        hints={name: fact.hint for name, fact in FIELDS.items()},
        wrong=asked.wrong.get("", ""),
        result=result,
        examples=[(title, f"{url_for('.try_out')}?{query_of(facts)}") for title, facts in EXAMPLES],
    )
    return (page, HTTPStatus.UNPROCESSABLE_ENTITY) if asked.wrong else page


@bp.get("/reglement/prov.json")
@requires(Do.READ_RULES)
def try_json() -> Response:
    """The decision on the same facts, the very bytes that the command `route` prints."""
    asked = read(request.args)
    if asked.facts is None:
        body: dict[str, Any] = {"feil": asked.wrong}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    else:
        body, status = rules.route(asked.facts).to_json(), HTTPStatus.OK
    return Response(json.dumps(body, ensure_ascii=False).encode() + b"\n", status, mimetype="application/json")
