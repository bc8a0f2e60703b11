"""What relations to an academy are called: the policy decides by them, and actions ask which one did."""

RUNS_IT = "runs the cohort"
LEADS_ITS_SITE = "leads the site of the cohort"
