"""Bewaren en vernietigen: de vernietigingslijst met haar regels, en de leveringen aan het CBS.

Revision: 0010
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vernietigingslijst",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nummer", sa.String(length=40), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("peildatum", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("opgesteld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opgesteld_door", sa.String(length=60), nullable=False),
        sa.Column("opgesteld_verificatie", sa.String(length=30), nullable=False),
        sa.Column("inhoud_sha256", sa.String(length=64), nullable=False),
        sa.Column("besloten_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("besloten_door", sa.String(length=60), nullable=True),
        sa.Column("besloten_verificatie", sa.String(length=30), nullable=True),
        sa.Column("besluit_reden", sa.String(), nullable=False),
        sa.Column("uitgevoerd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uitgevoerd_door", sa.String(length=60), nullable=True),
        sa.Column("verklaring", sa.JSON(), nullable=True),
        sa.Column("verklaring_sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vernietigingslijst")),
        sa.UniqueConstraint("nummer", name=op.f("uq_vernietigingslijst_nummer")),
    )
    op.create_index(op.f("ix_vernietigingslijst_gemeente"), "vernietigingslijst", ["gemeente"], unique=False)
    op.create_table(
        "vernietigingsregel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lijst_id", sa.Uuid(), nullable=True),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("resultaat", sa.String(length=60), nullable=False),
        sa.Column("grond", sa.String(length=200), nullable=False),
        sa.Column("einde_op", sa.Date(), nullable=True),
        sa.Column("bewaren_tot", sa.Date(), nullable=True),
        sa.Column("waarom", sa.String(), nullable=False),
        sa.Column("vernietigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sleutel_id", sa.Uuid(), nullable=True),
        sa.Column("gebeurtenissen", sa.Integer(), nullable=False),
        sa.Column("keten_hoofd", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["lijst_id"], ["vernietigingslijst.id"], name=op.f("fk_vernietigingsregel_lijst_id_vernietigingslijst")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_vernietigingsregel_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vernietigingsregel")),
        sa.UniqueConstraint("lijst_id", "dossier_id", name=op.f("uq_vernietigingsregel_lijst_id_dossier_id")),
    )
    op.create_index(op.f("ix_vernietigingsregel_dossier_id"), "vernietigingsregel", ["dossier_id"], unique=False)
    op.create_table(
        "swilevering",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kwartaal", sa.String(length=7), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("uiterst", sa.Date(), nullable=False),
        sa.Column("rijen", sa.Integer(), nullable=False),
        sa.Column("ontbreekt", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gemaakt_door", sa.String(length=60), nullable=False),
        sa.Column("gemaakt_verificatie", sa.String(length=30), nullable=False),
        sa.Column("geleverd_op", sa.Date(), nullable=True),
        sa.Column("geleverd_door", sa.String(length=60), nullable=True),
        sa.Column("antwoord_op", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swilevering")),
        sa.UniqueConstraint("kwartaal", "gemeente", "versie", name=op.f("uq_swilevering_kwartaal_gemeente_versie")),
    )


def downgrade() -> None:
    op.drop_table("swilevering")
    op.drop_table("vernietigingsregel")
    op.drop_table("vernietigingslijst")
