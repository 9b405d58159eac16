"""What the administrator decides: units, offices and who holds them, absence, people, accounts, topics, hours, targets.

The only writer of these tables. A use case takes who asks (`By`), plain values and `now`, opens its own writing
transaction, and commits the rows with one line of the record that tells old and new by ids and codes. Nothing here
touches an inquiry: a case that is routed stays where it is when the organisation changes.
"""
