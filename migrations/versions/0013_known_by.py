"""Keys that are bound to a day, and the indexes by which it is found since when a company is public."""

from service.postgres.migration import down, up

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
