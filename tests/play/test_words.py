import pytest

from play import words
from play.words import HOLE, Words, WordsError, languages, read


@pytest.mark.parametrize("language", languages())
def test_every_language_says_everything_with_the_same_holes(language):
    english, other = read("en"), read(language)
    assert set(other.texts) == set(english.texts)
    for name, text in english.texts.items():
        assert set(HOLE.findall(other.texts[name])) == set(HOLE.findall(text)), name


def test_holes_are_filled():
    assert read("en")("kit.was", value="40k") == "was 40k"


def test_a_missing_word_and_a_missing_value_are_sentences():
    with pytest.raises(WordsError, match=r"there is no kit\.nonsense; add it"):
        read("en")("kit.nonsense")
    with pytest.raises(WordsError, match="asks for value"):
        read("en")("kit.was")


def test_an_unknown_language_is_a_sentence_that_names_the_others():
    with pytest.raises(WordsError, match="'xx'; choose one of en"):
        read("xx")


def test_another_language_needs_a_file_and_no_code(tmp_path):
    (tmp_path / "nl.toml").write_text('[kit]\nwas = "was {value}, nu anders"\n', "utf-8")
    assert read("nl", tmp_path)("kit.was", value=3) == "was 3, nu anders"
    (tmp_path / "de.toml").write_text("[kit\n", "utf-8")
    with pytest.raises(WordsError, match=r"de\.toml cannot be read"):
        read("de", tmp_path)


def test_what_lies_under_a_name_keeps_its_order():
    text = Words({"a.x": "1", "b.z": "2", "a.c": "3"})
    assert list(text.under("a")) == ["x", "c"]
    assert "a.x" in text
    assert words.flat({"a": {"b": {"c": "d"}}}) == {"a.b.c": "d"}


def test_a_file_that_was_changed_is_read_anew_and_nobody_changes_the_words_of_another(tmp_path):
    path = tmp_path / "nl.toml"
    path.write_text('a = "een"\n', "utf-8")
    first = read("nl", tmp_path)
    first.texts["a"] = "iets anders"
    assert read("nl", tmp_path)("a") == "een"
    path.write_text('a = "twee"\n', "utf-8")
    assert read("nl", tmp_path)("a") == "twee"
