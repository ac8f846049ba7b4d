"""What Brug proposes from somebody's own words: a title and a kind."""

import pytest

from matcher.vocabulary import NeedKind, OrganisationType
from web.services.recognition import LONGEST_PROPOSED_TITLE, guess_kind, propose_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("onkruid weg", "Onkruid weg"),
        (
            "Beste, wij zoeken een ploeg voor het magazijn. Start in mei.",
            "Een ploeg voor het magazijn",
        ),
        ("Vacature: wij zoeken een kok voor zestig man.", "Een kok voor zestig man"),
        ("Inpakwerk: tweeduizend dozen per week", "Inpakwerk"),
        ("Gras maaien, 2.500 m² per beurt. Wie kan dat?", "Gras maaien, 2.500 m² per beurt"),
        ("...", ""),
    ],
)
def test_a_title_is_the_first_sentence_without_its_greeting(text: str, title: str) -> None:
    assert propose_title(text) == title


def test_a_long_sentence_is_cut_between_words() -> None:
    title = propose_title("woord " * 400)
    assert title.endswith("woord…")
    assert len(title) <= LONGEST_PROPOSED_TITLE + 1


def test_a_text_without_spaces_still_gives_a_title_that_fits() -> None:
    assert len(propose_title("gras " + "x" * 200)) > LONGEST_PROPOSED_TITLE / 2
    assert 0 < len(propose_title("x" * 10_000)) <= LONGEST_PROPOSED_TITLE + 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Het gras rond ons gebouw moet gemaaid worden.", NeedKind.SERVICE),
        ("Wij zoeken 6 mensen met begeleider aan onze inpaklijn.", NeedKind.ENCLAVE),
        ("Vacature: voltijds magazijnier, vast contract.", NeedKind.VACANCY),
        ("Werkplek gezocht voor iemand in Art. 60.", NeedKind.PLACEMENT),
    ],
)
def test_the_kind_is_guessed_from_plain_words(text: str, kind: NeedKind) -> None:
    assert guess_kind(text, OrganisationType.OCMW) is kind


def test_a_company_is_never_proposed_a_placement() -> None:
    text = "Werkplek gezocht voor iemand in Art. 60."
    assert guess_kind(text, OrganisationType.COMPANY) is not NeedKind.PLACEMENT
