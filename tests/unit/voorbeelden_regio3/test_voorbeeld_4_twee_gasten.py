"""Voorbeeld 4: twee gastheren. Twee zussen, in Oegstgeest en in Voorschoten; verzonnen personen."""

from domein.begrippen import Stapsoort
from domein.regels.samenwerking import behandelaar
from domein.regio.model import Regio
from tests.unit.regiobouw import afspraak, gemeentepartner, medewerker, partner, regio
from tests.unit.regiovragen import DAG, toegewezen

OEGSTGEEST, VOORSCHOTEN = "GM0579", "GM0626"
LEIDEN, LEIDSCHENDAM = "GM0546", "GM1916"


def twee_gastheren() -> Regio:
    """Leiden werkt voor Oegstgeest, Leidschendam-Voorburg voor Voorschoten; elk met een eigen kantoor ernaast."""
    return regio(
        afspraak("noord", "voortgang", gemeenten=[OEGSTGEEST], uitvoerder="leiden"),
        afspraak("zuid", "voortgang", gemeenten=[VOORSCHOTEN], uitvoerder="leidschendam"),
        afspraak("vw-noord", "begeleiding", gemeenten=[OEGSTGEEST], uitvoerder="vw-oegstgeest", rol="begeleider"),
        afspraak("vw-zuid", "begeleiding", gemeenten=[VOORSCHOTEN], uitvoerder="vw-voorschoten", rol="begeleider"),
        gemeenten=(OEGSTGEEST, VOORSCHOTEN, LEIDEN, LEIDSCHENDAM),
        partners=[
            gemeentepartner("leiden", LEIDEN),
            gemeentepartner("leidschendam", LEIDSCHENDAM),
            gemeentepartner("oegstgeest", OEGSTGEEST),
            gemeentepartner("voorschoten", VOORSCHOTEN),
            partner("vw-oegstgeest", "vluchtelingenwerk"),
            partner("vw-voorschoten", "vluchtelingenwerk"),
        ],
        medewerkers=[
            medewerker("m-lei", "leiden", "klantmanager"),
            medewerker("m-lvb", "leidschendam", "klantmanager"),
            medewerker("v-oeg", "vw-oegstgeest", "begeleider"),
            medewerker("v-voo", "vw-voorschoten", "begeleider"),
        ],
    )


def test_voorbeeld_4_elke_zus_heeft_de_klantmanager_van_haar_eigen_gastheer() -> None:
    zussen = twee_gastheren()
    gevonden: dict[str, tuple[str, str]] = {}
    for gemeente in (OEGSTGEEST, VOORSCHOTEN):
        for stap in (Stapsoort.VOORTGANG, Stapsoort.BEGELEIDING):
            antwoord = toegewezen(zussen, gemeente=gemeente, stap=stap)
            wie = behandelaar(zussen, antwoord, op=DAG)
            assert wie is not None
            gevonden[f"{gemeente} {stap}"] = (antwoord.uitvoerder, wie.code)
    assert gevonden == {
        "GM0579 voortgang": ("leiden", "m-lei"),
        "GM0579 begeleiding": ("vw-oegstgeest", "v-oeg"),
        "GM0626 voortgang": ("leidschendam", "m-lvb"),
        "GM0626 begeleiding": ("vw-voorschoten", "v-voo"),
    }


def test_voorbeeld_4_de_gastheer_werkt_maar_het_college_van_de_woonplaats_besluit_en_betaalt() -> None:
    antwoord = toegewezen(twee_gastheren(), gemeente=OEGSTGEEST, stap=Stapsoort.VOORTGANG)
    assert antwoord.bevoegd_orgaan == "college van burgemeester en wethouders van Oegstgeest"
    assert antwoord.betaler == "oegstgeest"


def test_voorbeeld_4_een_klantmanager_van_de_ene_gastheer_geldt_niet_bij_de_andere() -> None:
    zussen = twee_gastheren()
    zuid = toegewezen(zussen, gemeente=VOORSCHOTEN, stap=Stapsoort.VOORTGANG)
    wie = behandelaar(zussen, zuid, op=DAG, eigen="m-lei")
    assert wie is not None
    assert wie.code == "m-lvb"
