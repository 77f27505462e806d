"""Het overzicht van een dag op het bord: aantallen en de oudste te late stap. Niets over een persoon."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from domein.begrippen import Berichtstatus, Dossierstatus, Stapstatus
from domein.ports import Omgeving

DAGWERK: Final = "dagoverzicht"
_ONDERWEG: Final = (Berichtstatus.WACHTEND, Berichtstatus.UITGESTELD, Berichtstatus.BEZIG)


@dataclass(frozen=True, slots=True)
class Dagoverzicht:
    """De aantallen van nu; `oudste` is een verwijzing als `D-7F3K9:intake/oproep/1`."""

    dag: date
    lopend: int
    open: int
    te_laat: int
    oudste: str
    oudste_sinds: date | None
    post_wacht: int
    post_onzeker: int
    signalen: int

    def als_markdown(self, portaal: str) -> str:
        regels = [
            f"# Inburgering op {self.dag.isoformat()}",
            "",
            "| Wat | Aantal |",
            "|---|---|",
            f"| Lopende dossiers | {self.lopend} |",
            f"| Open taken | {self.open} |",
            f"| Taken die te laat zijn | {self.te_laat} |",
            f"| Mail die wacht | {self.post_wacht} |",
            f"| Mail die misschien aankwam | {self.post_onzeker} |",
            f"| Open signalen | {self.signalen} |",
            "",
        ]
        if self.oudste_sinds is not None:
            dagen = (self.dag - self.oudste_sinds).days
            regels += [f"Het langst te laat: `{self.oudste}`, {dagen} dagen (sinds {self.oudste_sinds}).", ""]
        return "\n".join([*regels, f"[Naar het portaal]({portaal})", ""])


def maak_dagoverzicht(omgeving: Omgeving, dag: date) -> Dagoverzicht:
    with omgeving.magazijn.ruimte() as ruimte:
        open_ = ruimte.stappen_waar(statussen=[Stapstatus.OPEN])
        laat = [stap for stap in open_ if (stap.uiterst or stap.streef) < dag]
        oudste = min(laat, key=lambda stap: (stap.uiterst or stap.streef, stap.kenmerk), default=None)
        post = Counter(b.status for b in ruimte.berichten(statussen=[*_ONDERWEG, Berichtstatus.ONZEKER]))
        return Dagoverzicht(
            dag=dag,
            lopend=len(ruimte.dossiers(status=Dossierstatus.LOPEND)),
            open=len(open_),
            te_laat=len(laat),
            oudste=f"{ruimte.dossier(oudste.dossier_id).referentie}:{oudste.kenmerk}" if oudste else "",
            oudste_sinds=(oudste.uiterst or oudste.streef) if oudste else None,
            post_wacht=sum(post[status] for status in _ONDERWEG),
            post_onzeker=post[Berichtstatus.ONZEKER],
            signalen=len(ruimte.signalen()),
        )


def is_gedaan(omgeving: Omgeving, dag: date) -> bool:
    with omgeving.magazijn.ruimte() as ruimte:
        return ruimte.dagwerk_gedaan(DAGWERK, dag)


def zet_gedaan(omgeving: Omgeving, dag: date) -> None:
    with omgeving.magazijn.ruimte() as ruimte:
        ruimte.doe_dagwerk(DAGWERK, dag, omgeving.klok.nu())
