"""What people are called by their work, their titles, and the small words within their names."""

from __future__ import annotations

import re

ARTICLE = (
    r"(?:(?:their|the|his|her|its|an?|new|another|some|one\s+of|ihr|ihre|ihrem|ihrer|ihren|deren|dessen|seinem|seiner|dem|der|den|die|das|ein|eine"
    r"|einem|einer|einen|neuen|neue|neuer|leur|leurs|le|la|les|l'|une|su|sus|el|los|las)\s+)"
)
POSSESSIVE = r"(?:their|ihr|ihre|ihrem|ihrer|ihren|deren|leur|su|sus)"

TITLE = re.compile(
    r"(?:dr|doktor|doctor|prof|univ|professor|mr|mrs|ms|miss|mister|mx|sir|dame|lady|lord|rev|herr|herrn|frau|hr|fr|mag|ing|dipl|m|mme|mlle|madame|monsieur|sr|sra|srta"
    r"|señor|señora|don|doña|dra|capt|captain|colonel|col|sgt|judge|baron|baroness|sheikh|sister|father|shri|smt|kumari|cllr|brig|lt|maj|gen|rabbi|imam|dott|dottoressa|hon|justice|senator|kr|di)$",
    re.IGNORECASE,
)
PARTICLES = frozenset(
    (
        "van",
        "der",
        "den",
        "de",
        "la",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "do",
        "du",
        "le",
        "bin",
        "ibn",
        "ben",
        "al",
        "el",
        "zu",
        "zur",
        "zum",
        "von",
        "vom",
        "ter",
        "ten",
        "te",
        "af",
        "av",
        "y",
        "e",
        "und",
        "auf",
        "mac",
        "mc",
        "st",
        "abu",
        "ap",
        "ferch",
        "ni",
        "nic",
    )
)

