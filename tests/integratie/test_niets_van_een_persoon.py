"""Kanarie: in geen mail, kop, uitnodiging of link van een doorlopen voorbeeld staat iets van een persoon (I5).

Brieven zijn er juist voor één persoon: daar staat alleen die ene in.
"""

import base64
import email
import json
import re
import shutil
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import default as beleid
from pathlib import Path
from typing import Any

import pytest

from adapters.agenda import IcalAgenda
from adapters.database import maak_engine
from adapters.kluis import Kluis
from adapters.links import GetekendeLinks
from adapters.opslag import SqlMagazijn
from adapters.postvorm import Afzender, maak_bericht
from adapters.sjablonen import Sjablonen
from adapters.sjablonen_soorten import Berichtsoort, berichtsoorten
from adapters.sleutelbos import Sleutelbos
from beheer.demo.in_proces import doorloop
from beheer.demo.vullen import lees_voorbeeld
from domein.begrippen import Berichtstatus
from domein.fouten import RegieFout
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.brieven import BIJ_STAP, TALEN, Keuzes, briefgegevens
from domein.handelingen.lekken import Lekzoeker, woorden
from domein.handelingen.postpoort import Poststuk
from domein.handelingen.verzenden_stappen import poststuk
from domein.model import Bericht
from domein.ports import Omgeving, Persoon
from domein.regels.uitkomsten import stapvorm
from tests.integratie.conftest import HOOFDSLEUTEL, INDEXSLEUTEL, ZetKlok

AANTAL = 24
SJABLONEN = Sjablonen()
KOPPEN = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
    "Content-Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "In-Reply-To", "References",
}  # fmt: skip
_TOKEN = re.compile(r"https?://[^/\s\"]+/[a-z-]+/([A-Za-z0-9._-]+)")


@dataclass
class Doorlopen:
    """Een voorbeeld dat helemaal is doorlopen, met de personen en wat er is verstuurd."""

    omgeving: Omgeving
    personen: dict[str, Persoon]
    berichten: list[Bericht]

    @property
    def zoeker(self) -> Lekzoeker:
        return Lekzoeker.voor(self.personen.items())


@pytest.fixture(scope="module")
def doorlopen(sqlite_sjabloon: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doorlopen]:
    hier = tmp_path_factory.mktemp("kanarie")
    shutil.copyfile(sqlite_sjabloon, hier / "regie.db")
    klok = ZetKlok(datetime(2026, 1, 1, 8, tzinfo=UTC))
    bos = Sleutelbos(maak_engine(f"sqlite:///{hier / 'sleutels.db'}", wis_veilig=True), HOOFDSLEUTEL)
    magazijn = SqlMagazijn(maak_engine(f"sqlite:///{hier / 'regie.db'}"), Kluis(INDEXSLEUTEL), bos, klok)
    omgeving = Omgeving(
        magazijn=magazijn, klok=klok, brieven=Sjablonen(), agenda=IcalAgenda("regie@regie.example"),
        links=GetekendeLinks("geheim-van-deze-test", "http://testserver", klok),
    )  # fmt: skip
    personen: dict[str, Persoon] = {}

    def zet(dag: date) -> None:
        klok.moment = datetime(dag.year, dag.month, dag.day, 9, tzinfo=UTC)
        with magazijn.ruimte() as ruimte:
            # Alle post komt aan: alleen dan volgen ook intrekkingen en afzeggingen.
            for bericht in ruimte.berichten(statussen={Berichtstatus.WACHTEND}):
                bericht.status = Berichtstatus.AANVAARD
                ruimte.bewaar(bericht)
            for dossier in ruimte.dossiers():
                if dossier.referentie not in personen and (persoon := ruimte.persoon(dossier.id)) is not None:
                    personen[dossier.referentie] = persoon

    doorloop(omgeving, lees_voorbeeld(omgeving, AANTAL), zet)
    with magazijn.ruimte() as ruimte:
        berichten = ruimte.berichten()
    yield Doorlopen(omgeving, personen, berichten)
    magazijn.sluit()


def lees_mail(stuk: Poststuk) -> EmailMessage:
    return email.message_from_bytes(maak_bericht(stuk, Afzender()), policy=beleid)


