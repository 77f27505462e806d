"""De tweede wand: op PostgreSQL laat de database het portaal alleen zien wat wie er kijkt hoogstens mag zien (ADR 0014).

Op SQLite verandert er niets.

Revision: 0014
Revises: 0013
"""

from adapters.migraties import wand

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if not wand.op_postgres():
        return
    wand.maak_rol()
    wand.maak_functies()
    wand.geef_rechten()
    for tabel, zichtbaar in wand.TABELLEN.items():
        wand.zet_wand(tabel, zichtbaar)
    for tabel, (zichtbaar, erbij) in wand.MET_ERBIJ.items():
        wand.zet_wand(tabel, zichtbaar, erbij=erbij)


def downgrade() -> None:
    if not wand.op_postgres():
        return
    for tabel in (*wand.TABELLEN, *wand.MET_ERBIJ):
        wand.haal_wand_weg(tabel)
    wand.neem_rechten_terug()
    wand.haal_functies_weg()
