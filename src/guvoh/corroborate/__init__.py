"""Brings claims together into events and counts the original sources behind them.

Two stages, so that cost follows the change and one build equals ten. All of it is pure.

1. Assignment, report by report in canonical order (`assign`, `happenings`, `alignment`):

       pairs = alignment.twins(derivation, parent_reading, child_reading)   # per verified derivation
       placed = assign.Placed(ordinal, report, reading,
                              alignment.opposite(pairs, {claim.id for claim in reading.claims}))
       keys = assign.wanted(placed)                     # what to load from the store
       happenings = assign.Happenings(rows, index)      # Happening values; (key, happening) pairs
       happenings.assign(placed)                        # for each new report
       rows, index = happenings.changed()               # what to store

   The store keeps `happening(id, value)` and `happening_key(key, happening)`; their order does not
   matter. To load for keys: all pairs of those keys, and the rows of all happenings in them. `happenings.claim_key(claim)` is the
   key under which the happening of a claim is found. A row with `alias_of` is part of another.

2. Derivation of each event that holds a new claim, a report whose family changed, or a claim that
   an assessment names (`decisions`, `event`):

       decided, detached = decisions.attach(assessments, reports, readings)
       for gathered in decisions.overlay(rows, decided):
           result = event.derive(gathered, Material(reports, readings, families, derivations, decided))

   `rows` are the touched happenings and those of every claim that a merge, split or pin names.
   Reports and readings are those of the gathered claims and of `veil.needed(families)`.
   `result.event` is None where claims only deny.

`people.across` says who in one report is who in another, with names masked that another version
withholds; what shows people shows these.
"""
