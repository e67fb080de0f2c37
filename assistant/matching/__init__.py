"""Which measures of the library fit an applicant, clause by clause."""
