"""Dutch words and patterns by which a text gives away who somebody is.

A block holds one pattern a line, matched as whole words whatever their case; `(?-i:…)` minds the
case. They are kept narrow: a warning that is wrong too often is not read any more, so `5 jaar
ervaring`, `spreekt Turks` and `ploeg van 4 man` pass.
"""

_COUNTRIES = """
Afghanistan|Albanië|Algerije|Angola|Armenië|Azerbeidzjan|Bangladesh|Brazilië|Bulgarije|Burundi
China|Colombia|Congo|Egypte|El Salvador|Eritrea|Ethiopië|Gambia|Georgië|Ghana|Guinee|India|Irak
Iran|Italië|Ivoorkust|Jemen|Kameroen|Kosovo|Libanon|Libië|Macedonië|Marokko|Moldavië|Mongolië
Nepal|Nigeria|Oekraïne|Pakistan|Palestina|Polen|Portugal|Roemenië|Rusland|Rwanda|Senegal|Servië
Sierra Leone|Somalië|Soedan|Spanje|Sri Lanka|Syrië|Tibet|Togo|Tsjetsjenië|Tunesië|Turkije
Venezuela|Vietnam|Wit-Rusland
"""
_PEOPLES = """
Afghaan|Albanees|Algerijn|Armeniër|Azerbeidzjaan|Bulgaar|Congolees|Egyptenaar|Eritreeër|Ethiopiër
Ghanees|Guinees|Irakees|Iraniër|Kameroener|Koerd|Kosovaar|Libanees|Macedoniër|Marokkaan|Nepalees
Nigeriaan|Oekraïner|Pakistaan|Palestijn|Roemeen|Rwandees|Senegalees|Serviër|Soedanees|Somaliër
Syriër|Tsjetsjeen|Tunesiër|Venezolaan|Vietnamees
"""
_FROM_THERE = """
afghaanse?|afrikaanse?|albanese|algerijnse?|arabische?|armeense?|aziatische?|belgische?|bulgaarse?
congolese?|eritrese|ethiopische?|ghanese?|guinese?|iraakse?|iraanse?|koerdische?|marokkaanse?
nepalese?|nigeriaanse?|oekraïense?|pakistaanse?|palestijnse?|poolse?|roemeense?|russische?
soedanese?|somalische?|syrische?|tsjetsjeense?|tunesische?|turkse?|vlaamse?|buitenlandse?|vreemde
"""
_PERSON = "man|vrouw|dame|meneer|mevrouw|moeder|vader|jongere|jongen|meisje|kandidaat|medewerker"
#: Common first names that are no ordinary Dutch word, month or brand.
_FIRST_NAMES = """
Aaron|Abdel|Abdul|Abdullah|Achmed|Adam|Adil|Agnes|Ahmad|Ahmed|Aicha|Aisha|Ali|Alice|Amina|Amir|An
Andreas|Anita|Anja|Anke|Anna|Anneleen|Annelies|Annick|Anouk|Arne|Arthur|Astrid|Ayse|Bart|Bassam
Benny|Bert|Bilal|Bjorn|Brahim|Bram|Brecht|Britt|Bruno|Carine|Carla|Charlotte|Chris|Christel
Christiane|Claudia|Dirk|Dominique|Dries|Ellen|Els|Emine|Emma|Emre|Erik|Evelien|Evy|Fatiha|Fatima
Fatma|Fien|Filip|Francine|Frank|Freddy|Frederik|Geert|Gerda|Gert|Ghislain|Gitte|Godelieve|Greet
Griet|Guido|Gunther|Hakim|Hanne|Hannelore|Hans|Hasan|Hassan|Heidi|Hendrik|Hilde|Hussein|Ibrahim
Ilse|Ingrid|Ismail|Ivan|Jacqueline|Jamal|Jan|Jana|Jari|Jasper|Jef|Jelle|Jeroen|Johan|Joke|Jolien
Joost|Jozef|Julie|Jurgen|Kamal|Karel|Karen|Karim|Katleen|Katrien|Kevin|Khadija|Khalid|Kim|Koen
Kristof|Kurt|Laila|Laura|Lien|Liesbeth|Linda|Lisa|Lotte|Louis|Luc|Lucas|Lucienne|Luka|Maarten
Magda|Mahmoud|Malika|Marc|Marcel|Mariam|Marie|Marieke|Marijke|Marleen|Martine|Mathias|Mehmet
Michel|Mieke|Mohamed|Mohammed|Monique|Mustafa|Myriam|Nadia|Nadine|Naima|Nathalie|Nele|Nicole|Niels
Noor|Nora|Oksana|Olga|Olivier|Omar|Patrick|Paul|Peter|Philippe|Piet|Pieter|Rachid|Rita|Robert
Romain|Ronny|Ruben|Rudi|Sabine|Samir|Samira|Sander|Sandra|Sara|Sarah|Simon|Sofie|Souad|Stefaan
Stefan|Steven|Stijn|Sven|Svetlana|Tamara|Thomas|Tine|Tom|Tuur|Ursula|Vanessa|Veerle|Veronique
Viktor|Walter|Wendy|Willem|Wim|Wouter|Yannick|Yasmina|Youssef|Yusuf|Zahra|Zeynep
"""


