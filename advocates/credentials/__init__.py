"""Credentials: who has earned the award, the certificate that states it, and the public check that it is genuine."""
