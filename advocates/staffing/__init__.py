"""Who teaches a session: trainers and guest speakers, their qualifications, and who is booked twice."""
