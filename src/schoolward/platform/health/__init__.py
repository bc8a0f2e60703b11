"""What is wrong with an installation, and the mend: ``schoolward doctor``, ``/healthz``, ``/readyz``."""
