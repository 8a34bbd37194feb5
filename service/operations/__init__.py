"""The use cases of the kernel: one async function each, which takes its own connections and transactions.

Every function gets a `Database`.
"""

from service.postgres.database import Database as Database
