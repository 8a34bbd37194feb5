"""The identity of the log, and whether it is a copy."""

from service.postgres.migration import down, up

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
