"""The ordered steps: the only place that reads from the store, calls them in turn, and writes.

taking     sources → acknowledged captures
deriving   captures → reports, readings → relating → gathering, chunk by chunk
relating   reports → derivations → families
gathering  claims → events, people, warnings
pages      the working copy as HTML
workers    the processes that clean and read, which can be killed and replaced
"""
