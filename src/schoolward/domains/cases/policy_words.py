"""What relations to an academy are called: the policy decides by them, and actions ask which one did."""

RUNS_IT = "runs the cohort"
TEACHES_IT = "teaches the academy"
LEADS_ITS_SITE = "leads the site of the cohort"