def alle_teksten(mail: EmailMessage) -> Iterator[tuple[str, str]]:
    """Elke kop, elke bestandsnaam, elk deel en de inhoud van elke link, in leesbare vorm."""
    for naam, waarde in mail.items():
        yield f"kop {naam}", str(waarde)
    for deel in mail.walk():
        if deel.get_filename():
            yield "bestandsnaam", str(deel.get_filename())
        if deel.get_content_maintype() == "text":
            inhoud = str(deel.get_content())
            ontvouwen = inhoud.replace("\r\n ", "")  # een agendabestand breekt lange regels af
            yield deel.get_content_type(), ontvouwen
            for token in _TOKEN.findall(ontvouwen):
                yield "link", lees_token(token)


def lees_token(token: str) -> str:
    """Wat er in een getekende link staat, zonder geheim te lezen."""
    deel = token.rsplit(".", 1)[0]
    ruw = base64.urlsafe_b64decode(deel.lstrip(".") + "=" * (-len(deel.lstrip(".")) % 4))
    inhoud = zlib.decompress(ruw) if deel.startswith(".") else ruw
    return " ".join(str(een) for een in json.loads(inhoud))


def test_het_voorbeeld_levert_genoeg_om_in_te_zoeken(doorlopen: Doorlopen) -> None:
    soorten = Counter(b.soort for b in doorlopen.berichten)
    assert set(soorten) >= {"taak", "taak_verzet", "taak_ingetrokken"}
    assert sum(soorten.values()) > 300
    assert Counter(b.agenda_methode for b in doorlopen.berichten)["REQUEST"] > 30
    assert len(doorlopen.personen) == AANTAL


def test_nergens_een_naam_bsn_of_geboortedatum(doorlopen: Doorlopen) -> None:
    zoeker = doorlopen.zoeker
    lekken: list[str] = []
    gezocht: Counter[str] = Counter()
    for bericht in doorlopen.berichten:
        for plaats, tekst in alle_teksten(lees_mail(poststuk(bericht))):
            gezocht[plaats] += 1
            lekken += zoeker.zoek(f"{bericht.soort}, {plaats}", tekst)
    assert lekken == []
    for plaats in ("kop Subject", "text/plain", "text/html", "text/calendar", "link", "bestandsnaam"):
        assert gezocht[plaats] > 20, plaats


def test_nergens_een_adres_telefoonnummer_of_taal_van_de_persoon(doorlopen: Doorlopen) -> None:
    gegevens = {w for p in doorlopen.personen.values() for n, w in p.gegevens.items() if n != "plaats" and len(w) > 5}
    assert len(gegevens) > AANTAL
    talen = [re.compile(rf"\b{re.escape(naam.split(' ')[0])}", re.IGNORECASE) for naam in TALEN.values()]
    for bericht in doorlopen.berichten:
        for plaats, tekst in alle_teksten(lees_mail(poststuk(bericht))):
            gevonden = [waarde for waarde in gegevens if waarde in tekst]
            assert gevonden == [], (bericht.soort, plaats)
            assert not any(taal.search(tekst) for taal in talen), (bericht.soort, plaats)


def test_de_kanarie_zingt_als_er_wel_iets_staat(doorlopen: Doorlopen) -> None:
    persoon = next(iter(doorlopen.personen.values()))
    bericht = doorlopen.berichten[0]
    for anders in (
        {"onderwerp": f"Taak voor {persoon.naam}"}, {"tekst": persoon.bsn}, {"html": f"<p>{persoon.naam}</p>"},
        {"agenda": f"BEGIN:VCALENDAR\r\nSUMMARY:{persoon.naam}\r\nEND:VCALENDAR\r\n", "agenda_methode": "REQUEST"},
    ):  # fmt: skip
        stuk = Poststuk(**{**{n: getattr(poststuk(bericht), n) for n in Poststuk.__slots__}, **anders})
        gevonden = [
            lek for plaats, tekst in alle_teksten(lees_mail(stuk)) for lek in doorlopen.zoeker.zoek(plaats, tekst)
        ]
        assert gevonden, anders


