"""De ronde kijkt alleen naar stappen waaraan iets is veranderd, en naar een greep uit de rest.

Revision: 0011
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Na deze migratie kijkt de ronde één keer naar alle stappen.
    op.add_column("stap", sa.Column("bord_bij", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE stap SET bord_bij = true WHERE run_id IS NULL AND status NOT IN ('gepland', 'open')")
    with op.batch_alter_table("stap", schema=None) as batch_op:
        batch_op.alter_column("bord_bij", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
        batch_op.create_index(
            batch_op.f("ix_stap_bord_bij_status_run_id_start"), ["bord_bij", "status", "run_id", "start"], unique=False
        )
        # Hoeveel van elk soort iemand heeft openstaan, is zo te tellen zonder één stap te lezen.
        batch_op.drop_index(batch_op.f("ix_stap_status_medewerker"))
        batch_op.create_index(
            batch_op.f("ix_stap_status_medewerker_stapsoort"), ["status", "medewerker", "stapsoort"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stap_status_bord_bij_id"), ["status", "bord_bij", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("stap", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stap_status_bord_bij_id"))
        batch_op.drop_index(batch_op.f("ix_stap_status_medewerker_stapsoort"))
        batch_op.create_index(batch_op.f("ix_stap_status_medewerker"), ["status", "medewerker"], unique=False)
        batch_op.drop_index(batch_op.f("ix_stap_bord_bij_status_run_id_start"))
        batch_op.drop_column("bord_bij")
