"""Days in running text: found by the shape of what is said, in words of several languages. `find_dates` of typed_dates is the way in."""
