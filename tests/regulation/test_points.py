"""Each of the fifteen points as a person would tell it: it applies, it does not, at its edge, and beside another point.

Unless told otherwise a journalist asks for facts, and no single person is concerned (`telling.SETTLED`).
"""

import pytest

from tests.regulation.telling import Case, hold

INSIDE = ["openness", "loyalty", "line_first", "advice_offered"]
PERSONNEL_BANS = ["disclose_confidential_information", "comment_personnel_case"]
CLIENT_BANS = ["disclose_confidential_information", "confirm_client_relationship", "comment_client_case"]

POINT_1 = [
    Case(
        "pressen spør om egen skole: åpenhet minnes det om, og svaret er utgangspunktet",
        {"level": "unit"},
        guidance=INSIDE,
        strands={"administrative": ("virksomhetsleder", "answer", "comment")},
        points=[6],
    ),
    Case("ikke fra pressen: åpenhetsregelen gjelder ikke", {"form": "not_media"}, guidance=["advice_offered"]),
    Case(
        "bare innsyn: også det møtes med åpenhet",
        {"asks": ["documents"], "level": "unit"},
        guidance=INSIDE,
        strands={"documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn")},
    ),
    Case(
        "personalsak: alle kan fortsatt orientere generelt og si nei med grunn",
        {"level": "unit", "personnel": True},
        may=["virksomhetsleder general_info", "virksomhetsleder decline", "radmann decline", "ansatt decline"],
        may_not=["folkevalgt general_info", "ekstern_part decline"],
        shown={
            "virksomhetsleder decline": ("1", "skal", False, ()),
            "folkevalgt decline": ("1", "motsetningsvis", False, ()),
        },
    ),
    Case(
        "i en krise kan lederen som blir ringt opp, fortsatt vise videre",
        {"crisis": True, "level": "unit", "addressed": "virksomhetsleder"},
        may=["virksomhetsleder general_info", "virksomhetsleder decline", "kriseledelse decline"],
        may_not=["virksomhetsleder facts"],
        guidance=[],
    ),
]

POINT_2 = [
    Case("taler for kommunen: råd om lojalitet", {"level": "unit"}, guidance=INSIDE, points=[6]),
    Case("taler for seg selv: ingen slike råd", {"capacities": ["private"]}, guidance=["private_speech_free"]),
    Case("tillitsvalgt: ingen slike råd", {"capacities": ["union"]}, guidance=["role_clarity"]),
    Case(
        "både på jobb og som privatperson: rådet gjelder bare det første, og forbyr ingenting",
        {"capacities": ["official", "private"], "level": "unit"},
        guidance=["openness", "loyalty", "line_first", "private_speech_free", "advice_offered"],
        bans=["require_approval_of_private_statement"],
        points=[6, 8],
    ),
    Case("i en krise gjelder beredskapsreglene", {"crisis": True}, guidance=[]),
]

POINT_3 = [
    Case(
        "vil ordføreren snu? ordføreren svarer",
        {"asks": ["political"], "level": "unit"},
        owner="ordforer",
        co_owners=[],
        strands={"political": ("ordforer", "answer", "comment")},
        bans=["political_comment_by_administration"],
        points=[3],
        gaps=[],
        may=["ordforer political", "ordforer facts"],
        may_not=["radmann political", "varaordforer political", "ordforer assessments"],
        shown={
            "ordforer political": ("3", "skal", False, ()),
            "ordforer facts": ("3", "kan", False, ()),
            "radmann political": ("3", "motsetningsvis", False, ()),
            "varaordforer political": ("3", "motsetningsvis", False, ()),
        },
    ),
    Case(
        "hvorfor rådmannen innstiller slik han gjør, er faglig, ikke politisk",
        {"asks": ["assessment"], "level": "municipality"},
        owner="radmann",
        bans=[],
        may_not=["radmann political", "ordforer facts"],
    ),
    Case(
        "en annen folkevalgt: kontakten formidles, ingen klokke",
        {"asks": ["political"], "capacities": ["elected"]},
        owner=None,
        strands={"elected": (None, "pass_contact", None)},
        points=[3],
        may=["folkevalgt political", "radmann facts"],
        shown={"folkevalgt political": ("3", "kan", False, ())},
        bans=[],
    ),
    Case(
        "ordføreren som folkevalgt er ordføreren",
        {"asks": ["political"], "capacities": ["elected"], "addressed": "ordforer"},
        owner="ordforer",
        strands={"political": ("ordforer", "answer", "comment")},
    ),
    Case(
        "varaordføreren som folkevalgt svarer for seg selv",
        {"asks": ["political"], "capacities": ["elected"], "addressed": "varaordforer"},
        strands={"elected": (None, "pass_contact", None)},
    ),
    Case(
        "både politikk og fakta: ordføreren leder, lederen svarer for fakta",
        {"asks": ["facts", "political"], "level": "unit"},
        owner="ordforer",
        co_owners=["virksomhetsleder"],
        strands={
            "political": ("ordforer", "answer", "comment"),
            "administrative": ("virksomhetsleder", "answer", "comment"),
        },
        gaps=["mixed_inquiry"],
        points=[3, 6],
    ),
    Case(
        "politisk om en sak med en ansatt i: bare i generelle vendinger",
        {"asks": ["political"], "personnel": True},
        strands={"political": ("ordforer", "limited", "comment")},
        may=["ordforer political"],
        may_not=["ordforer facts"],
        points=[3, 13],
    ),
    Case(
        "politisk leserbrev: ordføreren, uten samråd",
        {"form": "letter", "letter_error": True, "letter_political": True},
        owner="ordforer",
        strands={"letter": ("ordforer", "reply_by_letter", "comment")},
        consult={},
        points=[3, 11],
        may=["ordforer letter"],
        shown={"ordforer letter": ("3", "kan", False, ())},
    ),
]

