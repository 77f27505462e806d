"""Een overwogen maatregel als stappen: waarschuwen, voornemen, zienswijze, Keren, besluit (art. 22, 23 en 27 Wi).

Er begint niets vanzelf: pas als een behandelaar een maatregel overweegt, staan deze stappen er. Elk moment kan een mens
stoppen.
"""

from datetime import date

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.regels.tarief import plafond
from domein.stand import Maatregel, Stand

KEREN = "HvJ EU 4 februari 2025, C-158/23 (Keren)"


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde:
        return
    for maatregel in stand.maatregelen.values():
        if maatregel.loopt:
            yield _volgende(maatregel, stand, kader)


def _volgende(m: Maatregel, stand: Stand, kader: Kader) -> GewensteStap:
    if m.gewaarschuwd_op is None:
        begin = kader.werkdag(m.op)
        return _stap(
            m, kader, "waarschuwing", "Waarschuw eerst", begin, "maatregel_waarschuwen_werkdagen",
            f"Voor de gedraging van {datum(m.gedraging_op)} is een maatregel te overwegen. Een maatregel is het "
            "laatste middel; eerst een gesprek en een waarschuwing.", "artikel 14 lid 2 Wet inburgering 2021",
        )  # fmt: skip
    if stand.is_asiel and m.keren is None:
        begin = kader.werkdag(m.gewaarschuwd_op)
        return _stap(
            m, kader, "keren", "Toets aan de uitspraak Keren", begin, "maatregel_voornemen_werkdagen",
            "Een asielstatushouder krijgt alleen bij hardnekkige, aantoonbare onwil een boete. Is die er niet, "
            "stop dan.", KEREN,
        )  # fmt: skip
    if m.voornemen_op is None:
        begin = kader.volgende_werkdag(m.gewaarschuwd_op)
        return _stap(
            m, kader, "voornemen", "Stuur het voornemen, of stop", begin, "maatregel_voornemen_werkdagen",
            f"Op {datum(m.gewaarschuwd_op)} is gewaarschuwd. In deze termijn kan samen hoogstens "
            f"€ {plafond(stand, m.gedraging_op, kader)} worden opgelegd.",
            "artikelen 22, 23 en 27 Wet inburgering 2021; artikelen 4:8 en 5:53 Algemene wet bestuursrecht",
        )  # fmt: skip
    assert m.zienswijze_tot is not None
    if m.zienswijze_op is None:
        begin = kader.werkdag(m.voornemen_op)
        return GewensteStap(
            kenmerk=f"maatregel/zienswijze/{m.nummer}",
            stapsoort=Stapsoort.VOORTGANG,
            titel="Leg de zienswijze vast",
            start=begin,
            streef=kader.volgende_werkdag(m.zienswijze_tot),
            uiterst=None,
            rol=Rol.KLANTMANAGER,
            waarom=f"De inburgeraar kan reageren tot en met {datum(m.zienswijze_tot)}, in een brief of in een gesprek.",
            artikel="artikelen 4:8, 4:9 en 5:53 Algemene wet bestuursrecht",
        )
    begin = max(kader.werkdag(m.zienswijze_op), kader.werkdag(m.voornemen_op))
    return _stap(
        m, kader, "besluit", "Besluit over de maatregel: wel of niet", begin, "maatregel_besluiten_werkdagen",
        f"De zienswijze is van {datum(m.zienswijze_op)}. Een mens met mandaat beslist, met reden; niet opleggen is "
        "ook een besluit.",
        "artikelen 22, 23 en 27 Wet inburgering 2021; artikel 10:3 lid 4 Algemene wet bestuursrecht",
        besluit=True,
    )  # fmt: skip


def _stap(
    m: Maatregel, kader: Kader, wat: str, titel: str, start: date, regel: str, waarom: str, artikel: str,
    *, besluit: bool = False,
) -> GewensteStap:  # fmt: skip
    return GewensteStap(
        kenmerk=f"maatregel/{wat}/{m.nummer}",
        stapsoort=Stapsoort.PIP if besluit else Stapsoort.VOORTGANG,
        titel=titel,
        start=start,
        streef=kader.werkdagen_na(start, kader.regeling.getal(regel)),
        uiterst=None,
        rol=Rol.MANDAATHOUDER if besluit else Rol.KLANTMANAGER,
        waarom=waarom,
        artikel=artikel,
        besluit=besluit,
    )
