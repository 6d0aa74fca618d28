"""The facts that scenarios cite can be read and looked up."""

import pytest

from world.facts import facts


def test_facts_are_found_by_id():
    found = facts()
    assert all(key == fact.id for key, fact in found.items())
    assert all(fact.topic and fact.subject and fact.metric for fact in found.values())


def test_numbers_of_a_fact_are_in_order():
    for fact in facts().values():
        numbers = [x for x in (fact.low, fact.central, fact.high) if x is not None]
        assert numbers == sorted(numbers), fact.id


def test_a_fact_is_a_sentence():
    assert facts()["CLAIM-004"].sentence == (
        "SMIC / Huawei 910C, implied yield (Morgan Stanley, Sept 2025), 2025-09: 0.05 fraction"
    )


def test_an_id_stands_once(tmp_path):
    header = "id,topic,subject,metric,unit,period,low,central,high,source,url,note\n"
    path = tmp_path / "facts.csv"
    path.write_text(header + "A-1,t,s,m,u,p,,1,,,,\nA-1,t,s,m,u,p,,2,,,,\n", "utf-8")
    with pytest.raises(ValueError, match=r"facts\.csv: the id A-1 stands twice"):
        facts(path)
