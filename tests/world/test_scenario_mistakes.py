"""What is wrong in a scenario gets a sentence with file, line, finding and remedy."""

import pytest

from tests.world.tiny import TEXT, complaints, with_instead, written

MISTAKES = {
    "a misspelt key": ("capital = {", "captial = {", "open: unknown key 'captial'; did you mean"),
    "a misspelt head": ("length = 6", "lenght = 6", "unknown key 'lenght'; did you mean length?"),
    "a misspelt table": ("[rules]", "[ruels]", "unknown key 'ruels'; did you mean rules?"),
    "a misspelt part of a number": (
        "value = 40, ",
        "valeu = 40, ",
        "open.capital: unknown key 'valeu'; did you mean value?",
    ),
    "a misspelt coefficient": (
        "stance_drift =",
        "stance_drfit =",
        "unknown key 'stance_drfit'; did you mean stance_drift?",
    ),
    "a coefficient left out": (
        "stance_drift =",
        "#",
        "rules lack stance_drift (how fast the stance follows the position held, share/quarter); "
        'add stance_drift = { value = …, unit = "share/quarter", source = "…" }',
    ),
    "a part of a coefficient left out": ("node_cost.leading", "#", "rules lack node_cost.leading"),
    "a misspelt dial": (
        "cap_exports.swing",
        "cap_export.swing",
        "dials: unknown key 'cap_export'; did you mean cap_exports?",
    ),
    "a misspelt amount": (
        "ceiling = { value = 4800",
        "cieling = { value = 4800",
        "unknown key 'cieling'; write one of ceiling, density",
    ),
    "a pick that is not there": (
        "direct_wafers.huawei",
        "direct_wafers.hauwei",
        "dials.direct_wafers knows no 'hauwei'; write one of nvidia, huawei, every",
    ),
    "a wrong reference": (
        'foundry = "smic"',
        'foundry = "smci"',
        "chipmaker 'huawei' is made by 'smci', which is not a foundry here; write one of tsmc, smic",
    ),
    "a wrong bloc": (
        'bloc = "cn"',
        'bloc = "shangai"',
        "government 'beijing': bloc is 'shangai'; write one of us, cn",
    ),
    "a wrong role": (
        'role = "host"',
        'role = "hots"',
        "role is 'hots'; write one of controller, planner, host",
    ),
    "a wrong host": (
        'host = "kuala-lumpur"',
        'host = "kuala"',
        "broker 'malacca' answers to 'kuala', which is not a host government here",
    ),
    "a seat that is not there": (
        '["washington", "beijing"]',
        '["washingtom"]',
        "recommended has 'washingtom', not a seat here; did you mean washington?",
    ),
    "a negative stock": (
        "unsold = { value = 5000",
        "unsold = { value = -5000",
        "product 'h20': open.unsold is -5000, but it cannot be below 0; write 0 or more",
    ),
    "a share above one": (
        "premium = { value = 0.5",
        "software = { value = 1.5",
        "open.software is 1.5; write 0 to 1",
    ),
    "a range out of bounds": (
        "premium = { value = 0.5",
        "software = { low = 0.5, high = 1.5",
        "open.software high is 1.5; write 0 to 1",
    ),
    "a string for a number": (
        "value = 40, ",
        'value = "many", ',
        "open.capital.value is 'many'; write a number",
    ),
    "a mark for a number": (
        "value = 40, ",
        "value = true, ",
        "capital.value is true; write a number",
    ),
    "no number": ("value = 40, ", "value = nan, ", "capital.value is nan; write a finite number"),
    "too large a number": ("value = 40, ", "value = 1e300, ", "cannot be above"),
    "far too large a number": ("value = 40, ", f"value = {'9' * 400}, ", "write a smaller number"),
    "a bare number": (
        'capital = { value = 40, source = "invented for the test" }',
        "capital = 40",
        'open.capital is 40; write { value = …, source = "…" }',
    ),
    "an unknown unit": (
        'unit = "billion USD"',
        'unit = "billion EUR"',
        "has the unit 'billion EUR', which is not thousand USD; write one of thousand USD, USD",
    ),
    "a unit of something else": (
        'unit = "million stacks/year"',
        'unit = "million stacks"',
        "has the unit 'million stacks', which is not stacks/quarter; write one of stacks/quarter",
    ),
    "a coefficient without unit": (
        ', unit = "share/quarter"',
        "",
        'rules.stance_drift has no unit; add unit = "share/quarter"',
    ),
    "a number without source": (
        'value = 40, source = "invented for the test"',
        "value = 40",
        'does not say where it comes from; add source = "…" or fact = "…"',
    ),
    "a fact that is not there": (
        "SMUG-018",
        "SMUG-18",
        "cites fact 'SMUG-18', which is not in facts.csv; did you mean SMUG-018",
    ),
    "half a range": (
        "low = 30_000, high = 50_000",
        "low = 30_000",
        "has only one of low and high; give both, or neither",
    ),
    "a range upside down": (
        "low = 30_000, high = 50_000",
        "low = 50_000, high = 30_000",
        "is drawn from 50000 to 30000; write the smaller number as low",
    ),
    "a value outside of its range": (
        "low = 30_000, high = 50_000",
        "low = 30_000, high = 40_000",
        "has the value 45000, outside of its range from 30000 to 40000",
    ),
    "a spread that is not there": (
        'spread = "triangular"',
        'spread = "triangle"',
        "spread is 'triangle'; write one of uniform, triangular, log-uniform",
    ),
    "a triangle without a mode": (
        "value = 45_000, low",
        "low",
        "is triangular but has no value; add value = …, its mode",
    ),
    "a dial out of bounds": (
        "value = 4800",
        "value = 480_000",
        "dials.cap_exports.cn.ceiling is 480000; write 0 to 120000 TPP",
    ),
    "a dial between steps": (
        "value = 4800",
        "value = 4850",
        "is 4850, between two steps of 100; write 4800 or 4900",
    ),
    "a dial of another seat": (
        "admit_chips =",
        'allow_lag = { generations = { value = 1, source = "test" } }\nadmit_chips =',
        "dials.allow_lag is a dial of a controller, but 'beijing' is a planner; take it out",
    ),
    "a quantity of another role": (
        "stance = {",
        "tool_programme = {",
        "open.tool_programme is for planners, but 'washington' is a controller; take it out",
    ),
    "a quantity of other things": (
        "stance = {",
        "skill = {",
        "government 'washington': open: unknown key 'skill'; write one of money, capital",
    ),
    "an attribute of another role": (
        'bloc = "cn"',
        'bloc = "cn"\ntool_weight = { value = 1, source = "test" }',
        "tool_weight is for hosts, but 'beijing' is a planner; take it out",
    ),
    "a quantity left out": (
        'score = { value = 145, source = "invented for the test" }\n',
        "",
        "lab 'deepseek' lacks open.score (capability of the lab's best released model, ECI); "
        'add open.score = { value = …, source = "…" }',
    ),
    "an attribute left out": (
        "die_size = { value = 665",
        "# ",
        "chipmaker 'huawei' lacks die_size (area of the compute die of its new designs, mm2); "
        'add die_size = { value = …, unit = "mm2", source = "…" }',
    ),
    "one number for several": (
        'defect_density.every = { value = 0.08, source = "estimate" }',
        'defect_density = { value = 0.08, source = "estimate" }',
        "open.defect_density is one number, but there is one for each name; write one of mature",
    ),
    "several numbers for one": (
        "stance = {",
        "stance.every = {",
        "open.stance: unknown key 'every'; write one of source, fact, value",
    ),
    "too long a list": (
        "values = [1_000, 1_000, 0, 2_000]",
        "values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]",
        "open.coming.advanced lists 10 numbers; there is room for 8",
    ),
    "a text in a list": (
        "values = [1_000, 1_000, 0, 2_000]",
        'values = [1_000, "some"]',
        "open.coming.advanced.values.1 is 'some'; write a number",
    ),
    "a node that is not there": (
        'value = "leading"',
        'value = "ledaing"',
        "open.node.value is 'ledaing'; write one of mature, advanced, leading",
    ),
    "weights that do not add up": (
        "weights.releases = { value = 0.5",
        "weights.releases = { value = 0.4",
        "lab 'deepseek': weights adds up to 0.9; make it add up to 1",
    ),
    "two where one belongs": (
        'title = "H20"',
        'title = "H20"\nproxy = true',
        "'h20' and '910b' says proxy = true; mark the one product",
    ),
    "nobody where somebody belongs": ("champion = true", "", "no chipmaker says champion = true"),
    "a question without an answer": (
        'name = "smuggled"',
        'name = "smugled"',
        "question 'smugled' has no answer here; did you mean smuggled?",
    ),
    "two of one name": (
        'name = "gulf-cloud"',
        'name = "state-centres"',
        "an owner named 'state-centres' stands twice; write it once, or rename one",
    ),
    "two things of one name": (
        'name = "gulf-cloud"',
        'name = "nvidia"',
        "owner 'nvidia' has the name of a chipmaker; give one of them another name",
    ),
    "no name": ('name = "gulf-cloud"\n', "", 'an owner has no name; add name = "…"'),
    "a name that is none": (
        'name = "gulf-cloud"',
        'name = "Gulf Cloud"',
        "is named 'Gulf Cloud'; write a name of lower-case letters, digits, _ and - in quotes",
    ),
    "a name of the format": ('name = "gulf-cloud"', 'name = "every"', "a word of the format"),
    "a name in numbers": ('name = "910b"', "name = 910", "is named 910; write a text in quotes"),
    "other rules": (
        "rules_version = 1",
        "rules_version = 99",
        "rules_version is 99, but these are the rules of version",
    ),
    "a date in quotes": (
        "start = 2025-12-31",
        'start = "2025-12-31"',
        "start is '2025-12-31'; write a date such as 2025-12-31",
    ),
    "another turn": ('turn = "quarter"', 'turn = "month"', "turn is 'month'; write quarter"),
    "no turns": ("length = 6", "length = 0", "length is 0; write a number greater than"),
    "half turns": ("length = 6", "length = 6.5", "length is 6.5; write a whole number"),
    "a table for a list": (
        "recommended = [",
        'recommended = "washington" #',
        "recommended is 'washington'; write a list in brackets",
    ),
    "a key said twice": (
        "capital = {",
        "money = 1\ncapital = {",
        "says a key or a table a second time",
    ),
    "a table said wrong": ("[[broker]]", "[[brocker]]", "unknown table [[brocker]]; did you mean"),
    "a date that is none": ("2025-12-31", "2025-13-31", "is not TOML"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gets_a_sentence(tmp_path, mistake):
    old, new, sentence = MISTAKES[mistake]
    said = complaints(written(tmp_path, with_instead(old, new)))
    mine = [line for line in said if sentence in line]
    assert len(mine) == 1, said
    assert mine[0].startswith("tiny.toml")
    assert len(said) <= 3, said


def test_the_line_of_a_mistake_is_named(tmp_path):
    number = TEXT.split("\n").index('title = "SMIC"') + 1
    said = complaints(written(tmp_path, with_instead('title = "SMIC"', 'titel = "SMIC"')))
    assert f"tiny.toml line {number}: fab 'smic': unknown key 'titel'; did you mean title?" in said


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path):
    text = with_instead("capital = {", "captial = {")
    text = text.replace("unsold = { value = 5000", "unsold = { value = -1")
    text = text.replace('foundry = "smic"', 'foundry = "smci"').replace("SMUG-018", "SMUG-18")
    said = complaints(written(tmp_path, text))
    lines = [int(line.split(" line ")[1].split(":")[0]) for line in said]
    assert len(said) == 4
    assert lines == sorted(lines)
