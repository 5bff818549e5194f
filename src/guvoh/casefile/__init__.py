"""The case on disk: captures, journal and derived store.

Modules, as callers meet them:

- `case`: create and open a case folder; its locks.
- `errors`: what can go wrong, each as one clear sentence.
- `captures`: bytes as they arrived: `batch`, `read`, `verify`, `stored`.
- `actor`: the Ed25519 key that a person on a device writes with.
- `records`: the types of journal records, and how they are written as JSON.
- `journal`: append records, read them all in canonical order.
- `merkle`: RFC 6962 roots and proofs.
- `state`: fold records to captures, assessments, settings, observations.
- `following`: the same, kept up by a process that stays.
- `derived`: the derived store: connect, transactions, position, digest.
- `tables`: its nouns: put, get, drop.
- `lookups`: its indexes: postings, claim keys and links.
- `search`: full-text search over public reports.
- `recipe`: digest of code, data, versions and settings.
- `disk`: every write, fsync and rename that the above do.
"""
