"""The glossary explains each term once, and words link to it."""

from markupsafe import Markup

from play.glossary import Linked, Term, glossary

TERMS = (Term("die", "die", ("dies",), "…"), Term("die-bank", "die bank", (), "…"))


def test_every_term_has_a_key_of_its_own_and_is_explained_in_a_sentence():
    terms = glossary()
    assert len({term.key for term in terms}) == len(terms)
    assert all(term.text.endswith(".") and len(term.text) > 40 for term in terms)


def test_no_spelling_means_two_things():
    spellings = [word for term in glossary() for word in (term.name, *term.also)]
    assert len(spellings) == len(set(spellings))


def test_the_terms_of_the_field_are_there():
    named = {word for term in glossary() for word in (term.name, *term.also)}
    assert {
        "TPP",
        "HBM",
        "CoWoS",
        "H100e",
        "ECI",
        "DUV",
        "EUV",
        "die",
        "node",
        "yield",
        "licence",
        "packaging",
    } <= named


def test_only_the_first_mention_of_a_term_is_a_link():
    linked = Linked(TERMS)
    assert linked("two dies") == 'two <a class="term" href="#term-die">dies</a>'
    assert linked("a die") == "a die"


def test_the_longest_term_is_meant_and_parts_of_words_are_not():
    linked = Linked(TERMS)
    assert "#term-die-bank" in linked("a die bank")
    assert linked("a diet of die-hards") == "a diet of die-hards"


def test_words_are_escaped_and_marked_up_ones_are_left_alone():
    assert Linked(TERMS)("<die>") == '&lt;<a class="term" href="#term-die">die</a>&gt;'
    assert Linked(TERMS)(Markup("<i>die</i>")) == "<i>die</i>"
