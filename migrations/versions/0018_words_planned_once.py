"""Words of a series that are put together by plans made once for a connection."""

from service.postgres.migration import down, up

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