def _or(block: str) -> str:
    return "|".join(block.split("\n")[1:-1])


#: Words before a number of years that is no age: "al 20 jaar", "heeft 25 jaar gewerkt".
_NO_AGE = "".join(
    rf"(?<!\b{word}\s)"
    for word in (
        *("al", "na", "ruim", "dan", "gedurende", "bijna", "over", "heeft", "had", "heb", "voor"),
        *("minstens", "ongeveer", "circa", "totaal", "werkte", "werkt", "samen", "laatste"),
        *("met", "van", "zo'n", "ervaring", "ervaring:"),
    )
)
#: "Man, 34": what stands before a bare age.
_AFTER_PERSON = "(?:{})".format(
    "|".join(
        rf"(?<={word}{mark})"
        for word in ("man", "vrouw", "dame", "jongen", "meisje", "kandidaat")
        for mark in (", ", " ", " \\(")
    )
)
#: "een man van 34": what stands before an age, and not before years of experience.
_PERSON_OF = "(?:{})".format(
    "|".join(rf"(?<=\b{word} van )" for word in ("iemand", "persoon", *_PERSON.split("|")))
)
#: "vier man" is a team, not a sex.
_NO_TEAM = r"(?<!\d )" + "".join(
    rf"(?<!\b{word} )" for word in ("twee", "drie", "vier", "vijf", "zes", "acht", "tien", "ploeg")
)
#: A verb in the singular, after which "zij" is a woman and not a group.
_SINGULAR = r"(?:is|was|kan|wil|mag|zal|zou|had|ging|deed|\w{2,}t|\w{2,}te|\w{2,}de)"
_CAPITALS = r"(?-i:[A-Z][\w-]*(?: [A-Z][\w-]*){0,2})"

