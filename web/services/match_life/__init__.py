"""What follows on an approval: the two sides answer, agree, begin and end; `models.match_life`."""
