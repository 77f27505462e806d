"""De cellen van een bestand met personen: per soort waarde één functie die de tekst keurt.

Een afkeuring zegt wat er mis is, nooit wat er stond: de waarde kan een naam of een BSN zijn. De grenzen zijn van het
bestand; wat een feit betekent staat in `regels/`.
"""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BeforeValidator
from stdnum.nl import bsn as elfproef

from domein.begrippen import Doelgroep, Leerroute

MAX_TEKENS: Final = 200
KANALEN: Final = ("post", "email", "telefoon")
VERTEGENWOORDIGERS: Final = ("ouder", "voogd", "nidos")
PIPROUTES: Final = (Leerroute.B1, Leerroute.ONDERWIJS, Leerroute.Z)
STATUSSEN: Final = ("geldig", "ingetrokken")

_ISO_DATUM: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_NEDERLANDSE_DATUM: Final = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)
_KENMERK: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,39}")
# Een code en nooit een naam: een naam van meer dan vier letters past hier niet in.
_HUISHOUDEN: Final = re.compile(r"[A-Z]{1,4}[-./]?[0-9][0-9./-]{0,15}")
_AZC: Final = re.compile(r"[a-z]{2,5}(-[a-z0-9]{1,20}){1,4}")
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
# Verbindingstekens horen in namen in het Perzisch en andere schriften; andere onzichtbare tekens niet.
_ONZICHTBAAR_MAG: Final = {"\u200c", "\u200d"}
# Een rekenblad voert een cel die zo begint uit als formule.
_FORMULETEKENS: Final = ("=", "+", "@", "-")


def schone_tekst(tekst: str) -> str:
    """Geef de tekst in NFC, met enkele spaties; ValueError bij stuurtekens of te veel tekens."""
    if len(tekst) > MAX_TEKENS * 4:
        raise ValueError(f"De tekst is langer dan {MAX_TEKENS} tekens.")
    tekst = unicodedata.normalize("NFC", tekst).strip()
    for teken in tekst:
        soort = unicodedata.category(teken)
        if soort in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or (soort == "Cf" and teken not in _ONZICHTBAAR_MAG):
            raise ValueError("Hier staat een onzichtbaar stuurteken. Typ de waarde opnieuw.")
    tekst = " ".join(tekst.split())
    if len(tekst) > MAX_TEKENS:
        raise ValueError(f"De tekst is langer dan {MAX_TEKENS} tekens.")
    return tekst


def lijkt_op_bsn(tekst: str) -> bool:
    """Zeg of een tekst, zonder scheidingstekens, een geldig BSN kan zijn."""
    cijfers = re.sub(r"[\s.-]", "", tekst)
    return cijfers.isascii() and cijfers.isdigit() and len(cijfers) in (8, 9) and elfproef.is_valid(cijfers.zfill(9))


_NEGEN_CIJFERS: Final = re.compile(r"(?<!\d)(?:\d{9}|\d{4}[ .]\d{2}[ .]\d{3}|\d{3}[ .]\d{3}[ .]\d{3})(?!\d)")


def bevat_bsn(tekst: str) -> bool:
    """Zeg of er in een lopende tekst een getal staat dat een BSN kan zijn."""
    return any(lijkt_op_bsn(gevonden) for gevonden in _NEGEN_CIJFERS.findall(tekst))


def is_leeg(waarde: Any) -> bool:
    return waarde is None or not str(waarde).strip()


def _verplicht(waarde: Any) -> str:
    tekst = schone_tekst(str(waarde))
    if not tekst:
        raise ValueError("Deze cel is leeg, maar is verplicht.")
    return tekst


def _regel(waarde: Any) -> str:
    tekst = _verplicht(waarde)
    if tekst.startswith(_FORMULETEKENS) or "<" in tekst or ">" in tekst:
        raise ValueError("De tekst begint met een formuleteken (= + - @) of bevat < of >.")
    return tekst


def _kenmerk(waarde: Any) -> str:
    tekst = _verplicht(waarde)
    if not _KENMERK.fullmatch(tekst):
        raise ValueError("Dit is geen kenmerk.")
    # Een kenmerk wordt onversleuteld bewaard; een BSN mag daar nooit staan.
    if lijkt_op_bsn(tekst):
        raise ValueError("Hier staat een BSN in plaats van een kenmerk.")
    return tekst


def _versie(waarde: Any) -> int:
    tekst = _verplicht(waarde)
    if not (tekst.isascii() and tekst.isdigit() and 1 <= len(tekst) <= 4 and int(tekst) >= 1):
        raise ValueError("Dit is geen versienummer.")
    return int(tekst)


def lees_bsn(waarde: Any) -> str:
    """Geef de negen cijfers; ValueError, zonder het nummer zelf, als dit geen BSN is."""
    cijfers = re.sub(r"[ .]", "", _verplicht(waarde))
    if not (cijfers.isascii() and cijfers.isdigit()):
        raise ValueError("Een BSN bestaat alleen uit cijfers.")
    # Een rekenblad laat de nul vooraan weg; die hoort er weer bij.
    if len(cijfers) not in (8, 9):
        raise ValueError("Een BSN heeft negen cijfers.")
    cijfers = cijfers.zfill(9)
    if not elfproef.is_valid(cijfers):
        raise ValueError("Dit BSN voldoet niet aan de elfproef. Kijk of er een cijfer is verwisseld.")
    return cijfers


