"""EDGAR, the filing system of the U.S. Securities and Exchange Commission: its documents and its rules.

`documents` reads company facts strictly, `labels` has the rule of frames, `wire` cuts the answers that EDGAR
would give, `entries` says what an imported version cites, `filers` reads submissions and tickers, `places`
finds where a broken document breaks.
"""