CONTACT = r"""
(?<![.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+
(?:https?://|www\.)\S+
(?<![\d.+])(?:\+32|0032|0)(?:\s?\(0\))?[\s./-]?\d(?:[\s./-]{0,2}\d){7,8}
\d{2}\.?\d{2}\.?\d{2}-\d{3}[.-]?\d{2}
(?-i:[A-Z]\w{0,40}?(?:straat|laan|steenweg|plein|dreef|lei|kaai|baan|dijk|weg|pad|hof) \d{1,4}\w?)
"""
NAME = rf"""
(?-i:(?<!-)(?<!Sint )(?:{_or(_FIRST_NAMES)})(?!-)(?: [A-Z][\w-]*){{0,3}})
(?:mijn naam is|ik heet|heet|naam\s?:|genaamd) {_CAPITALS}
(?:meneer|mijnheer|mevrouw|mevr\.|dhr\.|de heer) {_CAPITALS}
"""
AGE = rf"""
\d{{1,2}}\s?(?:jaar|jr\.?) (?:oud|jong)
\w{{4,20}}tig jaar oud
{_AFTER_PERSON}\d{{2}}(?=\s?(?:[,.;:)]|$|jaar))(?: jaar)?
{_NO_AGE}(?<!-)(?:1[6-9]|[2-6]\d|7[0-5])\s?(?:jaar|jr)(?=\s?(?:[,.;:)!?\n]|$|en\b|zoekt\b))
{_PERSON_OF}(?:1[6-9]|[2-6]\d|7[0-5])(?:\s?(?:jaar|jr)\b|(?= die\b))(?! (?:ervaring|werk|dienst))
jonge(?= (?:\w{{3,20}} )?(?:{_PERSON}|persoon|kerel|gast)\b)
\d{{2}}\s?-?jarige
(?:leeftijd|ouderdom)(?: is| van)?:? ?\d{{2}}(?: jaar)?
geboren (?:op|in) [\w ./-]{{0,20}}(?:19|20)\d{{2}}
geboorte(?:jaar|datum)(?:\s?:?\s?[\d./-]+)?
twintiger|dertiger|veertiger|vijftiger|zestiger|tiener|[45]0-?plusser|vijftigplusser
(?:begin|midden|eind|half) (?:in )?(?:de )?(?:twintig|dertig|veertig|vijftig|zestig)
"""
#: Each with a word that fits everybody.
SEX = rf"""
hij|hem => deze persoon
(?:zij|ze)(?= {_SINGULAR}\b) => deze persoon
(?<=is )(?:zij|ze) => deze persoon
(?<=heeft )(?:zij|ze) => deze persoon
(?:haar|zijn)(?= (?:man|vrouw|kind|kinderen|dochter|zoon|gezin|partner|ding|stiel|vorige)\b) => de
meneer|mijnheer|mevrouw|madam|jongedame|jongeman|dame|juffrouw => de kandidaat
{_NO_TEAM}man(?!-) => persoon
(?:vrouw|jongen|meisje)(?!-) => persoon
mannelijke?|vrouwelijke? =>
(?:moeder|vader|mama|papa|huisvrouw|huismoeder)(?![-'’]) =>
echtgenote|echtgenoot|weduwe|weduwnaar|zwanger =>
(?:poets|kuis|schoonmaak|werk)vrouw => poetshulp
schoonmaakster|poetsster|werkster => poetshulp
medewerkster|arbeidster|inpakster => medewerker
naaister|strijkster|verkoopster|kapster|serveerster|kassierster|verzorgster|begeleidster =>
"""
ORIGIN = rf"""
(?:{_or(_FROM_THERE)}) (?:afkomst|origine|herkomst|nationaliteit|roots|achtergrond|bloed)
(?:{_or(_FROM_THERE)})(?= (?:{_PERSON})\b)
(?:uit|in) (?-i:{_or(_COUNTRIES)})
(?-i:(?:{_or(_PEOPLES)})(?:en)?)
(?-i:(?:een|een jonge|als|is) (?:Turk|Rus|Pool|Roma|Chinees|Italiaan|Spanjaard))
(?:vluchteling|asielzoeker|nieuwkomer|allochtoon|migrant|migratieachtergrond)\w*
gevlucht|moslima?|islamitisch\w*|hoofddoek|ramadan|gelovig\w*|jehova\w*|hindoe|joodse?
verblijfsvergunning|verblijfskaart|oranje kaart|subsidiaire bescherming
inburger(?:aar|ing)\w*|nationaliteit|huidskleur|land van herkomst
"""
HEALTH = r"""
epilep\w+|rolstoel(?:gebruiker|patiënt)?|rollator|prothese|(?:loopt|op|met) krukken
autis\w+|ADHD|asperger|(?-i:ADD|ASS|NAH|PTSS|CVS|HIV|IQ|VAPH)
depressi\w+|burn-?\s?out|psycho(?:se|tisch|sociaal|sociale)\w*|schizofre\w+|bipolair\w*|borderline
(?:ex-)?verslaa?[fv]\w*|alcohol(?:is\w+|probleem|problemen|verslaving)|drugs\w*|ontwenning\w*
diabet\w+|suikerziekte|kanker|fibromyalgie|reuma\w*|artrose|hernia|astma|parkinson|dyslexie
(?:rug|nek|knie|schouder|hart|long|gewrichts|gezondheids|psychische ?)-?(?:klachten|problemen)
(?:rug|nek|knie|schouder|hart|long|gewrichts)(?:probleem|pijn|patiënt|aandoening|kwaal)
(?:arbeids|verstandelijke ?|mentale ?|fysieke ?|lichamelijke ?)(?:beperking(?:en)?|handicap)
(?:visuele|auditieve|psychische|motorische) (?:beperking(?:en)?|handicap)
handicap|(?:ge|minder)?handicapt\w*|mindervalide\w*|invalid\w+|arbeidsongeschikt\w*
slechthorend\w*|slechtziend\w*|doof|dove|blinde?(?! ?(?:typen|vinken|muur))|(?:ge)?hoorapparaat
medicatie|medicijn\w*|psychiat\w+|psycholoog|in therapie|ziekte-?uitkering
(?:ernstig|chronisch|langdurig|zwaar|vaak|dikwijls|veel) ziek\w*
(?:angst|eet|gedrags|persoonlijkheids|ontwikkelings|slaap)?stoornis(?:sen)?
trauma\w*|hersenletsel|beroerte|hartinfarct|diagnose|syndroom|zwakbegaafd\w*|ziekte van
allergi(?:e|sch)\w*|medische? (?:redenen|reden|attest|problemen)
"""
#: What else is nobody's business.
PRIVATE = r"""
strafblad|enkelband|(?:ex-)?gedetineerde?|gevangenisstraf|gevangenis|voorwaardelijk vrij
alleenstaande?|schoolgaande kinderen|schuldbemiddeling|schuldenregeling|budgetbeheer|leefloon\w*
"""
BLOCKS = {
    "contact": CONTACT,
    "name": NAME,
    "age": AGE,
    "sex": SEX,
    "origin": ORIGIN,
    "health": HEALTH,
    "private": PRIVATE,
}


def patterns() -> list[tuple[str, str, str]]:
    """Return category, pattern, and the word that may stand instead (empty: leave it out)."""
    read = []
    for category, block in BLOCKS.items():
        for line in block.split("\n")[1:-1]:
            pattern, _, instead = line.partition(" =>")
            read.append((category, rf"(?<!\w)(?:{pattern})(?!\w)", instead.strip()))
    return read
