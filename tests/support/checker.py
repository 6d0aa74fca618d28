"""What checks the annotations of every call while tests run: beartype, with whole numbers welcome where floats are."""

from beartype import BeartypeConf, beartype

typechecked = beartype(conf=BeartypeConf(is_pep484_tower=True))
