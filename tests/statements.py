"""All statements of the service, whichever room they belong to."""

from service.edgar import store as edgar
from service.feed import store as feed
from service.postgres.statements import Statement
from service.search import store as search
from service.series import store as series
from service.store import statements as kernel

STATEMENTS: dict[str, Statement] = {
    **kernel.STATEMENTS, **edgar.STATEMENTS, **feed.STATEMENTS, **search.STATEMENTS, **series.STATEMENTS
}  # fmt: skip
fragment = series.STATEMENTS.fragment
