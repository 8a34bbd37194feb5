"""Several documents of a path at one position."""

from service.postgres.migration import down, up

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
