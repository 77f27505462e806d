"""Het regiobord: tellingen, mijlpalen en termijnen per dossier, en een index om een cel open te slaan.

De tellingen zijn na deze migratie leeg. De opzichter vult ze bij het starten, `regie bord herstel` doet het met de hand.

Revision: 0012
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INDEX = "ix_stap_gemeente_status_stapsoort_partner_streef_id"


def upgrade() -> None:
    op.create_table(
        "bordcel",
        sa.Column("maat", sa.String(length=20), nullable=False),
        sa.Column("wanneer", sa.String(length=10), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("partner", sa.String(length=60), nullable=False),
        sa.Column("wat", sa.String(length=60), nullable=False),
        sa.Column("staat", sa.String(length=30), nullable=False),
        sa.Column("getal", sa.Integer(), nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "maat", "wanneer", "gemeente", "partner", "wat", "staat", "getal", name=op.f("pk_bordcel")
        ),
    )
    op.create_table(
        "dossiermijlpaal",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("loopt", sa.Boolean(), nullable=False),
        sa.Column("kennisgeving_op", sa.Date(), nullable=True),
        sa.Column("intake_op", sa.Date(), nullable=True),
        sa.Column("pip_op", sa.Date(), nullable=True),
        sa.Column("les_op", sa.Date(), nullable=True),
        sa.Column("einde_op", sa.Date(), nullable=True),
        sa.Column("maatwerk_tot", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_dossiermijlpaal_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_dossiermijlpaal")),
    )
    op.create_table(
        "dossiertermijn",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("soort", sa.String(length=40), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("einde", sa.Date(), nullable=False),
        sa.Column("gehaald_op", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_dossiertermijn_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("dossier_id", "soort", "nummer", name=op.f("pk_dossiertermijn")),
    )
    with op.batch_alter_table("dossiertermijn", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dossiertermijn_gehaald_op_soort_einde"), ["gehaald_op", "soort", "einde"], unique=False
        )
    with op.batch_alter_table("stap", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f(INDEX), ["gemeente", "status", "stapsoort", "partner", "streef", "id"], unique=False
        )
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dossier_klantmanager_status_referentie"),
            ["klantmanager", "status", "referentie"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_klantmanager_status_referentie"))
    with op.batch_alter_table("stap", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f(INDEX))
    op.drop_table("dossiertermijn")
    op.drop_table("dossiermijlpaal")
    op.drop_table("bordcel")
