"""Stories: what happens at a press desk on a bad day, each with the two or three people in it, through the pages."""
