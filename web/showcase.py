"""The sectors of the showcase and the work forms, by the name their page has in the address.

Their texts are Dutch templates of that name in `templates/content/`.
"""

#: The clusters of activities whose offers a sector shows as living examples.
SECTORS: dict[str, tuple[str, ...]] = {
    "industrie-en-verpakking": ("verpakking & assemblage", "metaal", "hout"),
    "groen-en-openbaar-domein": ("groen", "netheid openbaar domein", "land- & tuinbouw"),
    "horeca-en-evenementen": ("horeca & catering", "evenementen & toerisme", "was & strijk"),
    "zorg-en-welzijn": ("zorg & welzijn", "kinderopvang", "mobiliteit"),
    "gemeente-en-ocmw": ("netheid openbaar domein", "fiets", "begeleiding & opleiding"),
    "school-en-vereniging": ("evenementen & toerisme", "kinderopvang", "schoonmaak"),
    "kantoor-en-administratie": ("administratie & digitaal", "druk & mailing", "schoonmaak"),
    "bouw-en-energie": ("energie & bouw", "hout"),
    "logistiek-en-webwinkel": ("logistiek", "verpakking & assemblage"),
    "kringloop-en-herstel": ("kringloop & afval", "fiets", "handel"),
}

PICTOGRAMS: dict[str, str] = {
    "industrie-en-verpakking": "industrie",
    "groen-en-openbaar-domein": "groen",
    "horeca-en-evenementen": "horeca",
    "zorg-en-welzijn": "zorg",
    "gemeente-en-ocmw": "gemeente",
    "school-en-vereniging": "school",
    "kantoor-en-administratie": "kantoor",
    "bouw-en-energie": "bouw",
    "logistiek-en-webwinkel": "logistiek",
    "kringloop-en-herstel": "kringloop",
}

WORK_FORMS = (
    "enclavewerking",
    "collectief-maatwerk",
    "individueel-maatwerk",
    "lokale-diensten",
    "artikel-60",
    "tijdelijke-werkervaring",
    "arbeidsmatige-activiteiten",
    "wijk-werken",
    "doorstroom",
)
