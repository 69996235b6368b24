"""Files as meeting programs and spreadsheets write them, of the room's people: 5:30 to 8:30 PM on October 20, 2026."""

ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
864 2222 0147,"Evening 1, Foundations",10/20/2026 05:21:12 PM,10/20/2026 08:36:40 PM,bertil@example.org,196,5

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room
Bertil Oakes,bertil@example.org,10/20/2026 05:21:12 PM,10/20/2026 08:36:40 PM,196,No,,No
Łucja Wiśniewska,lucja@example.org,10/20/2026 05:20:00 PM,10/20/2026 05:28:10 PM,9,Yes,,Yes
Łucja Wiśniewska,lucja@example.org,10/20/2026 05:28:10 PM,10/20/2026 07:02:41 PM,95,Yes,,No
Łucja Wiśniewska,lucja@example.org,10/20/2026 07:04:02 PM,10/20/2026 08:36:40 PM,93,Yes,,No
Hạnh (Nguyễn Thị Hạnh),,10/20/2026 05:47:31 PM,10/20/2026 06:40:05 PM,53,Yes,,No
Hạnh (Nguyễn Thị Hạnh),,10/20/2026 07:01:20 PM,10/20/2026 08:36:40 PM,96,Yes,,No
iPhone,,10/20/2026 05:30:00 PM,10/20/2026 08:10:00 PM,160,Yes,,No
"""

TEAMS = """1. Summary
Meeting title\t"Evening 1, Foundations, part 1, 2, 3"
Attended participants\t4
Start time\t10/20/26, 5:21:12 PM
End time\t10/20/26, 8:36:40 PM
Meeting duration\t3h 15m 28s
Average attendance time\t2h 50m 2s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Bertil Oakes\t10/20/26, 5:21:12 PM\t10/20/26, 8:36:40 PM\t3h 15m 28s\tbertil@example.org\tbertil@example.org\tOrganizer
Łucja Wiśniewska\t10/20/26, 5:28:10 PM\t10/20/26, 8:36:40 PM\t3h 7m 9s\tlucja@example.org\tlucja@example.org\tPresenter
Nguyễn Thị Hạnh (Guest)\t10/20/26, 5:47:31 PM\t10/20/26, 8:36:40 PM\t2h 27m 54s\t\t\tPresenter
iPhone (Unverified)\t10/20/26, 5:30:00 PM\t10/20/26, 8:10:00 PM\t2h 40m\t\t\tPresenter

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Bertil Oakes\t10/20/26, 5:21:12 PM\t10/20/26, 8:36:40 PM\t3h 15m 28s\tbertil@example.org\tOrganizer
Łucja Wiśniewska\t10/20/26, 5:28:10 PM\t10/20/26, 7:02:41 PM\t1h 34m 31s\tlucja@example.org\tPresenter
Łucja Wiśniewska\t10/20/26, 7:04:02 PM\t10/20/26, 8:36:40 PM\t1h 32m 38s\tlucja@example.org\tPresenter
Nguyễn Thị Hạnh (Guest)\t10/20/26, 5:47:31 PM\t10/20/26, 6:40:05 PM\t52m 34s\t\tPresenter
Nguyễn Thị Hạnh (Guest)\t10/20/26, 7:01:20 PM\t10/20/26, 8:36:40 PM\t1h 35m 20s\t\tPresenter
iPhone (Unverified)\t10/20/26, 5:30:00 PM\t10/20/26, 8:10:00 PM\t2h 40m\t\tPresenter

4. Meeting Engagement
Name\tEngagement Type\tTime
Łucja Wiśniewska\tCamera on\t10/20/26, 5:40:00 PM
"""

TABLE = """Name,Status,Arrived,Left,Out,Back
Łucja Wiśniewska,present,5:55 pm,,,
Nguyễn Thị Hạnh,,5:40 pm,8:20 pm,6:40 pm,7:00 pm
محمد العلي,absent,,,,
"""


def teams_file() -> bytes:
    return TEAMS.replace("\n", "\r\n").encode("utf-16")
