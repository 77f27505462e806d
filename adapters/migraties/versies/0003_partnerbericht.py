"""Berichten aan het systeem van een partner, op volgorde per dossier.

Revision: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partnerbericht",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("partner", sa.String(length=60), nullable=False),
        sa.Column("soort", sa.String(length=60), nullable=False),
        sa.Column("gebeurtenis", sa.Integer(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("stapsoort", sa.String(length=30), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("pogingen", sa.Integer(), nullable=False),
        sa.Column("volgende_poging", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_tot", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_nummer", sa.Integer(), nullable=False),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("aanvaard_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("antwoord_uiterlijk", sa.Date(), nullable=True),
        sa.Column("antwoord", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_partnerbericht_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnerbericht")),
        sa.UniqueConstraint(
            "dossier_id", "partner", "soort", "gebeurtenis",
            name=op.f("uq_partnerbericht_dossier_id_partner_soort_gebeurtenis"),
        ),
        sa.UniqueConstraint(
            "dossier_id", "partner", "volgnummer", name=op.f("uq_partnerbericht_dossier_id_partner_volgnummer")
        ),
    )  # fmt: skip
    with op.batch_alter_table("partnerbericht", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_partnerbericht_status_volgende_poging"), ["status", "volgende_poging"], unique=False
        )


def downgrade() -> None:
    op.drop_table("partnerbericht")