POINT_4 = [
    Case(
        "gjelder hele kommunen",
        {"level": "municipality"},
        owner="radmann",
        co_owners=[],
        points=[4],
        shown={"radmann facts": ("4", "kan", False, ()), "radmann assessments": ("4", "kan", False, ())},
    ),
    Case("vet ikke hvor saken hører hjemme", {"level": None}, owner="radmann", co_owners=[], open=["level"]),
    Case("gjelder én virksomhet: ikke rådmannen", {"level": "unit"}, owner="virksomhetsleder", points=[6]),
    Case("flere sektorer: kommunalsjefene med", {"level": "cross_area"}, owner="radmann", co_owners=["kommunalsjef"]),
    Case(
        "prinsipielt over sektorene: da skal rådmannen",
        {"level": "municipality", "principled": True},
        owner="radmann",
        inform=[],
        forces={"radmann_hele_kommunen": "skal"},
    ),
    Case("ikke prinsipielt: rådmannen kan", {"level": "municipality"}, forces={"radmann_hele_kommunen": "kan"}),
    Case(
        "rådmannen kan svare om alt, også når lederen eier",
        {"level": "section"},
        may=["radmann facts", "radmann assessments"],
        may_not=["radmann political"],
    ),
    Case(
        "bare linja gir fakta",
        {"level": "municipality"},
        shown={
            "arkiv_postmottak facts": ("4", "motsetningsvis", False, ()),
            "varaordforer assessments": ("4", "motsetningsvis", False, ()),
        },
    ),
]

POINT_5 = [
    Case(
        "flere skoler i samme sektor",
        {"level": "area"},
        owner="kommunalsjef",
        points=[5],
        inform=[],
        strands={"administrative": ("kommunalsjef", "answer", "comment")},
        shown={"kommunalsjef facts": ("5", "kan", False, ()), "kommunalsjef assessments": ("5", "kan", False, ())},
    ),
    Case("to sektorer: over kommunalsjefen", {"level": "cross_area"}, owner="radmann"),
    Case("prinsipielt om én skole", {"level": "unit", "principled": True}, owner="kommunalsjef", inform=["radmann"]),
    Case("prinsipielt om én seksjon", {"level": "section", "principled": True}, owner="kommunalsjef"),
    Case(
        "kanskje prinsipielt: kommunalsjefen, men rådmannen varsles ikke på mistanke",
        {"level": "unit", "principled": None},
        owner="kommunalsjef",
        inform=[],
        open=["principled"],
    ),
    Case("prinsipielt i sektoren", {"level": "area", "principled": True}, owner="kommunalsjef", inform=["radmann"]),
    Case(
        "kommunalsjefen blir spurt om hele kommunen",
        {"level": "municipality", "addressed": "kommunalsjef"},
        bans=["speak_outside_own_area"],
        points=[4, 5],
        may_not=["kommunalsjef facts", "kommunalsjef assessments"],
        may=["kommunalsjef decline"],
        shown={"kommunalsjef facts": ("5", "motsetningsvis", False, ())},
    ),
    Case("kommunalsjefen blir spurt om sektoren", {"level": "area", "addressed": "kommunalsjef"}, bans=[]),
    Case("kommunalsjefen blir spurt om et selskap", {"level": "external", "addressed": "kommunalsjef"}, bans=[]),
    Case(
        "kommunalsjefen blir spurt, og ingen vet hva det gjelder",
        {"level": None, "addressed": "kommunalsjef"},
        bans=["speak_outside_own_area"],
        shown={"kommunalsjef facts": ("5", "motsetningsvis", False, ("level",))},
    ),
    Case(
        "kommunalsjefen om en ansatt: nei, uansett område",
        {"level": "area", "personnel": True},
        owner="kommunalsjef",
        points=[5, 13],
        may_not=["kommunalsjef facts"],
    ),
]