def _datum(waarde: Any) -> date:
    tekst = _verplicht(waarde)
    if iso := _ISO_DATUM.fullmatch(tekst):
        jaar, maand, dag = map(int, iso.groups())
    elif nederlands := _NEDERLANDSE_DATUM.fullmatch(tekst):
        dag, maand, jaar = map(int, nederlands.groups())
    else:
        raise ValueError("Dit is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2026-03-06.")
    try:
        return date(jaar, maand, dag)
    except ValueError:
        raise ValueError("Deze datum bestaat niet.") from None


def _ja_nee(waarde: Any) -> bool:
    tekst = _verplicht(waarde).lower()
    if tekst not in ("ja", "nee"):
        raise ValueError("Vul ja of nee in.")
    return tekst == "ja"


def _keuze(waarde: Any, keuzes: tuple[str, ...], melding: str) -> str:
    tekst = _verplicht(waarde).lower()
    if tekst not in keuzes:
        raise ValueError(melding)
    return tekst


def _doelgroep(waarde: Any) -> Doelgroep:
    return Doelgroep(_keuze(waarde, tuple(Doelgroep), "Deze doelgroep bestaat niet."))


def _leerroute(waarde: Any) -> Leerroute:
    return Leerroute(_keuze(waarde, PIPROUTES, "Deze leerroute bestaat niet."))


def _gemeente(waarde: Any) -> str:
    code = _verplicht(waarde).upper()
    if not re.fullmatch(r"GM[0-9]{4}", code, re.ASCII):
        raise ValueError("Dit is geen gemeentecode.")
    return code


def _huishouden(waarde: Any) -> str:
    code = _verplicht(waarde).upper()
    if not _HUISHOUDEN.fullmatch(code) or lijkt_op_bsn(re.sub(r"\D", "", code)):
        raise ValueError("Dit is geen code van een huishouden.")
    return code


def _azc(waarde: Any) -> str:
    code = _verplicht(waarde).lower()
    if not _AZC.fullmatch(code):
        raise ValueError("Dit is geen code van een azc.")
    return code


def _postcode(waarde: Any) -> str:
    tekst = _verplicht(waarde).replace(" ", "").upper()
    if not re.fullmatch(r"[1-9][0-9]{3}[A-Z]{2}", tekst):
        raise ValueError("Dit is geen postcode.")
    return tekst


def _email(waarde: Any) -> str | None:
    tekst = schone_tekst(str(waarde or ""))
    if tekst and not _EMAIL.fullmatch(tekst):
        raise ValueError("Dit is geen e-mailadres.")
    return tekst or None


def _telefoon(waarde: Any) -> str | None:
    tekst = re.sub(r"[\s()-]", "", schone_tekst(str(waarde or "")))
    if tekst and not re.fullmatch(r"\+?[0-9]{8,15}", tekst):
        raise ValueError("Dit is geen telefoonnummer.")
    # Een rekenblad laat de nul vooraan weg; een Nederlands nummer heeft er tien.
    return f"0{tekst}" if re.fullmatch(r"[1-9][0-9]{8}", tekst) else tekst or None


def _taal(waarde: Any) -> str:
    tekst = _verplicht(waarde).lower()
    if not re.fullmatch(r"[a-z]{2,3}", tekst):
        raise ValueError("Dit is geen taalcode.")
    return tekst


def _kanaal(waarde: Any) -> str:
    return _keuze(waarde, KANALEN, "Dit kanaal bestaat niet.")


def _status(waarde: Any) -> str:
    return "geldig" if is_leeg(waarde) else _keuze(waarde, STATUSSEN, "Deze status bestaat niet.")


def _vertegenwoordiger(waarde: Any) -> str:
    return _keuze(waarde, VERTEGENWOORDIGERS, "Deze soort vertegenwoordiger bestaat niet.")


def _of_leeg(keur: Any) -> BeforeValidator:
    return BeforeValidator(lambda waarde: None if is_leeg(waarde) else keur(waarde))


Kenmerk = Annotated[str, BeforeValidator(_kenmerk)]
Versie = Annotated[int, BeforeValidator(_versie)]
Bsn = Annotated[str, BeforeValidator(lees_bsn)]
Regel = Annotated[str, BeforeValidator(_regel)]
RegelOfLeeg = Annotated[str | None, _of_leeg(_regel)]
Dag = Annotated[date, BeforeValidator(_datum)]
DagOfLeeg = Annotated[date | None, _of_leeg(_datum)]
JaNee = Annotated[bool, BeforeValidator(_ja_nee)]
JaNeeOfLeeg = Annotated[bool | None, _of_leeg(_ja_nee)]
Doelgroepcel = Annotated[Doelgroep, BeforeValidator(_doelgroep)]
LeerrouteOfLeeg = Annotated[Leerroute | None, _of_leeg(_leerroute)]
Gemeente = Annotated[str, BeforeValidator(_gemeente)]
GemeenteOfLeeg = Annotated[str | None, _of_leeg(_gemeente)]
HuishoudenOfLeeg = Annotated[str | None, _of_leeg(_huishouden)]
AzcOfLeeg = Annotated[str | None, _of_leeg(_azc)]
Postcode = Annotated[str, BeforeValidator(_postcode)]
PostcodeOfLeeg = Annotated[str | None, _of_leeg(_postcode)]
EmailOfLeeg = Annotated[str | None, BeforeValidator(_email)]
TelefoonOfLeeg = Annotated[str | None, BeforeValidator(_telefoon)]
Taal = Annotated[str, BeforeValidator(_taal)]
Kanaal = Annotated[str, BeforeValidator(_kanaal)]
Status = Annotated[str, BeforeValidator(_status)]
VertegenwoordigerOfLeeg = Annotated[str | None, _of_leeg(_vertegenwoordiger)]