_SHORT = "ob|gl|ceo|cfo|cto|cio|coo|cmo|cpo|ciso|cxo|cro|chro|cdo|md|gm|vp|svp|evp|avp|pm|gf|ea|pa|hr|it"
_NOUN = (
    r"president|chief|head|director|manager|leader|lead|owner|founder|co-founder|chair|chairman|chairwoman|chairperson|principal|superintendent|officer"
    r"|buyer|purchaser|controller|treasurer|accountant|bookkeeper|engineer|developer|architect|analyst|consultant|supervisor|foreman|secretary|assistant"
    r"|receptionist|coordinator|administrator|admin|nurse|matron|doctor|clerk|porter|founder|bursar|cleric|vicar|pastor|apprentice|trainee|intern|agent|broker|trader|merchant|farmer|landlord|surgeon|physician|pharmacist|midwife|teacher|headteacher|headmaster|headmistress"
    r"|dean|librarian|chef|cook|mechanic|driver|dispatcher|planner|operator|technician|inspector|auditor|lawyer|counsel|partner|executive|exec|trustee|mayor"
    r"|councillor|registrar|bursar|rector|curator|editor|producer|designer|representative|rep|steward|warden|boss|procurement|purchasing|finance|legal"
    r"|marketing|operations|ops|sales"
    r"|brewer|baker|butcher|winemaker|distiller|miller|gardener|grower|florist|tailor|jeweller|carpenter|plumber|electrician|welder|fitter|joiner|painter"
    r"|roofer|builder|surveyor|caretaker|janitor|housekeeper|concierge|bartender|barista|waiter|waitress|sommelier|pilot|skipper|captain|stylist|optician"
    r"|dentist|vet|therapist|physio|researcher|scientist|chemist|statistician|programmer|tester|photographer|weaver|deputy|cofounder|co-owner"
    r"|(?-i:master|wife|husband|daughter|son|brother|sister|mother|father|lady|guy|bloke|chap|gent|lad|boss|sergeant|commander|governor|cashier|volunteer|tutor|picker|packer)"
    r"|(?-i:(?!human|german|women|roman|norman)[a-z]{3,}(?:lady|lord|man|woman|men|women|keeper|master|mistress|maker|smith|monger|wright|warden|ologist|ician))"
)
_DEPARTMENT = r"(?:ops|operations|sales|finance|engineering|product|marketing|hr|it|people|quality|supply|legal|it|research|development|safety)"
_OF = rf"(?:\s+(?:of|for)\s+(?:the\s+)?[\w&-]+(?:\s+(?:and|&)\s+{_DEPARTMENT}\b)?)?"
_COUNTED = "two|three|four|five|several|some|both|zwei|drei|vier|fünf|einige|mehrere|deux|trois|dos|tres"
_COUNT = rf"(?:(?:{_COUNTED}|\d)\s+(?:of\s+(?:her|his|their|the|our)\s+)?)?"
_BEFORE = (
    r"(?:(?:chief|head|deputy|vice|ops|qa|night|day|senior|junior|assistant|associate|managing|executive|general|regional|area|country|plant|store|shop|site|depot|branch"
    r"|warehouse|factory|fleet|project|product|programme|program|account|office|practice|ward|floor|shift|night|lead|group|global|medical|clinical|nursing"
    r"|financial|commercial|technical|technology|information|security|data|digital|operating|operations|marketing|sales|finance|people|hr|it|legal|quality"
    r"|safety|supply|chain|logistics|procurement|purchasing|customer|service|services|facilities|maintenance|production|engineering|design|communications"
    r"|compliance|risk|interim|acting|former|new|co|school|transport|housing|risk|property|business|brand|category|innovation|sustainability|training|night|delivery|front|desk|duty|stock|yard|harbou?r|pilot|retail|credit|claims|billing|payroll|catering|kitchen|lab|quality|security"
    r"|network|systems|web|software|tax|field|line|team|crew|tool|process|planning|export|import|key|social|community|events?|visitor|guest|ticket|rail|bus|port|dock|reception|canteen|charge|owner|patient"
    r"|human|resources|customer|master|young|old|staff|student|first|second|shift|dairy|crane|forklift|truck|train|tram|van|bed|admissions)"
    r"[\s-]+){0,3}"
)
_GERMAN = (
    r"(?:\w+-)?\w*(?:leiter|leiterin|leitung|chef|chefin|führer|führerin|direktor|direktorin|vorstand|vorständin|vorstandsvorsitzende[rn]?|meister|meisterin|chefarzt"
    r"|arzt|ärztin|schwester|pfleger|pflegerin|betriebsrat|beauftragte[rn]?|verantwortliche[rn]?|manager|managerin|inhaber|inhaberin|einkäufer|einkäuferin"
    r"|verkäufer|verkäuferin|vertriebler|vertrieblerin|controller|controllerin|buchhalter|buchhalterin|sekretär|sekretärin|assistent|assistentin|ingenieur"
    r"|ingenieurin|planer|planerin|disponent|disponentin|rektor|rektorin|kapitän|kapitänin|wirt|wirtin|bürgermeister|bürgermeisterin|geschäftsleitung"
    r"|vorsitzende[rn]?|sprecher|sprecherin|referent|referentin|prokurist|prokuristin|gründer|gründerin|ansprechpartner|ansprechpartnerin|besitzer|besitzerin"
    r"|dekan|dekanin|apotheker|apothekerin|förster|försterin|sachbearbeiter|sachbearbeiterin|seelsorger|seelsorgerin|azubi|hausmeister|polier|schichtführer|senior|junior|rat|rätin|kämmerer|kämmerin|gesell[e]?|gesellin|geselle|lehrling|patron|patronne|senn|bauer|bäuerin|winzer|winzerin|kassier|kassierin"
    r"|pförtner|informatiker|techniker|mechaniker|elektriker|vater|mutter|sohn|tochter|bruder|onkel|ehepaar|ehefrau|ehemann|koch|köchin|obmann|obfrau|hauptmann|anwalt|anwältin|notar|notarin|pfarrer|pfarrerin"
    r"|wart|wartin|berater|beraterin|betreuer|betreuerin|lehrer|lehrerin|trainer|trainerin|arbeiter|arbeiterin|fahrer|fahrerin|gärtner|gärtnerin|händler|händlerin|prokuristin|schaffner|schaffnerin"
    r"|(?-i:[a-zäöüß]{2,}(?:istin|erin|ologin|ikerin|atin|antin|entin|eurin|frau|mann))|(?-i:[A-ZÄÖÜ][a-zäöüß]{2,}(?:istin|ologin|ikerin|antin|entin|eurin|fachfrau|fachmann|kauffrau|kaufmann)))"
    r"|einkauf|vertrieb|buchhaltung|technik|verwaltung|geschäftsführung|qualitätssicherung|personalabteilung|fuhrpark|logistik"
)
_ROMANCE = (
    r"directeur|directrice|responsable|gérante?|patronne?|acheteur|acheteuse|comptable|infirmi[eè]re?|médecin|président|présidente|pdg|daf|dsi|drh"
    r"|director|directora|gerente|jefe|jefa|dueño|dueña|encargado|encargada|comprador|compradora|médico|médica|presidente|presidenta"
)
_OF_ROMANCE = r"(?:\s+(?:de\s+la|de|du|des|del|financi[eè]re?|général|générale|commercial|commerciale|técnico|general|comercial)\b(?:\s+[\w-]+)?)?"
ROLE = re.compile(
    rf"{_COUNT}(?:(?:{_BEFORE})(?:(?:{_SHORT})s?(?:\s+(?:of\s+)?{_DEPARTMENT}\b)?"
    rf"|(?:{_NOUN})s?{_OF})|(?:{_GERMAN})|(?:{_ROMANCE}){_OF_ROMANCE})(?![\w-])",
    re.IGNORECASE,
)
"""A role: CFO, VP Ops, head of quality, plant manager, Einkaufsleiter, directrice financière."""

JAPANESE = re.compile(
    r"(?:[\u3005\u4e00-\u9fff]{1,4}|[\u30a0-\u30ff]{2,10})(?:社長|副社長|会長|専務|常務|取締役|本部長|事業部長|部長|次長|課長|係長|主任|店長|工場長|支店長|所長|局長|室長|院長|師長|校長|学長|理事長|理事|市長|町長|村長|教授|監督|代表|女将|様|さん|氏|先生)"
)

_GERMAN_ROLE = re.compile(rf"(?:{_GERMAN}|(?:herrn?|frau|hr)\b.*)", re.IGNORECASE)


def is_german(name: str) -> bool:
    """Whether a role or title is a German one, after which a verb in small letters tells of a person."""
    return _GERMAN_ROLE.fullmatch(name) is not None
