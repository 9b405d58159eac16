"""What `pressedesk.rules` is written in: words, facts, findings, law, and the walk to a decision. Pure."""