POINT_6 = [
    Case(
        "om egen skole: rektor",
        {"level": "unit"},
        owner="virksomhetsleder",
        points=[6],
        consult={"virksomhetsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6")},
        shown={"virksomhetsleder facts": ("6", "kan", False, ()), "seksjonsleder assessments": ("6", "kan", False, ())},
    ),
    Case("om én seksjon: seksjonslederen", {"level": "section"}, owner="seksjonsleder"),
    Case("flere virksomheter: ikke lederen", {"level": "area"}, owner="kommunalsjef", consult={}),
    Case(
        "rektor er i tvil: må spørre før hun svarer",
        {"level": "unit", "in_doubt": True},
        owner="virksomhetsleder",
        consult={"virksomhetsleder": (["radmann", "kommunalsjef"], "before_answer", "6")},
        shown={
            "virksomhetsleder facts": ("6", "kan", False, ("consultation",)),
            "virksomhetsleder assessments": ("6", "kan", False, ("consultation",)),
            "virksomhetsleder general_info": ("1", "skal", False, ()),
            "kommunalsjef facts": ("5", "kan", False, ()),
        },
    ),
    Case(
        "journalisten ba om rektor, men saken er sektorens: plikten gjelder rektor også",
        {"level": "area", "addressed": "virksomhetsleder", "in_doubt": True},
        owner="kommunalsjef",
        consult={"virksomhetsleder": (["radmann", "kommunalsjef"], "before_answer", "6")},
        bans=["speak_outside_own_area"],
        points=[5, 6],
        may_not=["virksomhetsleder facts"],
        shown={"virksomhetsleder facts": ("6", "motsetningsvis", False, ())},
    ),
    Case(
        "seksjonslederen blir spurt om virksomheten",
        {"level": "unit", "addressed": "seksjonsleder"},
        bans=["speak_outside_own_area"],
        may_not=["seksjonsleder assessments"],
        consult={
            "virksomhetsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6"),
            "seksjonsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6"),
        },
    ),
    Case("rektor blir spurt om en seksjon hos seg", {"level": "section", "addressed": "virksomhetsleder"}, bans=[]),
    Case("seksjonslederen blir spurt om sin seksjon", {"level": "section", "addressed": "seksjonsleder"}, bans=[]),
    Case(
        "råd fra KIS er ikke det samme som å spørre kommunalsjefen",
        {"level": "unit", "in_doubt": True, "unavailable": ["kommunalsjef"]},
        consult={"virksomhetsleder": (["radmann"], "before_answer", "6")},
    ),
]

AN_EMPLOYEE = {"level": "unit", "addressed": "ansatt", "own_field": True}
POINT_7 = [
    Case(
        "spurt om fakta i eget fagfelt",
        AN_EMPLOYEE,
        owner="ansatt",
        points=[7],
        bans=[],
        may=["ansatt facts", "ansatt general_info"],
        may_not=["ansatt assessments", "ansatt political"],
        conditions={"ansatt facts": "own_field", "ansatt decline": None},
        shown={
            "ansatt facts": ("7", "kan", False, ()),
            "ansatt assessments": ("7", "skal_ikke", False, ("agreement",)),
        },
    ),
    Case("spurt om fakta i egen seksjon", {**AN_EMPLOYEE, "level": "section"}, owner="ansatt"),
    Case("ingen spurte den ansatte", {**AN_EMPLOYEE, "addressed": None}, owner="virksomhetsleder", points=[6]),
    Case("ikke sagt hva det spørres om", {**AN_EMPLOYEE, "asks": []}, owner="virksomhetsleder"),
    Case("bare bilder", {**AN_EMPLOYEE, "asks": ["images"]}, owner="virksomhetsleder"),
    Case("sektorens sak", {**AN_EMPLOYEE, "level": "area"}, owner="kommunalsjef"),
    Case("prinsipielt", {**AN_EMPLOYEE, "principled": True}, owner="kommunalsjef"),
    Case("kanskje prinsipielt", {**AN_EMPLOYEE, "principled": None}, owner="kommunalsjef"),
    Case("om en kollega", {**AN_EMPLOYEE, "personnel": True}, owner="virksomhetsleder", points=[6, 13]),
    Case("kanskje om en kollega", {**AN_EMPLOYEE, "personnel": None}, owner="virksomhetsleder"),
    Case(
        "utenfor eget fagfelt",
        {**AN_EMPLOYEE, "own_field": False},
        owner="virksomhetsleder",
        bans=["facts_outside_own_field"],
        points=[6, 7],
        may_not=["ansatt facts"],
        shown={"ansatt facts": ("7", "motsetningsvis", False, ())},
    ),
    Case(
        "uvisst om det er eget fagfelt",
        {**AN_EMPLOYEE, "own_field": None},
        owner="virksomhetsleder",
        bans=["facts_outside_own_field"],
        open=["own_field"],
        shown={"ansatt facts": ("7", "motsetningsvis", False, ("own_field",))},
    ),
    Case(
        "spurt om en vurdering uten avtale",
        {**AN_EMPLOYEE, "asks": ["facts", "assessment"]},
        owner="virksomhetsleder",
        bans=["assessment_by_employee"],
        points=[6, 7],
        consult={
            "ansatt": (["virksomhetsleder"], "before_answer", "7"),
            "virksomhetsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6"),
        },
        shown={"ansatt facts": ("7", "kan", False, ())},
        may_not=["ansatt assessments"],
    ),
    Case(
        "en generell avtale er ikke særskilt",
        {**AN_EMPLOYEE, "asks": ["assessment"], "agreement": "general", "level": "section"},
        bans=["assessment_by_employee"],
        consult={
            "seksjonsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6"),
            "ansatt": (["seksjonsleder"], "before_answer", "7"),
        },
        shown={"ansatt assessments": ("7", "skal_ikke", False, ("agreement",))},
    ),
    Case(
        "særskilt avtalt: vurderingen kan gis, men lederen eier",
        {**AN_EMPLOYEE, "asks": ["assessment"], "agreement": "specific"},
        owner="virksomhetsleder",
        bans=[],
        points=[6, 7],
        conditions={"ansatt facts": "own_field", "ansatt assessments": "specific_agreement"},
        shown={"ansatt assessments": ("7", "kun_etter", False, ())},
        consult={"virksomhetsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6")},
    ),
    Case(
        "en annen enn den ansatte er spurt om vurderingen",
        {"level": "unit", "asks": ["assessment"], "addressed": "virksomhetsleder"},
        bans=[],
        points=[6],
        may_not=["ansatt assessments"],
    ),
]

