"""Applications, the waitlist, offers of a seat, and agency quotas: how people come into a cohort."""
