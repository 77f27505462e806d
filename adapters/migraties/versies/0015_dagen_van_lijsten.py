"""De dagen waarop lijsten zoeken: bewaren, verzoeken en besluiten, bij de mijlpalen van het dossier; en open werk.

De tweede wand kijkt voortaan eerst naar het dossier zelf: op een lijst van vijftig scheelt dat de helft van de tijd.

De mijlpalen zijn na deze migratie leeg. De opzichter vult ze bij het starten, `regie bord herstel` doet het met de hand.
Wie `stap` later op SQLite in een batch verandert, maakt de index over open werk daarna opnieuw: Alembic ziet haar daar niet.

Revision: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from adapters.migraties import wand

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

DAGEN = ("bewaren_tot", "verzoek_tot", "besluit_tot")
OPEN_WERK = "ix_stap_open_laatste_dag"
INDEXEN = {
    "ix_dossiermijlpaal_bewaren_tot": ["bewaren_tot"],
    "ix_dossiermijlpaal_verzoeken_verzoek_tot": ["verzoeken", "verzoek_tot"],
    "ix_dossiermijlpaal_besluit_tot": ["besluit_tot"],
}


def upgrade() -> None:
    op.execute("DELETE FROM dossiermijlpaal")
    with op.batch_alter_table("dossiermijlpaal", schema=None) as batch_op:
        for dag in DAGEN:
            batch_op.add_column(sa.Column(dag, sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("verzoeken", sa.Integer(), nullable=False))
        for naam, kolommen in INDEXEN.items():
            batch_op.create_index(batch_op.f(naam), kolommen, unique=False)
    open_ = sa.text("status = 'open'")
    op.create_index(
        OPEN_WERK, "stap", [sa.text("coalesce(uiterst, streef)"), "id"], postgresql_where=open_, sqlite_where=open_
    )
    if wand.op_postgres():
        for tabel, zichtbaar in wand.TABELLEN.items():
            wand.wijzig_wand(tabel, zichtbaar)
        for tabel, (zichtbaar, erbij) in wand.MET_ERBIJ.items():
            wand.wijzig_wand(tabel, zichtbaar, erbij=erbij)


def downgrade() -> None:
    op.drop_index(OPEN_WERK, "stap")
    with op.batch_alter_table("dossiermijlpaal", schema=None) as batch_op:
        for naam in INDEXEN:
            batch_op.drop_index(batch_op.f(naam))
        for kolom in ("verzoeken", *DAGEN):
            batch_op.drop_column(kolom)