POINT_8 = [
    Case(
        "spurt som privatperson: kontakten formidles",
        {"capacities": ["private"]},
        owner=None,
        strands={"private": (None, "pass_contact", None)},
        points=[8],
        bans=["require_approval_of_private_statement"],
        may=["ansatt facts", "ansatt assessments", "ansatt political", "privatperson political"],
        shown={"ansatt political": ("8", "kan", False, ())},
        consult={},
        sources=[["8"]],
    ),
    Case("spurt som ansatt", {"level": "unit"}, points=[6], bans=[]),
    Case(
        "en privatperson er ringt, og ingen har sagt noe om rollen",
        {"addressed": "privatperson"},
        strands={"private": (None, "pass_contact", None)},
    ),
    Case(
        "rollen er uavklart: leses som ansatt, men friheten minnes det om",
        {"capacities": None, "level": "unit"},
        owner="virksomhetsleder",
        guidance=["openness", "loyalty", "line_first", "private_speech_free", "role_clarity", "advice_offered"],
        open=["capacities"],
    ),
    Case(
        "rollen er uavklart, men det er en privatperson som er ringt: begge frihetene minnes det om",
        {"capacities": [], "addressed": "privatperson"},
        strands={"private": (None, "pass_contact", None)},
        guidance=["private_speech_free", "role_clarity"],
        open=["capacities"],
    ),
    Case(
        "som privatperson i en krise: utenfor krisen",
        {"capacities": ["private"], "crisis": True},
        strands={"private": (None, "pass_contact", None)},
        points=[8],
    ),
    Case(
        "taushetsplikten følger med hjem",
        {"capacities": ["private"], "client_case": True},
        may_not=["ansatt facts", "privatperson facts"],
        may=["ansatt political", "ekstern_part facts"],
        shown={"privatperson facts": ("fvl_13", "lov", False, ())},
    ),
    Case(
        "i to roller: to delspørsmål",
        {"capacities": ["official", "private"], "level": "unit"},
        owner="virksomhetsleder",
        strands={
            "administrative": ("virksomhetsleder", "answer", "comment"),
            "private": (None, "pass_contact", None),
        },
    ),
]

POINT_9 = [
    Case("taler for kommunen: råd om linja", {"level": "unit"}, guidance=INSIDE, bans=[], points=[6]),
    Case("privatperson: ingen slike råd", {"capacities": ["private"]}, guidance=["private_speech_free"]),
    Case("en annen folkevalgt: ingen slike råd", {"capacities": ["elected"]}, guidance=[]),
    Case(
        "rådet nekter ingen noe",
        {"level": "unit", "accusation": True},
        guidance=[*INSIDE, "meet_accusation"],
        bans=[],
        may=["virksomhetsleder facts", "virksomhetsleder assessments"],
    ),
]