def test_elke_mail_heeft_een_ontvanger_en_alleen_de_vaste_koppen(doorlopen: Doorlopen) -> None:
    for bericht in doorlopen.berichten:
        mail = lees_mail(poststuk(bericht))
        assert set(mail.keys()) <= KOPPEN
        assert len(mail["To"].addresses) == 1
        assert mail["Auto-Submitted"] == "auto-generated"
        soorten = [deel.get_content_type() for deel in mail.walk() if not deel.is_multipart()]
        assert soorten[:2] == ["text/plain", "text/html"]


def test_een_brief_gaat_over_een_persoon_en_noemt_niemand_anders(doorlopen: Doorlopen) -> None:
    hier = doorlopen.omgeving
    sjablonen = Sjablonen()
    gemaakt: Counter[str] = Counter()
    with hier.magazijn.ruimte() as ruimte:
        stappen = [(s, ruimte.dossier(s.dossier_id).referentie) for s in ruimte.stappen_waar() if s.medewerker]
    for stap, referentie in stappen:
        for soort, vormen in BIJ_STAP.items():
            if stapvorm(stap.kenmerk) not in vormen:
                continue
            try:
                gegevens = briefgegevens(hier, stap.id, soort, Actor(stap.medewerker or ""), Keuzes())
            except RegieFout:
                continue  # deze brief hoort niet bij dit geval; waarom, toetst test_beheer_sjabloon
            bekend = berichtsoorten()[soort]
            brief = sjablonen.schrijf(soort, {naam: gegevens[naam] for naam in bekend.namen})
            gemaakt[soort] += 1
            eigen = doorlopen.personen[referentie]
            anderen = Lekzoeker.voor((r, p) for r, p in doorlopen.personen.items() if p.naam != eigen.naam)
            for deel in woorden(eigen.naam):  # huisgenoten delen een achternaam
                anderen.naamdelen.pop(deel, None)
            assert anderen.zoek(soort, brief.tekst + brief.html) == []
            assert eigen.bsn not in brief.tekst + brief.html
            assert (eigen.naam in brief.tekst) == soort.startswith("brief_")
    assert set(gemaakt) >= {"brief_oproep", "brief_uitnodiging", "brief_pip_aanbieding", "brief_einde"}


# vijandige tekst, tot in de bytes van de mail

VIJANDIG = [
    "Taak\r\nBcc: dief@kwaad.example",
    "x\nContent-Type: text/html\n\n<script>1</script>",
    "=?utf-8?q?=0D=0ABcc:_dief@kwaad.example?=",
    "a@b.example, c@d.example",
    "\u202e\u2066om\u2069gekeerd\u200f",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "\x00\x0b\x0c\x85\u2028\u2029",
    "x" * 10_000,
    "--grens--\r\n.\r\nQUIT",
]  # fmt: skip


@pytest.mark.parametrize("waarde", VIJANDIG, ids=lambda waarde: repr(waarde)[:24])
@pytest.mark.parametrize("soort", [s for s in berichtsoorten().values() if s.vorm == "mail"], ids=lambda s: s.naam)
def test_vijandige_tekst_maakt_geen_kop_geen_ontvanger_en_geen_deel(soort: Berichtsoort, waarde: str) -> None:
    gewoon = dict(soort.voorbeelden()[0].gegevens)
    vijandig: dict[str, Any] = {
        v.naam: waarde if v.type in {"tekst", "code"} else gewoon[v.naam] for v in soort.variabelen
    }
    brief = SJABLONEN.schrijf(soort.naam, vijandig)
    stuk = Poststuk(
        message_id="<een@regie.example>", adres="km-1@avres.example", onderwerp=brief.onderwerp, tekst=brief.tekst,
        datum=datetime(2026, 1, 12, tzinfo=UTC), html=brief.html,
    )  # fmt: skip
    ruw = maak_bericht(stuk, Afzender())
    mail = email.message_from_bytes(ruw, policy=beleid)
    assert set(mail.keys()) <= KOPPEN
    assert [a.addr_spec for a in mail["To"].addresses] == ["km-1@avres.example"]
    delen = [deel.get_content_type() for deel in mail.walk()]
    assert delen == ["multipart/alternative", "text/plain", "text/html"]
    assert b"\r\n.\r\n" not in ruw
    assert "49" not in str(mail.get_body(("plain",)).get_content()).replace("{{ 7*7 }}", "")
