"""Topic words propose the unit while the question is typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressedesk.topics import Topic, in_doubt, propose, shared_words

DRIFT, SKOLE, VEI, NAV, BARNEHAGE, HELSE, KULTUR = range(1, 8)
TOPICS = [
    *(Topic(DRIFT, phrase) for phrase in ("vann", "vatn", "lekkasje", "kloakk", "avløp", "renovasjon")),
    *(Topic(SKOLE, phrase) for phrase in ("skole", "skule", "elev", "mobbing", "lærer")),
    *(Topic(VEI, phrase) for phrase in ("vei", "veg", "skolevei", "brøyting", "gatelys", "fylkesvei 24")),
    *(Topic(NAV, phrase) for phrase in ("NAV", "sosialhjelp", "økonomisk sosialhjelp")),
    *(Topic(BARNEHAGE, phrase) for phrase in ("barnehage", "barn")),
    *(Topic(HELSE, phrase) for phrase in ("lege", "sykehjem", "sjukeheim", "kurs", "buss")),
    *(Topic(KULTUR, phrase) for phrase in ("offentlig bad", "bad", "is", "bibliotek", "rom")),
]

FOUND = [  # text, units best first
    ("Hvorfor er det ikke vann i springen?", [DRIFT]),
    ("vannet er borte", [DRIFT]),
    ("VANNLEKKASJEN i Storgata", [DRIFT]),
    ("vasslekkasje", [DRIFT]),
    ("en lekkasje", [DRIFT]),
    ("drikkevannet", [DRIFT]),
    ("vatnet er brunt", [DRIFT]),
    ("skolen", [SKOLE]),
    ("skolene", [SKOLE]),
    ("skoler", [SKOLE]),
    ("skolens rektor", [SKOLE]),
    ("skulane", [SKOLE]),
    ("ungdomsskolen", [SKOLE]),
    ("elevene", [SKOLE]),
    ("elevers", [SKOLE]),
    ("lærerne", [SKOLE]),
    ("lærte", []),  # a verb is not an inflection of the noun
    ("skoleveien", [VEI, SKOLE]),  # the whole compound before its first part
    ("veien er stengt", [VEI]),
    ("grusvegane", [VEI]),
    ("fylkesvei 24", [VEI]),
    ("Fylkesveien 24 er stengt", [VEI]),
    ("Nav-kontoret", [NAV]),
    ("navs regler", [NAV]),
    ("økonomisk sosialhjelp", [NAV]),
    ("barnehagen", [BARNEHAGE]),
    ("barnehageplass", [BARNEHAGE]),
    ("barna", [BARNEHAGE]),
    ("tannlegen", [HELSE]),
    ("sykehjemmet", [HELSE]),
    ("sykehjemmene", [HELSE]),
    ("kurset", [HELSE]),
    ("skolebussen", [HELSE, SKOLE]),
    ("rommet", [KULTUR]),
    ("de offentlige badene", [KULTUR]),
    ("is", [KULTUR]),
    ("", []),
    ("!!! ???", []),
    ("en sak om ingenting", []),
]


@pytest.mark.parametrize(("text", "units"), FOUND)
def test_units_proposed(text, units):
    """Inflections and compounds in bokmål and nynorsk are found, best first."""
    assert [proposal.unit_id for proposal in propose(text, TOPICS)] == units


@pytest.mark.parametrize(
    "text",
    [
        "navn",
        "navnet",
        "politisk",
        "kollegene",
        "savannen",
        "vaner",
        "badminton",
        "veileder",
        "avisen",
        "konkursen",
        "romjul",
        "kvinne",
        "paradis",
    ],
)
def test_short_words_are_not_found_inside_others(text):
    """«nav» is not in «navn», «is» not in «politisk», «lege» not in «kollege»."""
    assert propose(text, TOPICS) == []


def test_both_parts_of_a_compound_count():
    """«vannlekkasjen» speaks for water twice over, so it beats the school where it happened, but stays in doubt."""
    proposals = propose("vannlekkasjen på skolen", TOPICS)
    assert [(p.unit_id, p.words, p.score) for p in proposals] == [
        (DRIFT, ("vannlekkasjen",), 1.15),
        (SKOLE, ("skolen",), 1.0),
    ]
    assert in_doubt(proposals)


def test_a_longer_phrase_is_surer():
    """Two words that stand together say more than one of them."""
    first, *_ = propose("økonomisk sosialhjelp til elever", TOPICS)
    assert (first.unit_id, first.words, first.score) == (NAV, ("økonomisk", "sosialhjelp"), 2.0)


def test_repeating_a_word_does_not_help():
    """Ten times «skole» is one topic; another topic of the same unit adds to it."""
    assert propose("skole " * 10, TOPICS)[0].score == propose("skole", TOPICS)[0].score
    assert propose("mobbing på skolen", TOPICS)[0].score == 2.0


def test_weight_decides_between_equals():
    """The same word at two units: equal is doubt, a weight decides."""
    even = [Topic(1, "park"), Topic(2, "park")]
    assert in_doubt(propose("parken", even))
    assert [p.unit_id for p in propose("parken", even)] == [1, 2]
    tipped = [Topic(1, "park"), Topic(2, "park", weight=2.0)]
    assert [p.unit_id for p in propose("parken", tipped)] == [2, 1]
    assert not in_doubt(propose("parken", tipped))


def test_where_doubt_begins():
    """Three quarters as likely is doubt, less is not."""
    assert in_doubt(propose("park", [Topic(1, "park"), Topic(2, "park", weight=0.75)]))
    assert not in_doubt(propose("park", [Topic(1, "park"), Topic(2, "park", weight=0.74)]))


@pytest.mark.parametrize(("text", "doubt"), [("", False), ("vann", False), ("vann skole", True), ("skoleveien", False)])
def test_doubt(text, doubt):
    """Nothing and one unit are no doubt; two that are nearly even are."""
    assert in_doubt(propose(text, TOPICS)) is doubt


def test_words_are_shown_as_typed():
    """The switchboard sees why a unit is proposed, in the caller's words and once each."""
    (proposal,) = propose("KLOAKK og avløp, kloakken!", TOPICS)
    assert proposal.words == ("KLOAKK", "avløp")


