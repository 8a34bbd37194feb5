"""companyfacts: what is known about a company, since when, and where does it say so.

`docs/architecture.md` is the map of its folders, with a picture of what they import and one request followed through them;
`docs/life-of-a-fact.md` follows one fact.
"""
