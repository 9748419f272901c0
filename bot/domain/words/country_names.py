"""Names of countries as their own people, and lists from elsewhere, write them; what iso3166.tab has isn't repeated here."""

OTHER_NAMES = """
AE: UAE, United Arab Emirates, الإمارات العربية المتحدة, الإمارات
AR: República Argentina
AT: Österreich, Oesterreich, Autriche
AU: Commonwealth of Australia
BA: Bosna i Hercegovina, Bosnia, Bosnia-Herzegovina
BE: België, Belgique, Belgien
BG: България, Bulgarien
BN: Brunei Darussalam
BO: Bolivia, Plurinational State of Bolivia
BR: Brasil, Brasilien
BY: Беларусь
CA: Kanada
CD: Democratic Republic of the Congo, DR Congo, DRC, Congo-Kinshasa
CG: Republic of the Congo, Congo, Congo-Brazzaville
CH: Schweiz, Suisse, Svizzera, Svizra, Swiss
CI: Ivory Coast, Cote d'Ivoire, Côte d'Ivoire
CN: 中国, 中國, PRC, People's Republic of China, Mainland China
CV: Cabo Verde
CY: Κύπρος, Kıbrıs
CZ: Czechia, Česko, Česká republika, Tschechien
DE: Deutschland, Allemagne, Alemania, Germania, Federal Republic of Germany, Bundesrepublik Deutschland, BRD
DK: Danmark, Dänemark
DZ: الجزائر, Algérie
EE: Eesti, Estland
EG: مصر
ES: España, Spanien, Espagne
FI: Suomi, Finnland
FK: Falkland Islands
FR: Frankreich, Francia, République française
GB: UK, U.K., United Kingdom, United Kingdom of Great Britain and Northern Ireland, Great Britain, England
GB: Scotland, Wales, Northern Ireland, Vereinigtes Königreich
GB: Großbritannien, Royaume-Uni, Reino Unido
GE: საქართველო
GR: Ελλάδα, Hellas, Griechenland, EL
HK: Hong Kong SAR, 香港
HR: Hrvatska, Kroatien
HU: Magyarország, Ungarn
ID: Republic of Indonesia
IE: Éire, Irland, Republic of Ireland
IL: ישראל
IN: भारत, Bharat, Indien
IR: Iran, Islamic Republic of Iran, ایران
IS: Ísland, Island
IT: Italia, Italien, Italie
JP: 日本, Nippon, Nihon, Japan
KE: Republic of Kenya
KP: North Korea, DPRK
KR: South Korea, Korea, Republic of Korea, 대한민국, 한국, Südkorea
KZ: Қазақстан, Казахстан
LA: Laos, Lao PDR
LT: Lietuva, Litauen
LU: Lëtzebuerg, Luxemburg
LV: Latvija, Lettland
MA: المغرب, Maroc
MD: Moldova, Republic of Moldova
MK: North Macedonia, Macedonia
MM: Myanmar, Burma
MO: Macao, Macau SAR
MX: México, Mexiko
NL: Nederland, Niederlande, Pays-Bas, The Netherlands, Holland
NO: Norge, Noreg, Norwegen
NZ: Aotearoa, Neuseeland
PE: Perú
PH: Pilipinas, The Philippines
PL: Polska, Polen
PS: Palestine, State of Palestine, Palestinian Territory
PT: República Portuguesa
RO: România, Rumänien
RS: Srbija, Србија
RU: Россия, Russian Federation, Russland
SA: المملكة العربية السعودية, السعودية, KSA
SE: Sverige, Schweden
SG: Singapura, 新加坡
SI: Slovenija, Slowenien
SK: Slovensko, Slowakei, Slovak Republic
SY: Syrian Arab Republic
SZ: Swaziland
TH: ไทย, ประเทศไทย
TL: Timor-Leste
TR: Türkiye, Turkiye, Turkey, Türkei
TW: 台灣, 臺灣, 台湾, Taiwan, Taiwan (Province of China)
TZ: United Republic of Tanzania
UA: Україна, Ukraine
US: USA, U.S.A., U.S., United States, United States of America, America, Vereinigte Staaten, États-Unis, Estados Unidos
VA: Holy See, Vatican City
VE: Venezuela, Bolivarian Republic of Venezuela
VN: Vietnam, Viet Nam, Việt Nam
ZA: Südafrika, Suid-Afrika, RSA
AE: Vereinigte Arabische Emirate
AR: Argentinien, Argentine
AU: Australien, Australie
CN: Chine, Volksrepublik China
CO: Kolumbien, Colombie
CZ: Tchéquie, Tschechische Republik, Chequia, Czech Rep
EG: Ägypten, Égypte, Egipto
GB: Schottland, Inglaterra, Angleterre, Britain
HK: Hong Kong SAR China, Hongkong
IN: Inde
JP: Japon, Japón
KG: Kyrgyz Republic
KP: Democratic People's Republic of Korea, Nordkorea
KR: Corée du Sud, Corea del Sur
MA: Marokko, Marruecos
MK: The former Yugoslav Republic of Macedonia
MO: Macao SAR China
MX: Mexique
PL: Pologne, Polonia
PS: Palestinian Territories
RU: Russie
SE: Suède, Suecia
SG: Singapur, Singapour
SK: Slovaquie
TR: Turquie, Turquía
TW: Republic of China, Province of China Taiwan
US: U.S. of A., Vereinigte Staaten von Amerika, États-Unis d'Amérique
VA: Vatican
VE: Republic of Venezuela
JO: الأردن, Jordanien
ME: Crna Gora
"""
