"""Regioversies op volgorde van laden, ook als de klok stilstond of terugging.

Revision: 0006
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_VERSIES = sa.table(
    "regioversie",
    sa.column("id", sa.Uuid()),
    sa.column("regio", sa.String()),
    sa.column("geladen_op", sa.DateTime(timezone=True)),
    sa.column("laadnummer", sa.Integer()),
)


def upgrade() -> None:
    with op.batch_alter_table("regioversie", schema=None) as batch_op:
        batch_op.add_column(sa.Column("laadnummer", sa.Integer(), nullable=False, server_default="0"))
    verbinding = op.get_bind()
    vraag = sa.select(_VERSIES.c.id, _VERSIES.c.regio).order_by(_VERSIES.c.regio, _VERSIES.c.geladen_op, _VERSIES.c.id)
    geteld: dict[str, int] = {}
    for id_, regio in verbinding.execute(vraag).all():
        geteld[regio] = geteld.get(regio, 0) + 1
        verbinding.execute(_VERSIES.update().where(_VERSIES.c.id == id_).values(laadnummer=geteld[regio]))
    with op.batch_alter_table("regioversie", schema=None) as batch_op:
        batch_op.alter_column("laadnummer", server_default=None)
        batch_op.create_unique_constraint(batch_op.f("uq_regioversie_regio_laadnummer"), ["regio", "laadnummer"])


def downgrade() -> None:
    with op.batch_alter_table("regioversie", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_regioversie_regio_laadnummer"), type_="unique")
        batch_op.drop_column("laadnummer")
