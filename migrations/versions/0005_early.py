"""The first position and day of each fact, and whether several publishers assert it: for reads at earlier times."""

from service.postgres.migration import down, up

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
