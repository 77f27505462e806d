"""Handelingen van ops in bulk: de vraag, en per stap of dossier hoe ver zij is.

Revision: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulk",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("handeling", sa.String(length=30), nullable=False),
        sa.Column("vingerafdruk", sa.String(length=64), nullable=False),
        sa.Column("keuze", sa.JSON(), nullable=False),
        sa.Column("waarden", sa.JSON(), nullable=False),
        sa.Column("door", sa.String(length=100), nullable=False),
        sa.Column("verificatie", sa.String(length=30), nullable=False),
        sa.Column("begonnen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("klaar_op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk")),
    )
    op.create_table(
        "bulkregel",
        sa.Column("bulk_id", sa.String(length=60), nullable=False),
        sa.Column("volgorde", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("stap_id", sa.Uuid(), nullable=True),
        sa.Column("ongedaan", sa.JSON(), nullable=False),
        sa.Column("uitslag", sa.String(length=20), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("waarom", sa.String(), nullable=False),
        sa.Column("uitweg", sa.String(), nullable=False),
        sa.Column("gebeurtenissen", sa.JSON(), nullable=False),
        sa.Column("berichten", sa.JSON(), nullable=False),
        sa.Column("afgerond_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bulk_id"], ["bulk.id"], name=op.f("fk_bulkregel_bulk_id_bulk")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_bulkregel_dossier_id_dossier")),
        sa.ForeignKeyConstraint(["stap_id"], ["stap.id"], name=op.f("fk_bulkregel_stap_id_stap")),
        sa.PrimaryKeyConstraint("bulk_id", "volgorde", name=op.f("pk_bulkregel")),
    )
    op.create_index(op.f("ix_bulkregel_bulk_id_dossier_id"), "bulkregel", ["bulk_id", "dossier_id"], unique=False)


def downgrade() -> None:
    op.drop_table("bulkregel")
    op.drop_table("bulk")