POINT_10 = [
    Case(
        "som tillitsvalgt: kontakten formidles",
        {"capacities": ["union"]},
        owner=None,
        strands={"union": (None, "pass_contact", None)},
        points=[10],
        guidance=["role_clarity"],
        bans=["require_approval_of_private_statement"],
        may=["tillitsvalgt assessments"],
        shown={"tillitsvalgt assessments": ("10", "kan", False, ())},
    ),
    Case("som ansatt", {"level": "unit"}, bans=[], points=[6]),
    Case(
        "ringer den tillitsvalgte uten å si noe om rollen",
        {"addressed": "tillitsvalgt"},
        strands={"union": (None, "pass_contact", None)},
    ),
    Case(
        "både som ansatt og som tillitsvalgt: to delspørsmål, aldri samme person",
        {"capacities": ["official", "union"], "level": "unit"},
        owner="virksomhetsleder",
        strands={
            "administrative": ("virksomhetsleder", "answer", "comment"),
            "union": (None, "pass_contact", None),
        },
        bans=["mix_union_and_employee", "require_approval_of_private_statement"],
        points=[6, 10],
    ),
    Case(
        "tillitsvalgt og privatperson: ingen rolle i kommunen å blande",
        {"capacities": ["union", "private"]},
        bans=["require_approval_of_private_statement"],
        points=[8, 10],
        shown={"ansatt facts": ("8", "kan", False, ())},
    ),
    Case(
        "tillitsvalgt og folkevalgt: svaret viser til punkt 10",
        {"capacities": ["union", "elected"]},
        points=[3, 10],
        shown={"ansatt facts": ("10", "kan", False, ())},
    ),
    Case(
        "tillitsvalgt i en krise: utenfor krisen",
        {"capacities": ["official", "union"], "crisis": True},
        strands={
            "crisis": ("kriseledelse", "crisis_leadership", "comment"),
            "union": (None, "pass_contact", None),
        },
        bans=["mix_union_and_employee", "require_approval_of_private_statement", "normal_press_routing"],
        points=[10, 15],
    ),
]

A_LETTER = {"form": "letter", "asks": [], "level": "unit"}
POINT_11 = [
    Case(
        "et leserbrev med meninger: besvares ikke",
        A_LETTER,
        owner="virksomhetsleder",
        strands={"letter": ("virksomhetsleder", "no_reply", None)},
        bans=["reply_to_letter"],
        points=[6, 11],
        may_not=["virksomhetsleder letter", "radmann letter"],
        shown={"radmann letter": ("11", "skal_som_hovedregel_ikke", True, ("consultation", "deviation"))},
        consult={"virksomhetsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6")},
    ),
    Case(
        "en faktafeil kan imøtegås, etter samråd",
        {**A_LETTER, "letter_error": True, "level": "area"},
        strands={"letter": ("kommunalsjef", "reply_by_letter", "comment")},
        bans=["reply_to_opinions_in_letter", "reply_to_letter_without_consultation"],
        points=[5, 11],
        may=["kommunalsjef letter", "radmann letter", "seksjonsleder letter", "virksomhetsleder letter"],
        may_not=["ansatt letter", "ordforer letter", "arkiv_postmottak letter"],
        shown={
            "kommunalsjef letter": ("11", "kun_etter", False, ("consultation",)),
            "kommunalsjef facts": ("5", "kan", False, ()),
            "ansatt letter": ("11", "motsetningsvis", False, ()),
        },
        conditions={"kommunalsjef letter": "after_consultation", "radmann letter": "after_consultation"},
        consult={"kommunalsjef": (["radmann"], "before_answer", "11")},
    ),
    Case(
        "en journalist spør om et leserbrev: det er et spørsmål fra pressen",
        {"level": "unit", "letter_error": True},
        strands={"administrative": ("virksomhetsleder", "answer", "comment")},
        guidance=[*INSIDE, "correct_in_newsroom"],
        bans=[],
        may_not=["radmann letter"],
        shown={"radmann letter": ("11", "motsetningsvis", False, ())},
    ),
    Case(
        "rådmannen skriver: samråd med kommunalsjefen, ikke med seg selv",
        {**A_LETTER, "letter_error": True, "level": "municipality", "letter_author": "radmann"},
        consult={"radmann": (["kommunalsjef"], "before_answer", "11")},
    ),
    Case(
        "seksjonslederen skriver for virksomheten",
        {**A_LETTER, "letter_error": True, "level": "area", "letter_author": "seksjonsleder"},
        consult={"seksjonsleder": (["radmann", "kommunalsjef"], "before_answer", "11")},
    ),
    Case(
        "den leserbrevet handler om, skriver ikke: eieren gjør det",
        {**A_LETTER, "letter_error": True, "letter_author": "virksomhetsleder", "subject": "virksomhetsleder"},
        owner="kommunalsjef",
        consult={"kommunalsjef": (["radmann"], "before_answer", "11")},
    ),
    Case(
        "en ansatt kan ikke være den som skriver: eieren gjør det",
        {**A_LETTER, "letter_error": True, "level": "area", "letter_author": "ansatt"},
        consult={"kommunalsjef": (["radmann"], "before_answer", "11")},
    ),
    Case(
        "leserbrev om en ansatt: besvares ikke, feil eller ei",
        {**A_LETTER, "letter_error": True, "personnel": True},
        strands={"letter": ("virksomhetsleder", "no_reply", None)},
        may_not=["radmann letter"],
        shown={"radmann letter": ("fvl_13", "lov", False, ())},
    ),
    Case(
        "leserbrev om en bruker: besvares ikke",
        {**A_LETTER, "letter_error": True, "client_case": True},
        strands={"letter": ("virksomhetsleder", "no_reply", None)},
    ),
    Case(
        "leserbrev om en åpen plansak",
        {**A_LETTER, "letter_error": True, "client_case": True, "case_public": True},
        strands={"letter": ("virksomhetsleder", "reply_by_letter", "comment")},
    ),
    Case(
        "kanskje om en ansatt: svar er mulig, når det er avklart",
        {**A_LETTER, "letter_error": True, "personnel": None},
        strands={"letter": ("virksomhetsleder", "reply_by_letter", "comment")},
        shown={"radmann letter": ("fvl_13", "lov", False, ("personnel",))},
    ),
    Case(
        "dokumentene brevet nevner: et eget delspørsmål, det andre som ble spurt om, leses ikke",
        {**A_LETTER, "asks": ["documents", "political", "assessment"]},
        strands={
            "letter": ("virksomhetsleder", "no_reply", None),
            "documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn"),
        },
    ),
    Case("en ansatt eier aldri et leserbrev", {**AN_EMPLOYEE, "form": "letter"}, owner="virksomhetsleder"),
]

