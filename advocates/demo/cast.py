"""Who is in the demo. All of them, their agencies and the issuer are invented."""

from dataclasses import dataclass

PASSWORD = "lantern harbor violet 27"  # noqa: S105
ISSUER = "Lakeshore Center for Community Safety"
PROGRAM = "Victim Advocate Training"
PREFIX = "SAMPLE"
SIGNATORIES = (("Ottoline Farrow", "Program Director"), ("Bartolomeo Quince", "Lead Trainer"))

ADMINISTRATORS = (("Ada Quill", "admin@example.org"), ("Hollis Renner", "second.admin@example.org"))
TRAINERS = (("Bartolomeo Quince", "trainer@example.org"), ("Imani Westerlund", "second.trainer@example.org"))
AUDITOR = ("Sunniva Castellane", "auditor@example.org")


@dataclass(frozen=True)
class Trainee:
    """How the person is called, and what is printed where that differs."""

    name: str
    agency: str
    pronunciation: str | None = None
    certificate_name: str | None = None

    @property
    def printed(self) -> str:
        return self.certificate_name or self.name


HARBOR, PRAIRIE, RIVER, SOUTHLIGHT = "Harbor Light Collective", "Prairie Door", "River Bend Neighbors", "Southlight"

PILOT = (
    Trainee("Łucja Wrzesień", PRAIRIE, "WOOT-sya vzheh-SHEN"),
    Trainee("Nguyễn Thảo Vy", HARBOR, "win TOW vee"),
    Trainee("محمد الساحلي", SOUTHLIGHT, "mu-HAM-mad as-SAH-hi-lee"),
    Trainee("王静怡", RIVER, "wahng jing-YEE"),
    Trainee("Odalys Brightwater", HARBOR, "oh-DAH-lis", "Odalys Marisol Brightwater-Echeverría"),
    Trainee("Percival Adeyinka-Lowe", SOUTHLIGHT, "ah-day-YIN-ka"),
    Trainee("Temperance Holloway", PRAIRIE),
    Trainee("Ximena Torrealba", RIVER, "hee-MEH-na"),
    Trainee("Cassius Merriweather", SOUTHLIGHT),
    Trainee("Zofia Jaśkowiak-Dębska", PRAIRIE, "ZOF-ya yash-KO-vyak DEMP-ska"),
    Trainee("Đặng Minh Khuê", HARBOR, "dahng min KWAY"),
    Trainee("Bellamy Okonjo-Reyes", RIVER),
)

CURRENT = (
    Trainee("Marisol Vantage", HARBOR),
    Trainee("Wiesława Chrząszcz", PRAIRIE, "vyeh-SWAH-va HSHONSHCH"),
    Trainee("Trần Quốc Bảo", HARBOR, "chun kwok BOW"),
    Trainee("ليلى الحكيم", SOUTHLIGHT, "LAY-la al-ha-KEEM"),
    Trainee("李文博", RIVER, "lee wen-BWOH"),
    Trainee("Thaddeus Moonfield", SOUTHLIGHT),
    Trainee("Philippa Nwosu-Grant", RIVER, "n-WOH-soo"),
    Trainee("Ignacio Bellweather", HARBOR),
    Trainee("Stanisława Gęś", PRAIRIE, "stah-nee-SWAH-va GENSH"),
    Trainee("Phạm Thị Hồng Nhung", HARBOR, "fam tee hong NYUNG"),
    Trainee("Delphine Arrowsmith", SOUTHLIGHT),
    Trainee("سمير النجار", SOUTHLIGHT, "sa-MEER an-naj-JAR"),
    Trainee("陈思远", RIVER, "chen suh-YWEN"),
    Trainee("Rosalind Ferncastle", PRAIRIE),
    Trainee("Jericho Ashworth-Pine", RIVER),
    Trainee("Esperanza Quillfeather", HARBOR),
    Trainee("Kazimierz Żółtowski", PRAIRIE, "ka-ZHEE-myesh zhoow-TOF-skee"),
    Trainee("Lavinia Stormcloud", SOUTHLIGHT),
    Trainee("Vũ Đức Thịnh", HARBOR, "voo duk TIN"),
    Trainee("Octavia Bramblewood", RIVER),
    Trainee("Remington Sallow", PRAIRIE),
    Trainee("نور الهدى زيدان", SOUTHLIGHT, "noor al-HU-da zay-DAN"),
    Trainee("Clementine Harrowgate", RIVER),
    Trainee("Solomon Tidewater", HARBOR),
)

UPCOMING = (
    Trainee("Gwendolyn Farthing", HARBOR),
    Trainee("Bogumiła Świerszcz", PRAIRIE, "bo-goo-MEE-wa SHFYERSHCH"),
    Trainee("Lê Hoàng Phúc", HARBOR, "lay hwahng FOOK"),
    Trainee("赵雨桐", RIVER, "jow yoo-TONG"),
    Trainee("Leopold Wintergreen", SOUTHLIGHT),
    Trainee("Araminta Coldbrook", RIVER),
    Trainee("هدى الفارس", SOUTHLIGHT, "HU-da al-FA-ris"),
    Trainee("Fitzgerald Oakmoss", PRAIRIE),
)