@pytest.mark.parametrize("phrase", ["", " ", "!!", "\u202e"])
def test_an_empty_topic_matches_nothing(phrase):
    """A topic without a letter is no topic."""
    assert propose("hva som helst", [Topic(1, phrase)]) == []


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    st.text(max_size=200), st.lists(st.sampled_from(["vann", "skolen", "veg", "offentlig", "bad", "xyz"]), max_size=6)
)
def test_any_text(noise, words):
    """Any text gives an ordered list, and words around it take nothing from what it said."""
    text = " ".join(words)
    proposals = propose(text, TOPICS)
    assert [p.score for p in proposals] == sorted((p.score for p in proposals), reverse=True)
    louder = {p.unit_id: p.score for p in propose(f"{text} \n {noise}", TOPICS)}
    assert all(louder[p.unit_id] >= p.score for p in proposals)
    assert all(word in f"{text} {noise}" for p in proposals for word in p.words)


@pytest.mark.parametrize("unit", ["vannlekkasje ", "a", "vann", "ø-", "is "])
def test_a_long_text_is_proposed_from(unit):
    """Ten thousand characters against four hundred topics, also hostile ones, give an ordered list."""
    many = TOPICS + [Topic(unit_id, f"{word}{unit_id}") for unit_id in range(8, 380) for word in ("tema",)]
    for text in ((unit * 10_000)[:10_000], " ".join(f"{unit.strip()}{n}" for n in range(700))[:10_000]):
        scores = [proposal.score for proposal in propose(text, many)]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("Hvorfor er vannet brunt på Ådalsbruk?", "Er vann fra Ådalsbruk trygt?", ("vannet", "ådalsbruk")),
        ("Vannlekkasje i sentrum", "Når er lekkasjen i sentrum tettet?", ("vannlekkasje", "sentrum")),
        ("Hva skjer med kommunen?", "Hva skjer med kommunen?", ()),
        ("Skolen, skolens og skoler", "Skolene", ("skolen",)),
        ("Er isen trygg?", "Er politisk uro trygg?", ("trygg",)),
        ("", "Hva koster brøytingen?", ()),
    ],
)
def test_words_that_two_questions_share(one: str, other: str, shared: tuple[str, ...]) -> None:
    """Any inflection and the parts of compounds, each once; never the words of every question."""
    assert shared_words(one, other) == shared