POINT_12 = [
    Case(
        "brukeren har gitt skriftlig fritak: bør likevel ikke, men avvik er mulig",
        {"level": "unit", "client_case": True, "waiver": "written"},
        owner="virksomhetsleder",
        strands={"administrative": ("virksomhetsleder", "limited", "comment")},
        bans=["comment_client_case"],
        points=[6, 12],
        may_not=["virksomhetsleder facts"],
        may=["virksomhetsleder general_info", "ordforer decline"],
        shown={"virksomhetsleder facts": ("12", "bor_ikke", True, ("consultation", "deviation"))},
        sources=[["6", "12"]],
    ),
    Case(
        "uten fritak: loven, uten avvik, og ikke engang at saken finnes",
        {"level": "unit", "client_case": True},
        strands={"administrative": ("virksomhetsleder", "limited", "comment")},
        bans=CLIENT_BANS,
        shown={"virksomhetsleder facts": ("fvl_13", "lov", False, ())},
    ),
    Case(
        "bare muntlig fritak: som uten",
        {"level": "unit", "client_case": True, "waiver": "partial"},
        bans=CLIENT_BANS,
    ),
    Case("ingen bruker: ingen grense", {"level": "unit"}, bans=[], may=["virksomhetsleder facts"]),
    Case(
        "kanskje en bruker: verner som ja",
        {"level": "unit", "client_case": None},
        strands={"administrative": ("virksomhetsleder", "limited", "comment")},
        bans=CLIENT_BANS,
        shown={"virksomhetsleder facts": ("fvl_13", "lov", False, ("client_case",))},
        open=["client_case"],
    ),
    Case(
        "en åpen byggesak er ingen brukersak",
        {"level": "unit", "client_case": True, "case_public": True},
        strands={"administrative": ("virksomhetsleder", "answer", "comment")},
        bans=[],
        may=["virksomhetsleder facts"],
    ),
    Case(
        "dokumentene i saken: loven avgjør, ikke punkt 12",
        {"asks": ["documents"], "client_case": True, "waiver": "written"},
        strands={"documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn")},
        bans=["comment_client_case", "refuse_documents_by_press_rules"],
    ),
    Case(
        "ordføreren er ikke bundet av punkt 12, men av loven",
        {"asks": ["political"], "client_case": True, "waiver": "written"},
        strands={"political": ("ordforer", "limited", "comment")},
        may=["ordforer facts"],
        may_not=["radmann facts"],
    ),
    Case(
        "om en bruker, og til politisk behandling: punkt 12 er grunnen",
        {"level": "unit", "client_case": True, "political_process": True, "asks": ["assessment"]},
        sources=[["6", "12"]],
    ),
    Case(
        "på egen konto, om en bruker: bare generelt",
        {"form": "own_account", "client_case": True},
        strands={"own_account": ("kontoadministrator", "limited", "comment")},
    ),
]

