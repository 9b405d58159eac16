"""The use cases of the desk by stage, and the only writer of inquiries.

A use case takes plain values and `now`, opens its own writing transaction, checks scope and version, and commits the
row, its event and its messages together or not at all.
"""