POINT_13 = [
    Case(
        "en oppsigelse, den ansatte samtykker: avslås likevel",
        {"level": "unit", "personnel": True, "waiver": "written"},
        owner="virksomhetsleder",
        strands={"administrative": ("virksomhetsleder", "decline", "comment")},
        bans=PERSONNEL_BANS,
        points=[6, 13],
        may_not=["virksomhetsleder facts", "radmann facts", "kriseledelse facts"],
        shown={"radmann assessments": ("fvl_13", "lov", False, ())},
        sources=[["6", "13"]],
    ),
    Case("om bemanningen, ikke om noen: ingen grense", {"level": "unit"}, bans=[]),
    Case(
        "kanskje om en ansatt: bare generelt til det er avklart",
        {"level": "unit", "personnel": None},
        strands={"administrative": ("virksomhetsleder", "limited", "comment")},
        bans=PERSONNEL_BANS,
        shown={"virksomhetsleder facts": ("fvl_13", "lov", False, ("personnel",))},
        open=["personnel"],
    ),
    Case(
        "bare dokumenter: punkt 13 rører ikke innsynet",
        {"asks": ["documents"], "personnel": True},
        strands={"documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn")},
        bans=["disclose_confidential_information", "refuse_documents_by_press_rules"],
        points=[],
    ),
    Case(
        "dokumenter og fakta",
        {"asks": ["documents", "facts"], "level": "unit", "personnel": True},
        strands={
            "administrative": ("virksomhetsleder", "decline", "comment"),
            "documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn"),
        },
        bans=[*PERSONNEL_BANS, "refuse_documents_by_press_rules"],
    ),
    Case(
        "på egen konto: avslås",
        {"form": "own_account", "personnel": True},
        strands={"own_account": ("kontoadministrator", "decline", "comment")},
    ),
    Case(
        "både en ansatt og en bruker: personalsaken avgjør utfallet",
        {"level": "unit", "personnel": True, "client_case": True},
        strands={"administrative": ("virksomhetsleder", "decline", "comment")},
        points=[6, 12, 13],
    ),
    Case(
        "i en krise gjelder loven, ikke punkt 13",
        {"crisis": True, "personnel": True},
        bans=["disclose_confidential_information", "normal_press_routing"],
        points=[15],
        shown={"kriseledelse facts": ("fvl_13", "lov", False, ())},
    ),
]

KIS = "virksomhetsleder_kis"
KIS_OWN_SECTION = {"level": "section", "addressed": KIS, "own_field": True}
POINT_14 = [
    Case("råd tilbys den som taler for kommunen", {"level": "unit"}, guidance=INSIDE, points=[6]),
    Case("råd tilbys også når det ikke er pressen", {"form": "not_media"}, guidance=["advice_offered"], points=[]),
    Case("privatperson: kommunen blander seg ikke", {"capacities": ["private"]}, guidance=["private_speech_free"]),
    Case(
        "lederen for KIS taler ikke for skolen",
        {"level": "unit", "addressed": KIS},
        owner="virksomhetsleder",
        bans=["speak_for_other_units"],
        points=[6, 14],
        may_not=[f"{KIS} facts", f"{KIS} assessments"],
        may=[f"{KIS} general_info", f"{KIS} decline"],
        shown={f"{KIS} facts": ("14", "motsetningsvis", False, ())},
        consult={"virksomhetsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6")},
    ),
    Case(
        "lederen for KIS om servicekontoret: en leder som andre",
        {"level": "section", "addressed": KIS, "own_field": True},
        owner="seksjonsleder",
        bans=[],
        points=[6],
        may=[f"{KIS} facts", f"{KIS} assessments"],
        consult={
            "virksomhetsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6"),
            "seksjonsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6"),
        },
    ),
    Case(
        "lederen for KIS om hele sektoren",
        {"level": "area", "addressed": KIS, "own_field": True},
        bans=["speak_for_other_units"],
        consult={},
        points=[5, 14],
    ),
    Case(
        "uvisst om det er hans virksomhet",
        {"level": "unit", "addressed": KIS, "own_field": None},
        bans=["speak_for_other_units"],
        open=["own_field"],
        shown={f"{KIS} facts": ("14", "motsetningsvis", False, ("own_field",))},
    ),
    Case(
        "om lederen for KIS selv, i hans egen virksomhet",
        {"level": "unit", "addressed": KIS, "own_field": True, "subject": KIS},
        owner="kommunalsjef",
        gaps=["subject"],
        may_not=[f"{KIS} facts", "virksomhetsleder facts"],
    ),
    Case(
        "om lederen for KIS, og det er ikke utelukket at det er hans virksomhet",
        {"level": "unit", "addressed": KIS, "own_field": None, "subject": KIS},
        owner="kommunalsjef",
    ),
    Case(
        "om lederen for KIS, men om en annen virksomhet",
        {"level": "unit", "addressed": KIS, "own_field": False, "subject": KIS},
        owner="virksomhetsleder",
        gaps=[],
    ),
    Case(
        "om lederen for KIS, på sektornivå",
        {"level": "area", "addressed": KIS, "own_field": True, "subject": KIS},
        owner="kommunalsjef",
        gaps=[],
    ),
    Case(
        "lederen for KIS i tvil om sin egen virksomhet",
        {"level": "unit", "addressed": KIS, "own_field": True, "in_doubt": True},
        shown={f"{KIS} facts": ("6", "kan", False, ("consultation",))},
    ),
    Case(
        "lederen for KIS skriver leserbrev om sin egen virksomhet",
        {**A_LETTER, **KIS_OWN_SECTION, "letter_error": True, "letter_author": KIS},
        may=[f"{KIS} letter"],
        points=[6, 11],
    ),
]

POINT_15 = [
    Case(
        "kriseledelsen er satt",
        {"crisis": True, "level": "unit", "asks": ["facts", "political", "assessment"]},
        owner="kriseledelse",
        co_owners=[],
        inform=["ordforer"],
        strands={"crisis": ("kriseledelse", "crisis_leadership", "comment")},
        bans=["normal_press_routing"],
        points=[15],
        guidance=[],
        consult={},
        may=["kriseledelse facts", "kriseledelse assessments", "ordforer facts", "ordforer political"],
        may_not=["radmann facts", "ordforer assessments", "kriseledelse political", "virksomhetsleder assessments"],
        shown={
            "kriseledelse facts": ("15", "skal", False, ()),
            "ordforer political": ("3.3", "kan", False, ()),
            "radmann facts": ("15", "motsetningsvis", False, ()),
            "radmann political": ("15", "motsetningsvis", False, ()),
            "radmann letter": ("15", "motsetningsvis", False, ()),
        },
    ),
    Case("en alvorlig hendelse, men ingen kriseledelse", {"important": True, "level": "unit"}, points=[6]),
    Case(
        "kriseledelsen har gitt saken tilbake",
        {"crisis": True, "crisis_released": True, "level": "unit"},
        owner="virksomhetsleder",
        gaps=["crisis_release"],
        points=[6],
        bans=[],
        inform=[],
    ),
    Case("frigitt uten krise betyr ingenting", {"crisis_released": True, "level": "unit"}, gaps=[], points=[6]),
    Case(
        "innsyn i krisen: loven gjelder",
        {"crisis": True, "asks": ["documents"]},
        owner="arkiv_postmottak",
        strands={"documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn")},
        bans=["refuse_documents_by_press_rules", "normal_press_routing"],
        inform=[],
        may=["arkiv_postmottak general_info", "arkiv_postmottak decline"],
        shown={
            "arkiv_postmottak general_info": ("offl_3", "lov", False, ()),
            "arkiv_postmottak decline": ("offl_3", "lov", False, ()),
        },
    ),
    Case(
        "fakta og innsyn i krisen",
        {"crisis": True, "asks": ["documents", "facts"]},
        owner="kriseledelse",
        inform=["ordforer"],
        strands={
            "crisis": ("kriseledelse", "crisis_leadership", "comment"),
            "documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn"),
        },
    ),
    Case(
        "andre folkevalgte står utenfor, også i en krise",
        {"crisis": True, "capacities": ["elected"]},
        owner=None,
        strands={"elected": (None, "pass_contact", None)},
        points=[3],
        inform=[],
    ),
    Case(
        "en krise slår leserbrevet og rådmannen",
        {"crisis": True, "form": "letter", "subject": "radmann", "unavailable": ["kriseledelse"]},
        strands={"crisis": ("kriseledelse", "crisis_leadership", "comment")},
        gaps=[],
    ),
    Case(
        "i en krise er også det som ikke kommer fra pressen, kriseledelsens",
        {"crisis": True, "form": "not_media"},
        strands={"crisis": ("kriseledelse", "crisis_leadership", "comment")},
    ),
]

POINTS = [
    POINT_1,
    POINT_2,
    POINT_3,
    POINT_4,
    POINT_5,
    POINT_6,
    POINT_7,
    POINT_8,
    POINT_9,
    POINT_10,
    POINT_11,
    POINT_12,
    POINT_13,
    POINT_14,
    POINT_15,
]
TOLD = [pytest.param(case, id=f"{number}-{case}") for number, cases in enumerate(POINTS, 1) for case in cases]


@pytest.mark.parametrize("case", TOLD)
def test_the_point_holds(case: Case) -> None:
    """Each point decides what its text says, and nothing else."""
    hold(case)


@pytest.mark.parametrize("cases", POINTS)
def test_every_point_is_told_four_times(cases: list[Case]) -> None:
    """A point is seen to apply, not to apply, at its edge and beside another point."""
    assert len(cases) >= 4
